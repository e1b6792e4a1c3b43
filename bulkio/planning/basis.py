"""What every part of the plan stands on: the checked workbook, the agreement's records, and what the journal knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulkio.model.checked import Checked
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.planning.existing import Agreement, Record
from bulkio.planning.rows import Row

ToValues = Callable[[Kind, Record], Mapping[str, object]]
"""A record's typed values by field; the client knows how, and is handed in as this function."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The inputs of a plan, indexed."""

    checked: Checked
    agreement: Agreement
    known: Mapping[str, KnownRow]
    to_values: ToValues

    def error(
        self, row: Row, code: str, field: str | None = None, /, *, costs_row: bool = True, **facts: object
    ) -> Issue:
        """A fault that only the agreement's records or the other rows could show; at a cell where a field is named."""
        table = self.checked.tables[row.kind].table
        value = table.frame.at[row.number, field] if field in table.frame.columns else None
        return Issue(
            code,
            table.place(row.number, field),
            value=None if value is None else str(value),
            field=field,
            costs_row=costs_row,
            parameters=facts,
        )

    def warning(self, row: Row, code: str, /, **facts: object) -> Issue:
        """Something about the row that the user should know, and that refuses nothing."""
        return Issue(code, row.place, Severity.WARNING, parameters=facts)
