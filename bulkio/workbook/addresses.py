"""Cell addresses: letters of columns, and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


@cache
def number_of(letters: str) -> int:
    """The number of a column, `A` being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@cache
def letters_of(number: int) -> str:
    """The letters of a column, 1 being `A`."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, columns and rows counted from 1, ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        start = f"{letters_of(self.left)}{self.top}"
        end = f"{letters_of(self.right)}{self.bottom}"
        return start if start == end else f"{start}:{end}"


def area_of(reference: str) -> Area | None:
    """The rectangle of a reference such as `A1:C3` or `B2`; None for anything else (whole columns, several ranges)."""
    found = RANGE.fullmatch(reference)
    if found is None:
        return None
    left, top = number_of(found[1]), int(found[2])
    right, bottom = (number_of(found[3]), int(found[4])) if found[3] else (left, top)
    return Area(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
