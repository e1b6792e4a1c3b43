"""The rows of a checked table, as the plan reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkio.entities import ENTITIES
from bulkio.model.checked import Checked, CheckedTable
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.place import Place

if TYPE_CHECKING:  # pandas costs 0.7 s to import, and --help must not pay it
    import pandas as pd

_LONGEST = 18
"""Digits."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its non-blank values, what the check said, and what an earlier results workbook wrote beside it.

    `written` is the number of that workbook, `parent` the Excel row of the group or customer that it hangs on in this workbook.
    `text` holds the shown text of the fields that name a customer, also where the cell is faulty.
    """

    kind: Kind
    number: int
    place: Place
    values: Mapping[str, object]
    issues: tuple[Issue, ...]
    refused: bool
    written: int | None
    parent: int | None
    text: Mapping[str, str]

    @property
    def key(self) -> int | None:
        """The record's own number or id, where the row names it."""
        value = self.values.get(ENTITIES[self.kind].key)
        return value if isinstance(value, int) else None


def rows_of(checked: Checked, kind: Kind) -> tuple[Row, ...]:
    """The table's rows in sheet order; none where the workbook has no such sheet."""
    table = checked.tables.get(kind)
    if table is None:
        return ()
    issues = _issues_by_row(checked, table.table.sheet)
    written = _written(table)
    texts = _columns(table.table.frame, ("customer_number", "own_reference", "customer"))
    index = table.values.index.tolist()
    return tuple(
        Row(
            kind=kind,
            number=number,
            place=Place(table.table.sheet, number),
            values=values,
            issues=issues.get(number, ()),
            refused=number in table.refused,
            written=written.get(number),
            parent=table.parents.get(number),
            text={name: str(column[at]).strip() for name, column in texts.items() if column[at] is not None},
        )
        for at, (number, values) in enumerate(zip(index, _values(table.values), strict=True))
    )


def warning(row: Row, code: str, **parameters: object) -> Issue:
    """A warning about the whole row."""
    return Issue(code, row.place, Severity.WARNING, parameters=parameters)


def is_number(text: object) -> bool:
    """Whether a text is a whole number that a record could have."""
    return isinstance(text, str) and text.strip().isdecimal() and len(text.strip()) <= _LONGEST


def _columns(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, list[object]]:
    return {name: frame[name].tolist() for name in names if name in frame.columns}


def _values(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The non-blank values of each row; NaN counts as blank, since pandas makes it out of None."""
    rows: list[dict[str, object]] = [{} for _ in range(len(frame))]
    for name in frame.columns:
        for at, value in enumerate(frame[name].tolist()):
            if value is not None and value == value and value not in ("", ()):  # NaN differs from itself
                rows[at][str(name)] = value
    return rows


def _issues_by_row(checked: Checked, sheet: str) -> dict[int, tuple[Issue, ...]]:
    found: dict[int, tuple[Issue, ...]] = {}
    for issue in checked.issues:
        if issue.place.sheet == sheet and issue.place.row is not None:
            found[issue.place.row] = (*found.get(issue.place.row, ()), issue)
    return found


def _written(table: CheckedTable) -> dict[int, int]:
    """The numbers that an earlier results workbook wrote beside the rows."""
    frame = table.table.written
    if frame is None or "number" not in frame.columns:
        return {}
    texts: Iterable[tuple[int, Any]] = zip(frame.index.tolist(), frame["number"].tolist(), strict=True)
    return {row: int(text) for row, text in texts if is_number(text)}
