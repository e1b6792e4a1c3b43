"""Findings become issues: with their place in the file, the value as it is shown, and in the order of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulkio.checking.draft import Draft
from bulkio.checking.finding import WARNINGS, Finding, first_of_each_cell
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.table import Workbook

NOT_CHECKED = Issue("not_checked", Place(), Severity.WARNING)
"""Said once of a workbook whose agreement has not been looked at."""


def table_issues(table: Draft) -> list[Issue]:
    """The issues of one table: in each cell the first error, or its warnings."""
    findings = first_of_each_cell(table.findings)
    shown = {name: table.table.frame[name].tolist() for name in {finding.field for finding in findings}}
    return [_issue(table, finding, shown[finding.field][table.positions[finding.row]]) for finding in findings]


def in_order(workbook: Workbook, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Issues by sheet (the workbook's own first, then in the order the kinds depend on one another), row and column."""
    sheets = [workbook.tables[kind].sheet for kind in Kind if kind in workbook.tables]
    order: Mapping[str | None, int] = {None: -1, **{sheet: at for at, sheet in enumerate(sheets)}}
    return tuple(sorted(issues, key=lambda issue: _position(issue.place, order)))


def _issue(table: Draft, finding: Finding, shown: str | None) -> Issue:
    return Issue(
        finding.code,
        table.table.place(finding.row, finding.field),
        Severity.WARNING if finding.code in WARNINGS else Severity.ERROR,
        value=shown,
        field=finding.field,
        costs_row=table.costs_row(finding),
        parameters=finding.parameters,
    )


def _position(place: Place, sheets: Mapping[str | None, int]) -> tuple[int, str, int, int, str]:
    """Where a place stands; letters by length first, so that `AA` comes after `Z`."""
    letter = place.letter or ""
    return sheets.get(place.sheet, len(sheets)), place.sheet or "", place.row or 0, len(letter), letter
