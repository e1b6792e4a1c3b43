"""The checked workbook with its faults marked, for the user to correct in place."""

from __future__ import annotations

from pathlib import Path

from bulkio.errors import Misuse
from bulkio.flows.results import Summary, annotation, coercion_lines
from bulkio.language import Language, translate
from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.checked import Checked, CheckedTable
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.workbook import annotatable, annotate


def mark_workbook(checked: Checked, target: Path, language: Language, answers: Answers = AS_FOUND) -> None:
    """Write the annotated copy: faulty rows as refused, the others as not sent yet.

    Raises `CannotWrite`, and `Misuse` where the copy would replace the workbook itself.
    """
    source = checked.workbook.path
    if target.exists() and target.samefile(source):
        raise Misuse("results_is_workbook", path=str(target))
    by_row = _by_row(checked.issues)
    outcomes = [outcome for kind, table in checked.tables.items() for outcome in _outcomes(kind, table, by_row)]
    lines: tuple[tuple[str, str], ...] = (
        (translate("Workbook", language), source.name),
        (translate("Rows", language), str(len(outcomes))),
    )
    lines += coercion_lines(checked.coercions, language)
    with annotatable(source, answers) as patchable:
        annotate(patchable, target, annotation(outcomes, checked.issues, Summary("bulkio", lines), language))


def _outcomes(kind: Kind, checked: CheckedTable, by_row: dict[tuple[str, int], list[Issue]]) -> list[Outcome]:
    faulty = checked.refused | checked.lost_fields.keys()
    sheet = checked.table.sheet
    return [
        Outcome(
            kind,
            checked.table.place(row),
            Status.REFUSED if row in faulty else Status.PENDING,
            issues=tuple(by_row.get((sheet, row), ())),
        )
        for row in map(int, checked.table.frame.index)
    ]


def _by_row(issues: tuple[Issue, ...]) -> dict[tuple[str, int], list[Issue]]:
    rows: dict[tuple[str, int], list[Issue]] = {}
    for issue in issues:
        if issue.place.sheet is not None and issue.place.row is not None:
            rows.setdefault((issue.place.sheet, issue.place.row), []).append(issue)
    return rows
