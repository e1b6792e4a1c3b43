"""A table while it is being checked: typed values that lose what a rule refuses, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from bulkio.checking.cells import Cells, read_cells
from bulkio.checking.failures import doubtful, rule_findings
from bulkio.checking.finding import Finding
from bulkio.checking.reading import Values, read_values
from bulkio.entities import ENTITIES, Entity, Type
from bulkio.model.table import Table


@dataclass(slots=True)
class Draft:
    """One table in progress, never seen outside this room. `unread` are the rows that reading itself refused."""

    table: Table
    entity: Entity
    cells: Cells
    unread: frozenset[int]
    values: dict[str, Values]
    findings: list[Finding] = field(default_factory=list)
    parents: dict[int, int] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)

    def add(self, findings: Iterable[Finding]) -> None:
        """Note what was found; a cell with an error loses its value, so that later rules pass it by."""
        for finding in findings:
            self.findings.append(finding)
            if finding.is_error:
                self.values[finding.field][self.positions[finding.row]] = None

    def column(self, name: str) -> Values:
        """The values of a field; blank ones where the sheet has no such column."""
        return self.values.get(name) or [None] * len(self.cells.rows)

    def frame(self, names: Iterable[str] | None = None) -> pd.DataFrame:
        """The values under the table's own index and columns, or those of some columns."""
        index = self.table.frame.index
        wanted = self.values if names is None else names
        columns = {name: pd.Series(self.values[name], index=index, dtype=object) for name in wanted}
        return pd.DataFrame(columns, index=index)

    def costs_row(self, finding: Finding) -> bool:
        """Whether an error refuses the row; one in a second-pass reference costs that field alone."""
        return finding.is_error and self.entity.field(finding.field).type is not Type.REFERENCE

    def refused(self) -> frozenset[int]:
        """The rows that may not go on."""
        return self.unread.union(finding.row for finding in self.findings if self.costs_row(finding))


def draft(table: Table, decimal: str | None, unread: frozenset[int]) -> Draft:
    """A table after the rules that need no other sheet and no agreement."""
    entity = ENTITIES[table.kind]
    cells = read_cells(table, entity)
    typed = read_values(cells, entity, decimal)
    positions = {row: at for at, row in enumerate(cells.rows)}
    made = Draft(table, entity, cells, unread, typed.values, positions=positions)
    made.add(cells.findings)
    made.add(typed.findings)
    made.add(rule_findings(table.kind, made.frame(doubtful(table.kind, made.values))))
    return made
