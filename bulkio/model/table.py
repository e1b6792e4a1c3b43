"""A sheet as it was read: columns of shown values, under Excel's own row numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.place import Place

if TYPE_CHECKING:  # pandas costs 0.7 s to import, and --help must not pay it
    import pandas as pd


class CellKind(IntEnum):
    """What a cell stores, beside what it shows."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    BOOLEAN = 3
    DATE = 4
    ERROR = 5
    """An error value such as `#N/A`; the shown text is that value."""
    UNCALCULATED = 6
    """A formula without a cached result; shown as None."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the entity's field, and the header as it stands in the sheet."""

    field: str
    header: str
    letter: str


@dataclass(frozen=True, slots=True)
class Table:
    """One recognised sheet, columns not rows.

    `frame` is indexed by Excel's own row numbers (int, ascending; wholly blank rows are left out) and has one object column per
    recognised field, in sheet order, holding the shown value as `str`, or None for a blank cell. Text is as stored: spaces
    are kept here. Numbers of General format are the number itself (`5798000123456`, `12500.5`, always with a
    point); zero-padded, date and percent formats are as shown. `kinds` has the same shape and holds `CellKind` as uint8.
    `unknown` are headers that no field answers to. `hidden` are rows that a filter or the user hides. `written`
    holds what an earlier results workbook wrote beside the rows: columns `status` and `number` (str or None) under
    the same index, or None where the sheet is not a results sheet.
    """

    kind: Kind
    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    kinds: pd.DataFrame
    unknown: tuple[Place, ...] = ()
    hidden: frozenset[int] = frozenset()
    written: pd.DataFrame | None = None

    def shown(self, row: int, field_name: str) -> str | None:
        """What a cell shows; None for a blank one. KeyError where there is no such row or field."""
        value = self.frame.at[row, field_name]
        return None if value is None else str(value)

    def stored(self, row: int, field_name: str) -> CellKind:
        """What kind of value a cell stores. KeyError where there is no such row or field."""
        return CellKind(int(str(self.kinds.at[row, field_name])))

    def place(self, row: int | None, field_name: str | None = None) -> Place:
        """The place of a row, a cell or the whole sheet; a field without a column gives no letter."""
        column = self.column(field_name) if field_name is not None else None
        if column is None:
            return Place(self.sheet, row)
        return Place(self.sheet, row, column.header, column.letter)

    def column(self, field_name: str) -> Column | None:
        """The column that carries a field, or None where the sheet has none."""
        return next((column for column in self.columns if column.field == field_name), None)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it was read: its recognised tables, and what reading found wrong.

    `digest` is the SHA-256 of the file's bytes, hexadecimal. `others` are titles of sheets that are not ours.
    """

    path: Path
    digest: str
    tables: Mapping[Kind, Table]
    issues: tuple[Issue, ...] = ()
    others: tuple[str, ...] = field(default=())
