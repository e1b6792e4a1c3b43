"""A stored number as the number itself: fifteen significant digits, no exponent, no trailing `.0`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

SIGNIFICANT = 15
"""Excel shows no more digits than that, and stores doubles with up to 17."""


def plain(stored: str) -> str:
    """`12345678`, `12500.5`, `5798000123456`; raises ValueError for what is no finite number."""
    if stored.isascii() and stored.isdigit() and len(stored) <= SIGNIFICANT and (stored[0] != "0" or stored == "0"):
        return stored
    return plain_decimal(number(stored))


def number(stored: str) -> Decimal:
    """The number a cell stores, at Excel's precision; raises ValueError for what is no finite number."""
    try:
        value = Decimal(f"{float(stored):.{SIGNIFICANT}g}")
    except InvalidOperation as fault:
        raise ValueError(stored) from fault
    if not value.is_finite():
        raise ValueError(stored)
    return value


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
