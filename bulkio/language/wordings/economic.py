"""Words of the economic room: code → (what is wrong, what to do).

For the API's own codes the message stands in only where the API gave no words; the hint is always ours.
"""

from __future__ import annotations

_REFUSED = "e-conomic refused this row and gave no reason."

_RUN: dict[str, tuple[str, str]] = {
    "insecure_url": (
        "{url} is plain http, and would show your access tokens to the network.",
        "Use an address that begins with https://; plain http is only for this computer itself.",
    ),
    "not_a_url": ("{url} is not a web address.", "Write it in full, such as https://restapi.e-conomic.com."),
    "no_connection": (
        "There is no connection to {host}.",
        "Check the internet connection and the agreement's address, then try again.",
    ),
    "no_answer": (
        "{host} was reached but gave no answer in time.",
        "Try again in a few minutes; e-conomic may be busy or under maintenance.",
    ),
    "unexpected_answer": (
        "{host} does not answer as e-conomic does ({path}, status {status}). {text}",
        "Check the agreement's address; a proxy or a sign-in page of your network may stand in between.",
    ),
    "wrong_tokens": (
        "{host} does not accept the access tokens.",
        "Check both tokens; the access may have been revoked in e-conomic, and a new one is then needed.",
    ),
    "quota_used_up": (
        "The agreement's calls for now are used up; {host} asked to wait {minutes} minutes.",
        "Try again later; other programs on the agreement draw on the same quota.",
    ),
}

_NO_PERMISSION = (
    "The access to e-conomic does not cover this.",
    "Let a superuser give the app the role it lacks (sales for customers, bookkeeping for accounts), then upload again.",
)

_ROWS: dict[str, tuple[str, str]] = {
    "api_rejected": (
        _REFUSED,
        "Compare the row with a record that e-conomic took, or enter it in e-conomic to see why.",
    ),
    "api_required": ("e-conomic misses a value.", "Fill in the cell."),
    "api_too_long": ("The text is longer than e-conomic takes.", "Shorten the text."),
    "api_too_short": ("The text is shorter than e-conomic takes.", "Write the value in full, or leave the cell empty."),
    "api_out_of_range": ("The number is smaller or larger than e-conomic takes.", "Correct the number."),
    "api_invalid": ("e-conomic does not take this value.", "Correct the value, or leave the cell empty."),
    "E02250": (
        "The two access tokens do not belong together.",
        "Use the app secret token and the agreement grant token of the same app.",
    ),
    "E04041": (_REFUSED, "Choose an account that exists and is not barred; for a date, a period that is open."),
    "E04500": ("A reference has no number.", "Fill in the number that the column refers to."),
    "E04730": ("A value is missing that goes with another.", "Fill in the missing cell, or empty the other."),
    "E04740": ("The amount has more than two decimals.", "Round the amount to two decimals."),
    "E04800": ("The contact belongs to another customer.", "Choose one of this customer's own contacts."),
    "E06000": (
        "What the row refers to does not exist in e-conomic.",
        "Check the number; it may have been deleted in e-conomic since the check.",
    ),
    "E06010": (
        "The number is already in use in e-conomic.",
        "Choose another number; to change the record that has it, check again and upload as an update.",
    ),
    "E06820": (
        "The customer is barred.",
        "Lift the bar in e-conomic, or write no in its Barred column, then upload again.",
    ),
    "E07080": ("The payment terms do not exist in e-conomic.", "Choose payment terms that the agreement has."),
    "E07140": (
        "The customer group does not exist in e-conomic.",
        "Choose a group of the agreement, or add it on the Customer groups sheet.",
    ),
    "E07150": ("The account does not exist in e-conomic.", "Choose an account from the agreement's chart of accounts."),
    "PayloadChanged": (
        "e-conomic remembers an earlier attempt at this row with other contents.",
        "Wait an hour and upload again; look the record up in e-conomic first.",
    ),
    "URLChanged": (
        "e-conomic remembers an earlier attempt at this row in another place.",
        "Wait an hour and upload again; look the record up in e-conomic first.",
    ),
    "UpdateConflict": (
        "The record was changed in e-conomic meanwhile.",
        "Check again, so that the change is seen, then upload again.",
    ),
    "CustomerAlreadyExists": ("The customer number is already in use in e-conomic.", "Choose another number."),
    "CustomerContactNameAlreadyExists": (
        "The customer already has a contact of that name.",
        "Choose another name, or fill in the contact's id to change the one that is there.",
    ),
    "CustomerIsBarred": ("The customer is barred.", "Lift the bar in e-conomic, then upload again."),
    "DeliveryLocationNumberAlreadyExists": (
        "The customer already has a delivery location of that number.",
        "Choose another location number, or leave it empty.",
    ),
}

WORDINGS: dict[str, tuple[str, str]] = {**_RUN, "no_permission": _NO_PERMISSION, **_ROWS}
