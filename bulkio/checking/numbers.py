"""Numbers as people write them: whole numbers, and amounts in Danish and English writing."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from bulkio.checking.finding import Fault

AS_EXCEL_SHOWS = Context(prec=15)
"""Excel keeps 15 significant digits; a longer tail in a number cell is the noise of binary fractions."""

LONGEST = 40
WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
PLAIN = re.compile(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]{1,3})?")
DANISH = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]*|[0-9]{1,3}(\.[0-9]{3}){2,}|[0-9]*,[0-9]+")
"""`1.250,50`, `1.250.000` and `12500,5`."""
ENGLISH = re.compile(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]*|[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]*\.[0-9]+")
"""`1,250.50`, `1,250,000` and `12500.5`."""
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""`1.000` is a thousand in Denmark and one in England; `0.125` and `1000.125` can only be read one way."""
WHOLE_KRONER = re.compile(r",[-–—]+$")
"""The dash for no øre: `12.500,-`."""
SPACED_GROUPS = re.compile(r"[+-]?[0-9]{1,3}([ \u00a0\u2009\u202f][0-9]{3})+([.,][0-9]*)?")
SPACES = re.compile(r"[ \u00a0\u2009\u202f]")


def read_integer(text: str) -> int | Fault:
    """A whole number written with digits alone, or `not_a_number`."""
    if (len(text) <= LONGEST and text.isascii() and text.isdigit()) or WHOLE.fullmatch(text):
        return int(text)
    return Fault("not_a_number")


def read_number_cell(text: str) -> Decimal | Fault:
    """The amount of a number cell, always written with a point, to the 15 digits that Excel holds."""
    return AS_EXCEL_SHOWS.create_decimal(text) if PLAIN.fullmatch(text) else Fault("not_a_number")


def read_amount(text: str, decimal: str | None) -> Decimal | Fault:
    """The amount of a text cell in Danish or English writing.

    `decimal` (`,` or `.`) settles what `1.000` means; without it such a text is `ambiguous_number`.
    """
    sign, digits = _unsigned(text)
    if AMBIGUOUS.fullmatch(digits):
        if decimal is None:
            return _ambiguous(digits)
        return _amount(sign, digits, decimal)
    if digits.isascii() and digits.isdigit():
        return Decimal(sign + digits)
    if DANISH.fullmatch(digits):
        return _amount(sign, digits, ",")
    if ENGLISH.fullmatch(digits):
        return _amount(sign, digits, ".")
    return Fault("not_a_number")


def too_many_decimals(amount: Decimal, limit: int) -> bool:
    """Whether digits beyond the limit would be lost; zeros at the end are none."""
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > limit:
        exponent = amount.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > limit


def _unsigned(text: str) -> tuple[str, str]:
    """The sign, and the digits with their separators, without the spaces of `12 500`, the dash of `500,-` as zeros."""
    plain = WHOLE_KRONER.sub(",00", text.replace("\u2212", "-"))
    if SPACED_GROUPS.fullmatch(plain):
        plain = SPACES.sub("", plain)
    if plain[:1] in {"-", "+"}:
        return plain[0], plain[1:]
    return "", plain


def _amount(sign: str, digits: str, decimal: str) -> Decimal:
    """The amount, once it is known which separator is the decimal one."""
    grouping = "." if decimal == "," else ","
    return Decimal(sign + digits.replace(grouping, "").replace(decimal, "."))


def _ambiguous(digits: str) -> Fault:
    """The two readings of `1.000`, for the words."""
    separator = "," if "," in digits else "."
    return Fault(
        "ambiguous_number",
        {"whole": digits.replace(separator, ""), "fraction": digits.replace(separator, ",").rstrip("0").rstrip(",")},
    )
