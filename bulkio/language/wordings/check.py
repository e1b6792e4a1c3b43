"""Words of the check room: code → (what is wrong, what to do)."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, str]] = {
    "required": ("{column} is empty.", "Fill it in; the row cannot go in without it."),
    "duplicate": (
        "{value} in {column} is used by several rows: {rows}.",
        "Keep it in one row and give the others their own, or delete the rows that are there twice.",
    ),
    "not_a_number": (
        "{value} in {column} is not a number that fits there.",
        "Write digits alone, such as 12345; an amount may have a decimal sign and two decimals.",
    ),
    "ambiguous_number": (
        "{value} in {column} can be read as {whole} or as {fraction}.",
        "Say which decimal sign the workbook uses with --decimal , or --decimal . – or turn the text into a number in Excel.",
    ),
    "out_of_range": (
        "{value} in {column} is outside what e-conomic takes: {range}.",
        "Write a number within these limits.",
    ),
    "too_many_decimals": ("{value} in {column} has more than {limit} decimals.", "Round it to {limit} decimals."),
    "too_long": ("{column} has {length} characters; e-conomic takes {limit}.", "Shorten it to {limit} characters."),
    "wrong_length": (
        "{value} in {column} has {length} characters; there must be {limit}.",
        "Check it for missing or extra characters.",
    ),
    "long_name": (
        "{column} has {length} characters; an invoice shows the first {limit}.",
        "Shorten it if the end matters on invoices.",
    ),
    "not_digits": (
        "{value} in {column} holds other characters than digits.",
        "Write the 13 digits without spaces, letters or dashes.",
    ),
    "bad_check_digit": (
        "{value} in {column} is not a valid EAN number: its last digit does not fit the others.",
        "Compare it with the customer's own; often two digits have changed places.",
    ),
    "cvr_check_digit": (
        "{value} in {column} does not look like a valid Danish CVR number: the check digit does not fit.",
        "It is imported as it stands; look it up on virk.dk if in doubt.",
    ),
    "postal_code_short": (
        "{value} in {column} has three digits; Danish postal codes have four.",
        "It is imported as it stands; write {whole} where a spreadsheet has taken the zero.",
    ),
    "bad_email": (
        "{address} in {column} is not an e-mail address.",
        "Write it like name@company.dk. A customer may have several, with a space between them, not a comma or semicolon; a contact has one.",
    ),
    "not_a_boolean": ("{value} in {column} is neither yes nor no.", "Write yes or no, or leave it empty."),
    "not_in_list": (
        "{words} is not among the words that {column} takes.",
        "Choose from: {options} (in Danish: {options_da}).",
    ),
    "error_cell": (
        "{column} shows the Excel error {value}.",
        "Mend the formula in the cell, or write the value itself.",
    ),
    "uncalculated_formula": (
        "{column} holds a formula whose result is not in the file.",
        "Open the workbook in Excel, let it calculate, and save it; or replace the formula by its value.",
    ),
    "digits_lost": (
        "{value} in {column} is stored as a number of more than {limit} digits, so Excel has replaced its last digits by zeros.",
        "Format the column as text and enter the number again from its source.",
    ),
    "scientific_number": (
        "{value} in {column} is a long number that Excel has shortened; its digits are gone.",
        "Format the column as text and enter the number again from its source.",
    ),
    "date_in_text": (
        "{column} holds a date, {value}, where a number or code belongs.",
        "Excel may have turned what was written into a date. Check it, format the column as text, and write it again if it is wrong.",
    ),
    "ambiguous_name": (
        "{value} in {column} is the name of several: {numbers}.",
        "Write the number instead of the name.",
    ),
    "unknown_group": (
        "There is no customer group {value}, neither on the customer groups sheet nor in the agreement.",
        "Choose a group by number or name, such as {options}, or add it to the customer groups sheet.",
    ),
    "unknown_payment_terms": (
        "The agreement has no payment terms {value}.",
        "Choose them by number or name, such as {options}.",
    ),
    "unknown_vat_zone": ("The agreement has no VAT zone {value}.", "Choose one by number or name, such as {options}."),
    "vat_zone_not_for_customers": (
        "VAT zone {value} cannot be used for customers.",
        "Choose another zone, or enable it for customers in e-conomic.",
    ),
    "unknown_currency": (
        "The agreement has no currency {value}.",
        "Choose one of its currencies, such as {options}, or add it in e-conomic.",
    ),
    "unknown_employee": (
        "The agreement has no employee {value}.",
        "Choose one by number or name, such as {options}, or leave it empty.",
    ),
    "barred_employee": ("Employee {value} is barred.", "Choose another employee, or leave it empty."),
    "unknown_layout": (
        "The agreement has no layout {value}.",
        "Choose a layout by number or name, such as {options}, or leave it empty.",
    ),
    "deleted_layout": ("Layout {value} has been deleted.", "Choose another layout, or leave it empty."),
    "unknown_account": ("The agreement has no account {value}.", "Choose one by number or name, such as {options}."),
    "account_type": (
        "Account {value} ({name}) is a heading or a total; nothing can be booked on it.",
        "Choose a profit-and-loss or balance sheet account, usually the one for debtors.",
    ),
    "account_barred": ("Account {value} ({name}) is barred.", "Choose another account, or open it in e-conomic."),
    "unknown_customer": (
        "There is no customer {value}, neither on the customers sheet nor in the agreement.",
        "Write the customer's number, or its own reference exactly as it stands on the customers sheet.",
    ),
    "number_and_reference": (
        "{value} in {column} is one customer's number and the own reference of another (row {row}); the number was taken.",
        "If the other customer is meant, give it another own reference and use that here.",
    ),
    "unknown_contact": (
        "{value} in {column} is not a contact of this customer.",
        "Write the name of one of its contacts, or add the contact to the contacts sheet. Its contacts there: {options}.",
    ),
    "unknown_delivery_location": (
        "This customer has no delivery location {value}.",
        "Write the number of one of its locations, or add it to the delivery locations sheet. Its locations there: {options}.",
    ),
    "reference_to_faulty_row": (
        "{value} in {column} refers to row {row} of the sheet {sheet}, which has a fault itself.",
        "Mend that row first; the customer goes in without this field until then.",
    ),
    "not_checked": (
        "What the agreement holds is not known here, so groups, payment terms, VAT zones, accounts and the like were not checked.",
        "The import checks them before it sends anything.",
    ),
}

COERCIONS: dict[str, str] = {
    "spaces": "{count} sent without the spaces at their ends, such as “{shown}” as “{sent}”.",
    "number": "{count} sent as plain numbers, such as “{shown}” as “{sent}”.",
    "word": "{count} sent as the words of e-conomic, such as “{shown}” as “{sent}”.",
    "lookup": "{count} sent as the number or code they name, such as “{shown}” as “{sent}”.",
}
"""How cells that are sent otherwise than they stand are told, by `model.coercion.CoercionKind`."""
