"""A sheet of the workbook as a grid shows it: Excel's row numbers, its headers, its values, and a sign where a fault is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from bulkio.model.issue import Severity
from bulkio.model.table import Column, Table
from bulkio.tui.cells import cells
from bulkio.tui.faults import SIGNS, SheetFaults, worst
from bulkio.tui.grid import Tone

NARROWEST: Final = 6
WIDEST: Final = 32
SAMPLE: Final = 200
"""Rows that decide a column's width; the rest is cut with a sign where it is longer."""

_TONES: Final = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARNING, None: Tone.PLAIN}


class SheetRows:
    """All rows of a table, or only the faulty ones; nothing is copied."""

    frozen = 2

    def __init__(self, table: Table, faults: SheetFaults) -> None:
        self.table = table
        self.faults = faults
        self._numbers = table.frame.index.to_numpy()
        self._values = [table.frame[column.field].to_numpy() for column in table.columns]
        self._shown: Sequence[int] = range(len(self._numbers))
        self.only_faulty = False
        self.titles = ["", *(column.header for column in table.columns)]
        self.widths = [self._number_width(), *map(self._width, range(len(table.columns)))]

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
        severity = worst(self.faults.at(number, self.table.columns[column - 1].letter))
        value = self.value(row, column) or ""
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
        return self.table.columns[column - 1] if column else None

    def row_of(self, number: int | None) -> int | None:
        """Where Excel's row stands now, or None where it is not shown."""
        if number is None:
            return 0 if self.rows else None
        position = int(self._numbers.searchsorted(number))
        row = bisect_left(self._shown, position)
        return row if row < self.rows and self.number(row) == number else None

    def column_of(self, letter: str | None) -> int:
        """The grid's column of the sheet's; the row number where the sheet has none of that letter."""
        letters = [column.letter for column in self.table.columns]
        return letters.index(letter) + 1 if letter in letters else 0

    def show_only_faulty(self, only: bool) -> None:
        """Leave out the rows without a fault or warning, or show all again."""
        self.only_faulty = only
        everything = range(len(self._numbers))
        self._shown = everything if not only else self._faulty()

    def find(self, text: str) -> list[tuple[int, int]]:
        """Every shown cell that holds the text, whatever its case, in reading order."""
        wanted = text.casefold()
        found = [
            (row, column)
            for column, values in enumerate(self._values, start=1)
            for row, position in enumerate(self._shown)
            if (value := values[position]) is not None and wanted in str(value).casefold()
        ]
        return sorted(found)

    def _faulty(self) -> list[int]:
        positions = (int(self._numbers.searchsorted(number)) for number in sorted(self.faults.rows))
        return [position for position in positions if position < len(self._numbers)]

    def _number_width(self) -> int:
        last = int(self._numbers[-1]) if len(self._numbers) else 0
        return max(len(str(last)), 3) + 2

    def _width(self, index: int) -> int:
        sample = (cells(str(value)) for value in self._values[index][:SAMPLE] if value is not None)
        header = cells(self.table.columns[index].header)
        return 2 + min(WIDEST, max(NARROWEST, header, *sample, 0))


def _sign(severity: Severity | None) -> str:
    return SIGNS[severity] if severity else " "
