"""Issues as a review needs them: by cell, in the order of the sheets, and the same fault together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bulkio.language import Language, word_issue
from bulkio.model.checked import Checked
from bulkio.model.issue import Issue, Severity, Source
from bulkio.model.kind import Kind
from bulkio.tui.cells import CUT

SIGNS: Mapping[Severity, str] = {Severity.ERROR: "✗", Severity.WARNING: "!"}
"""The sign beside the colour, for those who do not see the colour."""

Cell = tuple[int | None, str | None]
"""Excel's row number and the column's letter; None where the issue concerns the whole sheet or row."""


@dataclass(frozen=True, slots=True)
class SheetFaults:
    """The issues of one sheet by cell, each cell's in the order in which they were found."""

    by_cell: Mapping[Cell, tuple[Issue, ...]]
    rows: frozenset[int]
    errors: int
    warnings: int

    def at(self, row: int | None, letter: str | None) -> tuple[Issue, ...]:
        """The issues of a cell, a row (no letter) or the sheet (neither)."""
        return self.by_cell.get((row, letter), ())

    def of_row(self, row: int) -> Severity | None:
        """The worst of what the row as a whole has, its cells left out."""
        return worst(self.at(row, None))


@dataclass(frozen=True, slots=True)
class Group:
    """The same fault at several places, in words that fit all of them."""

    severity: Severity
    title: str
    issues: tuple[Issue, ...]


def worst(issues: Iterable[Issue]) -> Severity | None:
    """An error if there is one, else a warning if there is one."""
    found = {issue.severity for issue in issues}
    if Severity.ERROR in found:
        return Severity.ERROR
    return Severity.WARNING if found else None


def count_of(issues: Iterable[Issue], severity: Severity) -> int:
    """How many issues weigh that much."""
    return sum(issue.severity is severity for issue in issues)


def faults_of(issues: Sequence[Issue], sheet: str) -> SheetFaults:
    """The issues of one sheet, by cell."""
    own = [issue for issue in issues if issue.place.sheet == sheet]
    by_cell: dict[Cell, list[Issue]] = {}
    for issue in own:
        by_cell.setdefault((issue.place.row, issue.place.letter), []).append(issue)
    return SheetFaults(
        by_cell={cell: tuple(found) for cell, found in by_cell.items()},
        rows=frozenset(issue.place.row for issue in own if issue.place.row is not None),
        errors=count_of(own, Severity.ERROR),
        warnings=count_of(own, Severity.WARNING),
    )


def sheets_of(checked: Checked) -> dict[Kind, SheetFaults]:
    """The faults of every table of the workbook."""
    tables = checked.workbook.tables
    return {kind: faults_of(checked.issues, table.sheet) for kind, table in tables.items()}


def group(issues: Sequence[Issue], language: Language) -> tuple[Group, ...]:
    """The same fault together: errors before warnings, the most frequent first."""
    together: dict[tuple[object, ...], list[Issue]] = {}
    for issue in issues:
        together.setdefault(_same(issue), []).append(issue)
    groups = [Group(found[0].severity, title(found, language), tuple(found)) for found in together.values()]
    return tuple(sorted(groups, key=lambda one: (one.severity is not Severity.ERROR, -len(one.issues))))


def title(issues: Sequence[Issue], language: Language) -> str:
    """Words that fit all of these: what differs between them is left open."""
    first = issues[0]
    same_value = all(issue.value == first.value for issue in issues)
    parameters = {name: _common(issues, name) for name in first.parameters}
    standing_for_all = replace(first, value=first.value if same_value else CUT, parameters=parameters)
    return message(standing_for_all, language)


def message(issue: Issue, language: Language) -> str:
    """What is wrong, naming the column: our own words do, the API's do not."""
    said = word_issue(issue, language).message
    column = issue.place.column if issue.source is Source.API else None
    return f"{column}: {said}" if column else said


def _same(issue: Issue) -> tuple[object, ...]:
    spoken = issue.parameters.get("text") if issue.source is Source.API else None
    return (issue.place.sheet, issue.code, issue.severity, issue.place.column, spoken)


def _common(issues: Sequence[Issue], name: str) -> object:
    first = issues[0].parameters[name]
    return first if all(issue.parameters.get(name) == first for issue in issues) else CUT
