"""A value becomes a cell's XML: text stays text, numbers keep every digit, nothing turns into a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's calendar, as it counts from March 1900 on."""
TRUE_FROM = date(1900, 3, 1)
"""Excel believes in a 29 February 1900; earlier days are written as text."""
DIGITS = 15
"""Excel keeps so many digits of a number; a longer one stays whole as text."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NEEDS_CARE = re.compile("[&<>\r\n]|^[ \t]|[ \t]$|_x|[\x00-\x1f\ud800-\udfff\ufffe\uffff]")

Writer = Callable[[object, int], str]
"""A value and its row number give the cell's XML, or nothing for a blank one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column's cells: its letter, the numbers of its styles (text of several lines is folded), and the words for yes and no."""

    letter: str
    style: int
    folded: int
    yes: str
    no: str

    def any(self, value: object, row: int) -> str:
        """A cell by the value's own type; what is no number, date or truth is text."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return self._said(self.yes if value else self.no, row)
        if isinstance(value, (int, float, Decimal)):
            return self._number(value, row)
        if isinstance(value, date):
            return self._day(value, row)
        return self._said(str(value), row)

    def text(self, value: object, row: int) -> str:
        """A cell that is text whatever the value is."""
        if value is None or value == "":
            return ""
        return self._said(str(value), row)

    def formula(self, formula: str, value: Decimal, row: int) -> str:
        """A formula with the value it has, for readers that do not calculate."""
        return f'<c r="{self.letter}{row}" s="{self.style}"><f>{formula}</f><v>{plain_number(value)}</v></c>'

    def empty(self, row: int) -> str:
        """A cell that only carries its style."""
        return f'<c r="{self.letter}{row}" s="{self.style}"/>'

    def _number(self, value: float | Decimal, row: int) -> str:
        plain = plain_number(value)
        if sum(map(str.isdigit, plain)) > DIGITS and isinstance(value, int):
            return self._said(plain, row)
        return f'<c r="{self.letter}{row}" s="{self.style}"><v>{plain}</v></c>'

    def _day(self, value: date, row: int) -> str:
        day = value.date() if isinstance(value, datetime) else value
        if day < TRUE_FROM:
            return self._said(day.isoformat(), row)
        return f'<c r="{self.letter}{row}" s="{self.style}"><v>{(day - FIRST_DAY).days}</v></c>'

    def _said(self, text: str, row: int) -> str:
        if _NEEDS_CARE.search(text) is None:
            return f'<c r="{self.letter}{row}" s="{self.style}" t="inlineStr"><is><t>{text}</t></is></c>'
        style = self.folded if "\n" in text else self.style
        kept = f'<t xml:space="preserve">{escaped(text)}</t>'
        return f'<c r="{self.letter}{row}" s="{style}" t="inlineStr"><is>{kept}</is></c>'


def plain_number(value: float | Decimal) -> str:
    """A number without an exponent, every digit kept."""
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


def escaped(text: str) -> str:
    """Text as the file holds it (ECMA-376 part 1, 22.9.2.19): what XML cannot hold is left out, a carriage return that a
    parser would swallow is spelled, and text that merely looks like such a spelling is not taken for one.
    """
    legal = _ILLEGAL.sub("", _LOOKS_ESCAPED.sub("_x005F_", text)).replace("\r", "_x000D_")
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
