"""The `--json` documents of design.md: one shape a command, the schemas in docs/json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bulkio.language import Language, word_issue
from bulkio.model.coercion import Coercion
from bulkio.model.issue import Issue
from bulkio.model.outcome import Status

if TYPE_CHECKING:  # flows bring pandas, and these shapes are needed before it is known whether it is wanted
    from bulkio.flows.report import ImportReport
    from bulkio.model.checked import Checked

NO_ROWS: Mapping[str, int] = {"total": 0, **{status.value: 0 for status in Status}}
IMPORT_SHAPE: Mapping[str, Any] = {
    "run": None,
    "agreement": None,
    "workbook": None,
    "results": None,
    "rows": NO_ROWS,
    "by_sheet": {},
    "issues": [],
    "coercions": [],
    "calls": {},
    "seconds": 0.0,
}
CHECK_SHAPE: Mapping[str, Any] = {
    "agreement": None,
    "workbook": None,
    "rows": {"total": 0, "good": 0, "faulty": 0},
    "by_sheet": {},
    "issues": [],
    "coercions": [],
    "seconds": 0.0,
}
SHAPES: Mapping[str, Mapping[str, Any]] = {"import": IMPORT_SHAPE, "check": CHECK_SHAPE, "other": {}}
"""What a document of each shape holds when there is nothing to tell."""


def issue_document(issue: Issue, language: Language) -> dict[str, Any]:
    """One issue, worded."""
    words = word_issue(issue, language)
    return {
        "code": issue.code,
        "sheet": issue.place.sheet,
        "row": issue.place.row,
        "column": issue.place.column,
        "cell": issue.place.cell,
        "severity": issue.severity.value,
        "source": issue.source.value,
        "message": words.message,
        "hint": words.hint,
        "value": issue.value,
    }


def issues_document(issues: Iterable[Issue], language: Language) -> list[dict[str, Any]]:
    """Every issue, worded, in its order."""
    return [issue_document(issue, language) for issue in issues]


def coercions_document(coercions: Iterable[Coercion]) -> list[dict[str, Any]]:
    """What is sent otherwise than it stands, by column and reason, every spelling with all its rows."""
    return [
        {
            "sheet": one.place.sheet,
            "column": one.place.column,
            "kind": one.kind.value,
            "count": one.count,
            "changes": [{"shown": each.shown, "sent": each.sent, "rows": list(each.rows)} for each in one.changes],
        }
        for one in coercions
    ]


def check_document(
    checked: Checked, agreement: str, workbook: str, seconds: float, language: Language
) -> dict[str, Any]:
    """What the check found."""
    by_sheet = {
        table.table.sheet: _good_and_faulty(len(table.table.frame), len(table.refused | table.lost_fields.keys()))
        for table in checked.tables.values()
    }
    rows = {key: sum(sheet[key] for sheet in by_sheet.values()) for key in ("total", "good", "faulty")}
    return {
        **CHECK_SHAPE,
        "agreement": agreement,
        "workbook": workbook,
        "rows": rows,
        "by_sheet": by_sheet,
        "issues": issues_document(checked.issues, language),
        "coercions": coercions_document(checked.coercions),
        "seconds": round(seconds, 3),
    }


def import_document(report: ImportReport, agreement: str, workbook: str, language: Language) -> dict[str, Any]:
    """What an import came to."""
    return {
        **IMPORT_SHAPE,
        "run": report.run,
        "agreement": agreement,
        "workbook": workbook,
        "results": str(report.results) if report.results else None,
        "rows": _counts(report.counts),
        "by_sheet": {sheet: _counts(counts) for sheet, counts in report.by_sheet.items()},
        "issues": issues_document(report.issues, language),
        "coercions": coercions_document(report.coercions),
        "calls": dict(report.calls),
        "seconds": round(report.seconds, 3),
    }


def _good_and_faulty(total: int, faulty: int) -> dict[str, int]:
    return {"total": total, "good": total - faulty, "faulty": faulty}


def _counts(counts: Mapping[Status, int]) -> dict[str, int]:
    return {"total": sum(counts.values()), **{status.value: counts.get(status, 0) for status in Status}}
