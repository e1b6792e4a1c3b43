"""What one cell shows, by its type and style. Cells spelled alike share a shape, so that a column is shown in one go."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bulkio.model.table import CellKind
from bulkio.workbook.dates import iso_text
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.formats import Show, show_plain
from bulkio.workbook.numbers import SIGNIFICANT
from bulkio.workbook.strings import joined
from bulkio.workbook.text import all_unescaped, decoded, unescaped

ATTRIBUTE = re.compile(r' ([A-Za-z:]+)="([^"<&]*)"')
KNOWN = frozenset({"s", "t", "cm", "vm", "ph"})
REST = re.compile(
    r"(?P<formula><f\b[^>]*(?:(?<=/)>|>[^<]*</f>))?"
    r"(?:<v>(?P<value>[^<]*)</v>|<v/>|<v [^>]*>(?P<spaced>[^<]*)</v>)?"
    r"(?:<is>(?P<inline>(?:[^<]*+<(?!/is>))*+[^<]*+)</is>|<is/>)?(?:<extLst>.*</extLst>)?",
    re.DOTALL,
)

Shown = tuple[NDArray[np.object_], NDArray[np.uint8]]
TEXTS = frozenset({"str", "inlineStr"})
MEMO = 1 << 16
BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


class Strings:
    """The shared strings as columns: empty ones are blanks."""

    def __init__(self, strings: Sequence[str]) -> None:
        self.texts: NDArray[np.object_] = np.empty(len(strings), object)
        self.texts[:] = strings
        self.kinds: NDArray[np.uint8] = np.full(len(strings), CellKind.TEXT, np.uint8)
        for place in [place for place, text in enumerate(strings) if not text]:
            self.texts[place] = None
            self.kinds[place] = CellKind.BLANK


class _Memo(dict[str, tuple[str | None, CellKind]]):
    """What stored values show, kept for the next cell with the same one."""

    def __init__(self, one: Callable[[str], tuple[str | None, CellKind]]) -> None:
        super().__init__()
        self._one = one

    def __missing__(self, value: str) -> tuple[str | None, CellKind]:
        if len(self) >= MEMO:
            self.clear()
        shown = self[value] = self._one(value) if value else (None, CellKind.BLANK)
        return shown


class Shape:
    """One spelling of a cell's attributes: how its stored value is shown."""

    def __init__(self, attributes: str, strings: Strings, shows: Sequence[Show]) -> None:
        self.blank = attributes.endswith("/")
        found = ATTRIBUTE.findall(attributes)
        if attributes.rstrip("/").rstrip() != "".join(f' {name}="{value}"' for name, value in found):
            raise Exotic
        facts = dict(found)
        if not KNOWN.issuperset(facts):
            raise Exotic
        self._strings = strings
        self._type = facts.get("t", "n")
        self._number = _styled(facts.get("s", "0"), shows)
        self._one = self._by_type()
        self._memo = _Memo(self._one)

    def _by_type(self) -> Callable[[str], tuple[str | None, CellKind]]:
        ways = {
            "s": self._shared,
            "n": self._numeric,
            "b": _boolean,
            "e": _error,
            "str": _text,
            "inlineStr": _text,
            "d": _dated,
        }
        way = ways.get(self._type)
        if way is None:
            raise Exotic
        return way

    def show(self, stored: list[str | None]) -> Shown:
        """What cells with these stored values show; an empty value is a blank."""
        values = [value or "" for value in stored]
        if self._type == "s" and (shared := self._all_shared(values)) is not None:
            return shared
        alike = self._alike(values)
        if alike is not None:
            texts, kind = alike
            return _column(texts), np.full(len(texts), kind, np.uint8)
        shown = [self._memo[value] for value in values]
        return _column([text for text, _ in shown]), np.fromiter((kind for _, kind in shown), np.uint8, len(shown))

    def _alike(self, values: list[str]) -> tuple[list[str], CellKind] | None:
        """Values that can be shown in one go; None where one needs a second look."""
        if not all(values):
            return None
        if self._type in TEXTS:
            texts = all_unescaped(values)
            return None if any("_x" in text for text in texts) else (texts, CellKind.TEXT)
        together = "".join(values)
        whole = self._type == "n" and self._number is show_plain and together.isascii() and together.isdigit()
        if whole and min(values)[0] != "0" and len(max(values, key=len)) <= SIGNIFICANT:
            return values, CellKind.NUMBER
        return None

    def _all_shared(self, values: list[str]) -> Shown | None:
        """The quick way for shared strings; None where one needs a second look."""
        try:
            places = np.fromiter(map(int, values), np.int64, len(values))
        except (ValueError, OverflowError):
            return None
        if places.size and (places.min() < 0 or places.max() >= len(self._strings.texts)):
            return None
        return self._strings.texts[places], self._strings.kinds[places]

    def show_rest(self, rest: str) -> tuple[str | None, CellKind]:
        """A cell with more than a value: a formula, an inline string."""
        found = REST.fullmatch(rest)
        if found is None:
            raise Exotic
        inline = found["inline"]
        if inline is not None:
            return _text(joined(inline))
        stored = found["value"] or found["spaced"] or ""
        if stored:
            return self._one(stored)
        waits = found["formula"] is not None and self._type != "str"
        return None, CellKind.UNCALCULATED if waits else CellKind.BLANK

    def _shared(self, value: str) -> tuple[str | None, CellKind]:
        if not (value.isascii() and value.strip().isdigit()) or int(value) >= len(self._strings.texts):
            raise Exotic
        text = self._strings.texts[int(value)]
        return (None, CellKind.BLANK) if text is None else (text, CellKind.TEXT)

    def _numeric(self, value: str) -> tuple[str | None, CellKind]:
        value = unescaped(value).strip()
        return self._number(value) if value else (None, CellKind.BLANK)


def _column(texts: Sequence[str | None]) -> NDArray[np.object_]:
    column: NDArray[np.object_] = np.empty(len(texts), object)
    column[:] = texts
    return column


def _styled(style: str, shows: Sequence[Show]) -> Show:
    place = int(style) if style.isascii() and style.isdigit() else 0
    return shows[place] if place < len(shows) else show_plain


def _text(value: str) -> tuple[str | None, CellKind]:
    text = decoded(unescaped(value))
    return (text, CellKind.TEXT) if text else (None, CellKind.BLANK)


def _boolean(value: str) -> tuple[str | None, CellKind]:
    return BOOLEANS.get(value, value), CellKind.BOOLEAN


def _dated(value: str) -> tuple[str | None, CellKind]:
    return iso_text(unescaped(value)), CellKind.DATE


def _error(value: str) -> tuple[str | None, CellKind]:
    return unescaped(value), CellKind.ERROR


class Shapes(dict[str, int]):
    """Every spelling of a cell's attributes met so far, numbered."""

    def __init__(self, strings: Strings, shows: Sequence[Show]) -> None:
        super().__init__()
        self._strings = strings
        self._shows = shows
        self._all: list[Shape] = []

    def __missing__(self, attributes: str) -> int:
        shape = Shape(attributes, self._strings, self._shows)
        self._all.append(shape)
        self[attributes] = len(self._all) - 1
        return len(self._all) - 1

    def at(self, number: int) -> Shape:
        """The shape with that number."""
        return self._all[number]
