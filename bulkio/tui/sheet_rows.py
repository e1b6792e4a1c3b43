"""A sheet of the workbook as a grid shows it: Excel's row numbers, its headers, its values, and a sign where a fault is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bulkio.model.issue import Severity
from bulkio.model.table import Column, Table
from bulkio.tui.cells import cells
from bulkio.tui.faults import SIGNS, SheetFaults, worst
from bulkio.tui.grid import Tone

NARROWEST: Final = 6
WIDEST: Final = 32
SAMPLE: Final = 200
"""Rows that decide a column's width; the rest is cut with a sign where it is longer."""

CORRECTED: Final = "✎"
"""The sign of a cell whose correction the file does not hold yet."""

_TONES: Final = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, None: Tone.PLAIN}


@dataclass(frozen=True, slots=True)
class View:
    """What of a sheet is shown, and in which order. `hidden` are fields."""

    only_faulty: bool = False
    holding: str = ""
    sorted_by: str | None = None
    descending: bool = False
    hidden: frozenset[str] = frozenset()

    def turned(self, field: str) -> View:
        """Sorted by the field: upwards, then downwards, then as the sheet has it."""
        if self.sorted_by != field:
            return replace(self, sorted_by=field, descending=False)
        return (
            replace(self, descending=True) if not self.descending else replace(self, sorted_by=None, descending=False)
        )


class SheetRows:
    """The rows and columns of a table that a view lets through; nothing is copied. `corrected` are cells that the file does not hold yet."""

    frozen = 2

    def __init__(
        self,
        table: Table,
        faults: SheetFaults,
        view: View | None = None,
        corrected: frozenset[tuple[int, str]] = frozenset(),
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.table = table
        self.faults = faults
        self.view = view or View()
        self.corrected = corrected
        self.columns = tuple(column for column in table.columns if column.field not in self.view.hidden)
        self._numbers: NDArray[np.int64] = table.frame.index.to_numpy()
        self._values = [table.frame[column.field].to_numpy() for column in self.columns]
        self._vocabulary = vocabulary or Vocabulary(table)
        self._shown = self._chosen()
        self.titles = ["", *(self._title(column) for column in self.columns)]
        self.widths = [self._number_width(), *map(self._width, range(len(self.columns)))]

    @property
    def rows(self) -> int:
        """How many rows are shown."""
        return len(self._shown)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """A value with its sign, or Excel's row number with the sign of what the whole row has."""
        number = self.number(row)
        if column == 0:
            severity = self.faults.of_row(number)
            tone = _TONES[severity] if severity else Tone.MUTED
            return f"{_sign(severity)} {number:>{self.widths[0] - 2}}", tone
        stands = self.columns[column - 1]
        severity = worst(self.faults.at(number, stands.letter))
        value = self.value(row, column) or ""
        if severity is None and (number, stands.field) in self.corrected:
            return f"{CORRECTED} {value}", Tone.GOOD
        return f"{_sign(severity)} {value}", _TONES[severity]

    def number(self, row: int) -> int:
        """Excel's own number of a shown row."""
        return int(self._numbers[self._shown[row]])

    def value(self, row: int, column: int) -> str | None:
        """The whole value of a cell as the sheet shows it; None for a blank one and for the row number."""
        if column == 0:
            return None
        value = self._values[column - 1][self._shown[row]]
        return None if value is None else str(value)

    def column_at(self, column: int) -> Column | None:
        """The sheet's column, or None for the row number."""
        return self.columns[column - 1] if column else None

    def row_of(self, number: int | None) -> int | None:
        """Where Excel's row stands now, or None where it is not shown."""
        if number is None:
            return 0 if self.rows else None
        position = int(self._numbers.searchsorted(number))
        if position >= len(self._numbers) or self._numbers[position] != number:
            return None
        row = int(self._where[position])
        return row if row >= 0 else None

    def column_of(self, letter: str | None) -> int:
        """The grid's column of the sheet's; the row number where none of that letter is shown."""
        letters = [column.letter for column in self.columns]
        return letters.index(letter) + 1 if letter in letters else 0

    def seen_as(self, view: View) -> SheetRows:
        """The same sheet under another view."""
        return SheetRows(self.table, self.faults, view, self.corrected, self._vocabulary)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Every shown cell that holds the text, whatever its case, in reading order."""
        found = [
            (int(row), column)
            for column, stands in enumerate(self.columns, start=1)
            for row in np.flatnonzero(self._vocabulary.holds(stands.field, text)[self._shown])
        ]
        return sorted(found)

    @cached_property
    def _where(self) -> NDArray[np.int64]:
        """The shown row of each position, -1 where it is not shown."""
        where = np.full(len(self._numbers), -1, dtype=np.int64)
        where[self._shown] = np.arange(len(self._shown))
        return where

    def _chosen(self) -> NDArray[np.int64]:
        shown = np.arange(len(self._numbers), dtype=np.int64)
        if self.view.only_faulty:
            shown = np.flatnonzero(np.isin(self._numbers, list(self.faults.rows)))
        if self.view.holding:
            held = np.zeros(len(self._numbers), dtype=np.bool_)
            for column in self.columns:
                held |= self._vocabulary.holds(column.field, self.view.holding)
            shown = shown[held[shown]]
        if self.view.sorted_by is None:
            return shown
        ranks = self._vocabulary.ranks(self.view.sorted_by, descending=self.view.descending)
        return shown[np.argsort(ranks[shown], kind="stable")]

    def _title(self, column: Column) -> str:
        if column.field != self.view.sorted_by:
            return column.header
        return f"{column.header} {'▼' if self.view.descending else '▲'}"

    def _number_width(self) -> int:
        last = int(self._numbers[-1]) if len(self._numbers) else 0
        return max(len(str(last)), 3) + 2

    def _width(self, index: int) -> int:
        sample = (cells(str(value)) for value in self._values[index][:SAMPLE] if value is not None)
        header = cells(self._title(self.columns[index]))
        return 2 + min(WIDEST, max(NARROWEST, header, *sample, 0))


class Vocabulary:
    """Each column as its distinct texts and which of them a row has: a text is looked at once, however many rows hold it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._columns: dict[str, tuple[NDArray[np.int64], list[str]]] = {}

    def holds(self, field: str, text: str) -> NDArray[np.bool_]:
        """Whether each row's cell holds the text, whatever its case."""
        wanted = text.casefold()
        codes, texts = self._column(field)
        told = np.fromiter((wanted in one.casefold() for one in texts), np.bool_, len(texts))
        return np.append(told, False)[codes]  # a blank has the code -1, which is the last

    def ranks(self, field: str, *, descending: bool) -> NDArray[np.int64]:
        """Each row's rank as people sort: numbers by their size, then words, blanks last either way."""
        codes, texts = self._column(field)
        order = sorted(range(len(texts)), key=lambda at: _sort_key(texts[at]), reverse=descending)
        ranks = np.empty(len(texts) + 1, dtype=np.int64)
        ranks[order] = np.arange(len(texts))
        ranks[-1] = len(texts)
        return ranks[codes]

    def _column(self, field: str) -> tuple[NDArray[np.int64], list[str]]:
        if field not in self._columns:
            codes, texts = self._table.frame[field].factorize()
            self._columns[field] = codes, [str(text) for text in texts]
        return self._columns[field]


def _sort_key(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value), ""
    except ValueError:
        return 1, 0.0, value.casefold()


def _sign(severity: Severity | None) -> str:
    return SIGNS[severity] if severity else " "
