"""What an export holds: sheets of columns, and the rows to stream into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """How a column's values are written and shown."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: its header as it shall stand, its type, and its width in characters.

    `required` dresses the header as the template's, asterisk included. `total` asks for a sum below the last row.
    """

    header: str
    type: ColumnType
    width: int = 16
    required: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """One sheet: its title (at most 31 characters), its columns, and its rows, each with one value a column.

    Values are None (blank), `str`, `int`, `Decimal`, `bool` or `date`; text never becomes a formula or a number.
    """

    title: str
    columns: tuple[ExportColumn, ...]
    rows: Iterable[Sequence[object]]
