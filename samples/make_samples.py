"""Writes the two samples of this folder, by hand: `python samples/make_samples.py`.

All of it is made up, out of word lists and arithmetic, so that every run gives the same cells. Both files are saved again by LibreOffice:
what bulkio reads is then what another program wrote, as it is with a customer's own file.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from stdnum import ean
from stdnum.dk import cvr

HERE = Path(__file__).parent
OFFICE_SECONDS = 120

Row = dict[str, object]
Cell = tuple[object, str]
"""A value and the number format that shows it."""

FIRST = ("Karen", "Søren", "Åse", "Jørgen", "Mette", "Øjvind", "Ellen", "Bjørn", "Ærenfrid", "Tove", "Niels", "Inge")
LAST = ("Lund", "Ågård", "Møller", "Kjær", "Bæk", "Østergård", "Holm", "Skov", "Dam", "Thøgersen", "Friis")
PLACES = ("Havnens", "Nørrebæk", "Østerå", "Bøgelund", "Solbakkens", "Ærø", "Fjordens", "Hedegårdens", "Kystens")
TRADES = ("Fiskehus", "Tømrerforretning", "Blomster", "Bageri", "Revision", "Cykler", "Smedje", "Vinhandel")
FORMS = ("ApS", "A/S", "I/S", "v/Karen Lund")
ODD_NAMES = {
    3: "NA ApS",
    7: "None A/S",
    11: "=Plus & Minus A/S",
    15: "Null Miljø ApS",
    19: "1-2-3 Rengøring",
    23: "Åses Æbler & Øl I/S",
    27: 'Værtshuset "Den Sorte Gryde"',
}
STREETS = ("Havnegade", "Søndergade", "Ågade", "Møllevej", "Østre Allé", "Kærvej", "Bøgevej")
TOWNS = (
    ("0900", "København C"),
    ("5000", "Odense C"),
    ("8000", "Aarhus C"),
    ("0999", "København C"),
    ("9000", "Aalborg"),
)
TERMS = ("Netto 14 dage", 2, "Netto 30 dage", 3, "Kontant", "Netto 8 dage", 4)
COPIES = ("invoices", "invoices, reminders", "orders;quotations", "invoices reminders")
KOPIER = ("fakturaer", "fakturaer, rykkere", "ordrer;tilbud")
DELIVERY = ("Frit leveret", None, "Til kantsten", None)


def picked(choices: Sequence[object], index: int) -> object:
    """The choice that an index falls on."""
    return choices[index % len(choices)]


def company(index: int) -> str:
    """A company's name; some are names that careless readers lose."""
    plain = f"{picked(PLACES, index)} {picked(TRADES, index * 5 + index // 9)} {picked(FORMS, index * 3)}"
    return ODD_NAMES.get(index, plain)


def person(index: int) -> str:
    """A person's name."""
    return f"{picked(FIRST, index * 7)} {picked(LAST, index * 3 + index // 11)}"


def cvr_number(index: int) -> str:
    """A Danish company number with a right check digit."""
    return next(number for number in map(str, range(24_000_000 + index * 8_311, 99_999_999)) if cvr.is_valid(number))


def ean_number(index: int) -> str:
    """A thirteen-digit number with a right check digit."""
    body = f"57980009{index:04d}"
    return body + str(ean.calc_check_digit(body))


def postal_code(index: int) -> object:
    """A postal code: as text, or as a number that its format pads to four digits."""
    code = TOWNS[index % len(TOWNS)][0]
    return (int(code), "0000") if index % 3 == 1 else code


def email(index: int) -> str:
    """An address in a domain that is nobody's."""
    return f"faktura{index}@kunde{index}.example"


def phone(index: int) -> str:
    """A number that Danish exchanges do not give out."""
    return f"{picked(('+45 ', '', '+45'), index)}10 {index % 90 + 10} {index * 37 % 90 + 10} {index * 53 % 90 + 10}"


# The good workbook ------------------------------------------------------------------------------------------------

GROUPS = (
    {"Group number": 10, "Name": "Detail", "Account number": 5600, "Layout number": 19},
    {"Group number": 11, "Name": "Engros", "Account number": 5600, "Layout number": 19},
    {"Group number": 12, "Name": "Offentlige", "Account number": 5600, "Layout number": None},
    {"Group number": 13, "Name": "EU-kunder", "Account number": 5610, "Layout number": 21},
)
GROUP_WORDS = (10, "Engros", 12, "Detail", "Indenlandske kunder", "Offentlige", 11)


def numberless(index: int) -> bool:
    """Every sixth customer has no number yet."""
    return index % 6 == 5


def good_customer(index: int) -> Row:
    """One customer; the headers are as people write them: other cases, asterisks, the API's own names."""
    abroad = index % 10 == 9
    public = index % 8 == 2
    number = cvr_number(index)
    return {
        "CUSTOMER NUMBER": None if numberless(index) else 20_000 + index,
        "Own reference": f"K-{400 + index:04d}",
        "Name *": company(index),
        "Customer group *": "EU-kunder" if abroad else picked(GROUP_WORDS, index),
        "Currency *": "EUR" if abroad else "DKK",
        "Payment terms *": picked(TERMS, index),
        "VAT zone *": picked((2, "EU"), index // 10) if abroad else picked((1, "Domestic", 1), index),
        "Address": f"{picked(STREETS, index)} {index * 7 % 90 + 1}" + ("\n2. sal" if index == 4 else ""),
        "zip": f"SE-{11_100 + index}" if abroad else postal_code(index),
        "City": "Malmö" if abroad else TOWNS[index % len(TOWNS)][1],
        "Country": "Sverige" if abroad else "Danmark",
        " Email ": f"{email(index)} kopi@kunde{index}.example" if index == 8 else email(index),
        "Phone": phone(index),
        "Mobile phone": phone(index + 50) if index % 4 == 0 else None,
        "CVR number": None if abroad else int(number) if index % 5 == 1 else number,
        "ean": ean_number(index) if public else None,
        "Website": f"www.kunde{index}.example" if index % 3 == 0 else None,
        "Credit limit": (picked((25_000, 50_000.5, 125_000), index), "#,##0.00") if index % 4 == 1 else None,
        "Barred": "yes" if index == 30 else None,
        "Sales person": picked((1, "Søren Ågård", None, None), index),
        "Layout number": picked((None, 19, None), index),
        "Attention": person(index) if index % 4 == 2 else None,
        "Their reference": person(index) if index == 10 else None,
        "Default delivery location": 1 if index % 6 == 0 and index < 30 else None,
    }


def customer_word(index: int) -> object:
    """How another sheet names the customer: by number, or by own reference."""
    return f"K-{400 + index:04d}" if numberless(index) or index % 7 == 0 else 20_000 + index


def good_contacts() -> Iterator[Row]:
    """Sixty contacts: one for each of forty customers, a second one for half of them."""
    for index, owner in enumerate([*range(40), *range(0, 40, 2)]):
        yield {
            "Customer": customer_word(owner),
            "Name": person(index),
            "Email": f"person{index}@kunde{owner}.example",
            "Phone": phone(index + 100),
            "E-invoice id": f"REF{index:03d}" if index % 9 == 0 else None,
            "Notes": "Træffes bedst om formiddagen" if index % 10 == 3 else None,
            "Email copies": picked(COPIES, index) if index % 2 == 0 else None,
        }


def good_locations() -> Iterator[Row]:
    """Thirty delivery locations, two for every third customer and one for ten others."""
    owners = [owner for owner in range(0, 30, 3) for _ in (1, 2)] + list(range(1, 30, 3))
    for index, owner in enumerate(owners):
        yield {
            "Customer": customer_word(owner),
            "Location number": 2 if index < 20 and index % 2 else 1,
            "Address": f"{picked(STREETS, index + 2)} {index + 3}",
            "Postal code": postal_code(index),
            "City": TOWNS[index % len(TOWNS)][1],
            "Country": "Danmark",
            "Terms of delivery": picked(DELIVERY, index),
        }


# The demonstration ------------------------------------------------------------------------------------------------

DEMONSTRATED = 12
REFUSED_ON_PURPOSE = 2
"""The customer whose EAN number has a wrong last digit; its contact is skipped for that."""
TIDY = {"CUSTOMER NUMBER": "Customer number", "zip": "Postal code *", " Email ": "Email", "ean": "EAN number"}


def demonstrated_customer(index: int) -> Row:
    """A customer as in the good workbook, under the template's own headers."""
    row = {TIDY.get(header, header).rstrip(" *"): value for header, value in good_customer(index).items()}
    if index == REFUSED_ON_PURPOSE:
        row["EAN number"] = ean_number(index)[:-1] + str((int(ean_number(index)[-1]) + 1) % 10)
    return row


def demonstration() -> Workbook:
    """The sample of `bulkio demo`: small, and one row in it is refused on purpose."""
    return workbook_of(
        {
            "Customer groups": list(GROUPS),
            "Customers": [demonstrated_customer(index) for index in range(DEMONSTRATED)],
            "Contacts": list(good_contacts())[:DEMONSTRATED],
            "Delivery locations": [row for row in good_locations() if owner_of(row) < DEMONSTRATED],
        },
        titles=(),
    )


def owner_of(row: Row) -> int:
    """Which customer a row belongs to."""
    return next(index for index in range(40) if row["Customer"] == customer_word(index))


# The faulty workbook ----------------------------------------------------------------------------------------------

TITLES = ("Stamdata fra det gamle system", "Udfyldt af bogholderiet, marts")
HEADER_ROW = 4
GRUPPER = (
    {"Navn": "Detail", "Gruppenr.": 10, "Kontonr.": 5600, "Layoutnr.": 19},
    {"Navn": "Engros", "Gruppenr.": 11, "Kontonr.": 5610, "Layoutnr.": None},
    {"Navn": "Gamle kunder", "Gruppenr.": 14, "Kontonr.": 1000, "Layoutnr.": None},
)
PLANTED_CUSTOMERS: Mapping[int, tuple[str, str, object]] = {
    2: ("Navn", "required", None),
    4: ("EAN-nr.", "bad_check_digit", "5798000100122"),
    6: ("E-mail", "bad_email", "ikke-en-adresse"),
    8: ("Kundenr.", "duplicate", 30_009),
    9: ("Kundenr.", "duplicate", 30_009),
    11: ("Kreditmaksimum", "not_a_number", "ti tusind"),
    13: ("Momszone", "vat_zone_not_for_customers", 9),
    15: ("Betalingsbetingelse", "unknown_payment_terms", 77),
    17: ("Kundegruppe", "unknown_group", "Findes ikke"),
    19: ("Sælger", "barred_employee", 3),
    21: ("P-nr.", "wrong_length", "123456789"),
    25: ("Spærret", "not_a_boolean", "måske"),
}
PLANTED_CONTACTS: Mapping[int, tuple[str, str, object]] = {
    5: ("Kunde", "unknown_customer", 555_555),
    9: ("E-mail-kopi", "not_in_list", "aviser"),
}
PLANTED_LOCATIONS: Mapping[int, tuple[str, str, object]] = {3: ("Leveringsstednr.", "out_of_range", 0)}
HIDDEN = 20
"""A good customer whose row someone hid."""


def faulty_customer(index: int) -> Row:
    """One customer under Danish headers, in an order of the old system's."""
    row: Row = {
        "Navn": company(index),
        "Kundenr.": 30_000 + index,
        "Egen reference": f"G{index:03d}",
        "Adresse": f"{picked(STREETS, index)} {index + 1}",
        "Postnr.": postal_code(index),
        "By": TOWNS[index % len(TOWNS)][1],
        "Land": "Danmark",
        "CVR-nr.": cvr_number(index + 60),
        "P-nr.": "1000000123" if index == 1 else None,
        "EAN-nr.": ean_number(index) if index % 9 == 0 else None,
        "Telefon": phone(index),
        "E-mail": email(index),
        "Valuta": "DKK",
        "Kundegruppe": picked((10, "Engros", "Indenlandske kunder", 2), index),
        "Betalingsbetingelse": picked(TERMS, index),
        "Momszone": picked((1, "Domestic"), index),
        "Kreditmaksimum": (25_000, "#,##0.00") if index % 7 == 0 else None,
        "Spærret": picked((None, "nej", None), index),
        "Sælger": picked((1, "Søren Ågård", None), index),
        "Att.": person(index) if index == 0 else None,
    }
    return planted(row, PLANTED_CUSTOMERS.get(index))


def faulty_contacts() -> Iterator[Row]:
    """Twenty contacts; the customer of one is refused."""
    for index in range(20):
        row: Row = {
            "Navn": person(index),
            "Kunde": f"G{index:03d}" if index in PLANTED_CUSTOMERS or index % 3 == 0 else 30_000 + index,
            "E-mail": f"person{index}@kunde{index}.example",
            "Telefon": phone(index + 100),
            "E-mail-kopi": picked(KOPIER, index) if index % 3 == 0 else None,
        }
        yield planted(row, PLANTED_CONTACTS.get(index))


def faulty_locations() -> Iterator[Row]:
    """Ten delivery locations; the customers of some are refused."""
    for index in range(10):
        row: Row = {
            "Kunde": 30_000 + index * 3,
            "Leveringsstednr.": 1,
            "Adresse": f"{picked(STREETS, index + 2)} {index + 3}",
            "Postnr.": postal_code(index),
            "By": TOWNS[index % len(TOWNS)][1],
            "Leveringsbetingelser": picked(DELIVERY, index),
        }
        yield planted(row, PLANTED_LOCATIONS.get(index))


def planted(row: Row, fault: tuple[str, str, object] | None) -> Row:
    """The row with its fault."""
    return row if fault is None else {**row, fault[0]: fault[2]}


def expected() -> Iterator[tuple[str, int, str, str, object]]:
    """Every planted fault, and what follows from a refused customer: its contacts and locations are not sent."""
    yield "Kundegrupper", HEADER_ROW + 3, "Kontonr.", "account_type", 1000
    sheets = (
        ("Kunder", PLANTED_CUSTOMERS),
        ("Kontaktpersoner", PLANTED_CONTACTS),
        ("Leveringssteder", PLANTED_LOCATIONS),
    )
    for sheet, faults in sheets:
        for index, (column, kind, value) in faults.items():
            yield sheet, HEADER_ROW + 1 + index, column, kind, value
    for index in range(20):
        if index in PLANTED_CUSTOMERS:
            yield "Kontaktpersoner", HEADER_ROW + 1 + index, "Kunde", "cascade", None
    for index in range(10):
        if index * 3 in PLANTED_CUSTOMERS:
            yield "Leveringssteder", HEADER_ROW + 1 + index, "Kunde", "cascade", None


# Writing ----------------------------------------------------------------------------------------------------------


def write_rows(sheet: Worksheet, first: int, rows: Sequence[Row]) -> None:
    """Headers in the first row given, the rows below; text is text even where it looks like a formula."""
    for column, header in enumerate(rows[0], 1):
        cell = sheet.cell(first, column, header)
        cell.font, cell.fill = Font(name="Calibri", bold=True), PatternFill("solid", start_color="E2E8F0")
        longest = max(len(str(row[header] or "")) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest, len(header)) + 3, 40)
    for index, row in enumerate(rows, first + 1):
        for column, value in enumerate(row.values(), 1):
            write_cell(sheet, index, column, value)
    sheet.freeze_panes = f"A{first + 1}"


def write_cell(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """One value, in the number format that comes with it."""
    shown, number_format = value if isinstance(value, tuple) else (value, "General")
    if shown is None:
        return
    cell = sheet.cell(row, column)
    cell.value = shown
    if isinstance(shown, str):
        cell.data_type, cell.number_format = "s", "@"
    else:
        cell.number_format = number_format


def good() -> Workbook:
    """The sample in which every row is good."""
    return workbook_of(
        {
            "Customer groups": list(GROUPS),
            "Customers": [good_customer(index) for index in range(40)],
            "Contacts": list(good_contacts()),
            "Delivery locations": list(good_locations()),
        },
        titles=(),
    )


def faulty() -> Workbook:
    """The sample with faults, under two title lines."""
    workbook = workbook_of(
        {
            "Kunder": [faulty_customer(index) for index in range(30)],
            "Kundegrupper": list(GRUPPER),
            "Leveringssteder": list(faulty_locations()),
            "Kontaktpersoner": list(faulty_contacts()),
        },
        titles=TITLES,
    )
    workbook.worksheets[0].row_dimensions[HEADER_ROW + 1 + HIDDEN].hidden = True
    return workbook


def workbook_of(sheets: Mapping[str, list[Row]], titles: Sequence[str]) -> Workbook:
    """A workbook with the sheets, each under the title lines, a blank row between."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for line, text in enumerate(titles, 1):
            sheet.cell(line, 1, text).font = Font(name="Calibri", bold=line == 1, size=14 if line == 1 else 11)
        write_rows(sheet, HEADER_ROW if titles else 1, rows)
    return workbook


def save(workbook: Workbook, name: str, folder: Path = HERE) -> None:
    """Save, and let LibreOffice save it again."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice (soffice) is needed to make the samples")
    with tempfile.TemporaryDirectory() as workshop:
        source = Path(workshop) / name
        workbook.save(source)
        home = f"-env:UserInstallation=file://{workshop}/office"
        asked = [
            office,
            "--headless",
            home,
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder),
            str(source),
        ]
        subprocess.run(asked, check=True, capture_output=True, timeout=OFFICE_SECONDS)  # noqa: S603 -- our own arguments


def main() -> None:
    """Write the samples and what is expected of the faulty one."""
    save(demonstration(), "demonstration.xlsx", HERE.parent / "bulkio" / "flows" / "data")
    save(good(), "customers-good.xlsx")
    save(faulty(), "kunder-med-fejl.xlsx")
    faults = sorted(expected(), key=lambda fault: fault[:3])
    with (HERE / "kunder-med-fejl.expected.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("sheet", "row", "column", "kind", "value"))
        table.writerows(faults)


if __name__ == "__main__":
    main()
