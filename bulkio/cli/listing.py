"""Issues and counts as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bulkio.language import Language, translate, word_coercion, word_issue
from bulkio.model.checked import Checked
from bulkio.model.coercion import Coercion
from bulkio.model.issue import Issue, Severity
from bulkio.model.outcome import Status
from bulkio.workbook import status_word

if TYPE_CHECKING:  # the report's room brings pandas, which a listing of issues does not need
    from bulkio.flows.report import ImportReport


def issue_line(issue: Issue, language: Language) -> str:
    """`Customers!Q12 EAN number: error bad_check_digit: what is wrong. What to do.`"""
    words = word_issue(issue, language)
    severity = translate("error" if issue.severity is Severity.ERROR else "warning", language)
    where = _where(issue, language)
    text = _one_line(f"{words.message} {words.hint}")
    return f"{where}: {severity} {issue.code}: {text}" if where else f"{severity} {issue.code}: {text}"


def coercion_line(coercion: Coercion, language: Language) -> str:
    """`Customers City: 37 sent without the spaces at their ends, such as “ Odense ” as “Odense”.`"""
    first = coercion.changes[0]
    words = word_coercion(coercion.kind, coercion.count, first.shown, first.sent, language)
    return f"{coercion.place.sheet} {coercion.place.column}: {_one_line(words)}"


def counts_of_check(checked: Checked, language: Language) -> str:
    """How many rows are good, how many not."""
    total = sum(len(one.table.frame) for one in checked.tables.values())
    faulty = sum(len(one.refused | one.lost_fields.keys()) for one in checked.tables.values())
    warnings = sum(issue.severity is Severity.WARNING for issue in checked.issues)
    return translate(
        "Rows: {total}, good: {good}, faulty: {faulty}. Warnings: {warnings}.",
        language,
        total=total,
        good=total - faulty,
        faulty=faulty,
        warnings=warnings,
    )


def lines_of_report(report: ImportReport, language: Language) -> list[str]:
    """An import's end: a line a sheet, then the results workbook and what to do next."""
    lines = [_sheet_line(sheet, counts, language) for sheet, counts in report.by_sheet.items()]
    if report.results is not None:
        lines.append(translate("Results: {path}", language, path=report.results))
    else:
        lines.append(translate("The results workbook could not be written; the journal has every row.", language))
    lines.append(next_step(report, language))
    return lines


def next_step(report: ImportReport, language: Language) -> str:
    """What the user does now."""
    if report.exit_code == 4:
        return translate(
            "Not all rows are settled: finish them with bulkio resume; only what is missing is sent.", language
        )
    if report.exit_code == 0 and not report.outcomes:
        return translate("There are no rows to import: the sheets hold nothing below their headers.", language)
    if report.exit_code == 0:
        return translate("All rows are in.", language)
    if report.results is None:
        return translate("Correct the faults in the workbook, and import it again.", language)
    return translate("Correct the marked cells in the results workbook, and import that file.", language)


def _sheet_line(sheet: str, counts: Mapping[Status, int], language: Language) -> str:
    told = [f"{number} {status_word(status, language)}" for status, number in counts.items() if number]
    return f"{sheet}: {', '.join(told) or '0'}"


def _where(issue: Issue, language: Language) -> str:
    place = issue.place
    if place.sheet is None:
        return ""
    if place.cell is not None:
        return f"{place.sheet}!{place.cell} {place.column}"
    if place.row is not None:
        return translate("{sheet} row {row}", language, sheet=place.sheet, row=place.row)
    return f"{place.sheet} {place.column}" if place.column else place.sheet


def _one_line(text: str) -> str:
    return " ".join(text.split())
