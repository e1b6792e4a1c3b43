"""Checks of single values that the schemas do not make: decimals, EAN numbers, dates, sizes."""

from __future__ import annotations

from decimal import Decimal

from bulkio.sandbox.clock import read_date
from bulkio.sandbox.faults import Faults, Path
from bulkio.sandbox.shelves import Body

_LARGEST_AMOUNT = 999_999_999_999
_LARGEST_INT32 = 2**31 - 1


def at_most_two_decimals(body: Body, name: str, path: Path, faults: Faults) -> None:
    """`E04740`, in the documentation's own spelling."""
    value = body.get(name)
    if value is not None and _decimals(value) > 2:
        message = f"{name} scale cannot be greater then two decimal places."
        faults.add((*path, name), message, "E04740", value, "Round the value to two decimal places.")


def _decimals(value: float) -> int:
    exponent = Decimal(repr(value)).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def right_ean(body: Body, path: Path, faults: Faults) -> None:
    """Thirteen digits with a check digit, an invention after the newer host's error names."""
    value = body.get("ean")
    if value and not is_ean(value):
        faults.add_invented((*path, "ean"), "ean-thirteen-digits", value)


def is_ean(text: str) -> bool:
    """Whether a text is thirteen digits with a right check digit."""
    if len(text) != 13 or not (text.isascii() and text.isdigit()):
        return False
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(text))
    return weighed % 10 == 0


def real_date(body: Body, name: str, path: Path, faults: Faults) -> None:
    """A day that the calendar has."""
    value = body.get(name)
    if value is not None and read_date(value) is None:
        faults.add_invented((*path, name), "bad-date", value)


def moderate(body: Body, name: str, path: Path, faults: Faults) -> None:
    """An amount that can be reckoned with; the bound is the published maximum of an exchange rate."""
    value = body.get(name)
    if value is not None and abs(value) > _LARGEST_AMOUNT:
        faults.add_invented((*path, name), "number-too-large", value)


def fits_int32(body: Body, name: str, path: Path, faults: Faults) -> None:
    """A number that the store's and the newer host's Int32 can hold."""
    value = body.get(name)
    if isinstance(value, int) and value > _LARGEST_INT32:
        faults.add_invented((*path, name), "number-too-large", value)
