"""Numbers with a meaning in their digits: EAN and CVR; and e-mail addresses.

The check digits are python-stdnum's; its full validation also accepts EAN-8 and UPC, which an electronic invoice does not.
"""

from __future__ import annotations

import re

from stdnum import ean
from stdnum.dk import cvr

EAN_DIGITS = 13
CVR = re.compile(r"(?i:DK)?[ \u00a0]?((?:[0-9][ \u00a0]?){8})")
SPACES = re.compile(r"[ \u00a0]")
DENMARK = frozenset({"", "dk", "dnk", "danmark", "denmark", "dänemark"})

_ATOM = r"[^\s@,;:<>()\[\]\"\\.]+"
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
"""One @, no empty part, a domain of at least two labels: what a mail system would take, Danish letters included."""


PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*+@(?:[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*+\.)+[A-Za-z]{2,}"
)
"""What nearly every address looks like; told in a tenth of the time that the whole rule takes."""


def is_plain_address(text: str) -> bool:
    """Whether it is one address without anything unusual; those with something are for `bad_addresses` to judge."""
    return PLAIN_ADDRESS.fullmatch(text) is not None


def is_number_of_digits(text: str) -> bool:
    """Whether it is written with 0 to 9 alone."""
    return text.isascii() and text.isdigit()


def has_ean_check_digit(text: str) -> bool:
    """Whether the last of 13 digits is the one that the others demand."""
    return bool(ean.calc_check_digit(text[:-1]) == text[-1])


def bad_addresses(text: str) -> list[str]:
    """The parts between spaces that are no e-mail address."""
    return [part for part in text.split() if not _is_address(part)]


def is_danish(country: str) -> bool:
    """Whether a customer's CVR number is to be judged as a Danish one: so it is where no country is named."""
    return country.casefold() in DENMARK


def is_wrong_cvr(text: str) -> bool:
    """Whether it is eight digits, an optional DK before them, whose check digit is wrong; other numbers are not judged."""
    match = CVR.fullmatch(text)
    if match is None:
        return False
    digits = SPACES.sub("", match.group(1))
    return digits.startswith("0") or cvr.checksum(digits) != 0


def _is_address(text: str) -> bool:
    match = ADDRESS.fullmatch(text)
    return match is not None and not text.rpartition(".")[2].isdigit() and len(text.rpartition(".")[2]) > 1
