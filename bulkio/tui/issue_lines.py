"""Issues or failures as plain lines: sign, sheet, cell, value, words."""

from __future__ import annotations

from collections.abc import Sequence

from bulkio.language import Language, translate, word_issue
from bulkio.model.issue import Issue, Severity
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.tui.faults import SIGNS
from bulkio.tui.grid import Tone


class IssueLines:
    """A grid's source: one line an issue, worded when it is seen."""

    frozen = 0

    def __init__(self, issues: Sequence[Issue], language: Language) -> None:
        self._issues = issues
        self._language = language
        self.titles = _titles(language)
        self.widths: Sequence[int] = (1, 18, 7, 20, 40)

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._issues)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """The part of a line."""
        return _part(self._issues[row], column, self._language)


class FailureLines:
    """A grid's source over the outcomes that went wrong, which grow while the upload goes on."""

    frozen = 0

    def __init__(self, failures: Sequence[Outcome], language: Language) -> None:
        self._failures = failures
        self._language = language
        self.titles = _titles(language)
        self.widths: Sequence[int] = (1, 18, 7, 20, 40)

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._failures)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """The part of a line; of several issues of a row, the one that refused it."""
        outcome = self._failures[row]
        errors = [issue for issue in outcome.issues if issue.severity is Severity.ERROR]
        if errors:
            return _part(errors[0], column, self._language)
        return _without_issue(outcome.place, outcome.status, column, self._language)


def _titles(language: Language) -> Sequence[str]:
    return (
        "",
        translate("Sheet", language),
        translate("Cell", language),
        translate("Value", language),
        translate("What is wrong", language),
    )


def _part(issue: Issue, column: int, language: Language) -> tuple[str, Tone]:
    tone = Tone.ERROR if issue.severity is Severity.ERROR else Tone.WARNING
    if column == 0:
        return SIGNS[issue.severity], tone
    if column == 4:
        return f"{_named(issue.place.column)}{word_issue(issue, language).message}", Tone.PLAIN
    if column == 3:
        return issue.value or "", Tone.PLAIN
    return _spot(issue.place, column), Tone.PLAIN


def _without_issue(place: Place, status: Status, column: int, language: Language) -> tuple[str, Tone]:
    if column == 0:
        return SIGNS[Severity.ERROR], Tone.ERROR
    if column == 4:
        in_doubt = translate("No answer came; whether the row is in is settled when the import is run again.", language)
        return in_doubt if status is Status.IN_DOUBT else "", Tone.PLAIN
    return ("" if column == 3 else _spot(place, column)), Tone.PLAIN


def _spot(place: Place, column: int) -> str:
    if column == 1:
        return place.sheet or ""
    return place.cell or (str(place.row) if place.row is not None else "")


def _named(column: str | None) -> str:
    return f"{column}: " if column else ""
