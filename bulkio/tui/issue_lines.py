"""Issues or failures as plain lines: sign, place, value, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bulkio.language import Language, translate
from bulkio.model.issue import Issue, Severity
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.tui.cells import cells, fit
from bulkio.tui.detail import worded
from bulkio.tui.faults import SIGNS, message
from bulkio.tui.grid import Grid, Source, Tone
from bulkio.tui.issue_list import spot

PLACE_WIDTH = 20
WIDTHS: Sequence[int] = (1, PLACE_WIDTH, 13, 40)


class IssueLines:
    """A grid's source: one line an issue, worded when it is seen."""

    frozen = 0
    widths = WIDTHS

    def __init__(self, issues: Sequence[Issue], language: Language) -> None:
        self._issues = issues
        self._language = language
        self.titles = _titles(language)

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._issues)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """The part of a line."""
        return _part(self._issues[row], column, self._language)

    def in_full(self, row: int) -> Content:
        """The line uncut, with what to do."""
        return worded(self._issues[row], self._language)


class FailureLines:
    """A grid's source over the outcomes that went wrong, which grow while the upload goes on."""

    frozen = 0
    widths = WIDTHS

    def __init__(self, failures: Sequence[Outcome], language: Language) -> None:
        self._failures = failures
        self._language = language
        self.titles = _titles(language)

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._failures)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """The part of a line; of several issues of a row, the one that refused it."""
        issue = _reason(self._failures[row])
        if issue is not None:
            return _part(issue, column, self._language)
        return _without_issue(self._failures[row], column, self._language)

    def in_full(self, row: int) -> Content:
        """All that is said about the row, uncut."""
        outcome = self._failures[row]
        errors = [worded(issue, self._language) for issue in outcome.issues if issue.severity is Severity.ERROR]
        return Content("\n").join(errors) if errors else Content(_no_answer(outcome, self._language))


class Lines(Source, Protocol):
    """A grid's source that can also say a line in full."""

    def in_full(self, row: int) -> Content:
        """The line uncut."""


class IssueBox(Vertical):
    """A list of lines, and the one under the cursor in full below it."""

    def __init__(self, lines: Lines, id: str) -> None:  # noqa: A002 - Textual's own parameter
        super().__init__(id=id)
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The list, then the line."""
        yield Grid(by="line")
        yield Static(classes="in-full")

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one(Grid).show(self._lines)

    def show(self, lines: Lines) -> None:
        """Show other lines."""
        self._lines = lines
        self.query_one(Grid).show(lines)

    def grow(self) -> None:
        """There are more lines."""
        self.query_one(Grid).grow()

    @on(Grid.Moved)
    def moved(self, event: Grid.Moved) -> None:
        """The line below follows the cursor."""
        event.stop()
        full = self._lines.in_full(event.grid.row) if self._lines.rows else Content("")
        self.query_one(Static).update(full)


def _titles(language: Language) -> Sequence[str]:
    return "", translate("Place", language), translate("Value", language), translate("What is wrong", language)


def _cut_before_the_cell(place: Place) -> str:
    """The place in the width of its column: a long sheet title is cut rather than the cell."""
    cell = spot(replace(place, sheet=None))
    if place.sheet is None or cells(place.sheet) + 1 + cells(cell) <= PLACE_WIDTH:
        return spot(place)
    return f"{fit(place.sheet, max(2, PLACE_WIDTH - 1 - cells(cell)))} {cell}"


def _reason(outcome: Outcome) -> Issue | None:
    return next((issue for issue in outcome.issues if issue.severity is Severity.ERROR), None)


def _part(issue: Issue, column: int, language: Language) -> tuple[str, Tone]:
    if column == 0:
        return SIGNS[issue.severity], Tone.ERROR if issue.severity is Severity.ERROR else Tone.WARNING
    if column == 1:
        return _cut_before_the_cell(issue.place), Tone.PLAIN
    if column == 2:
        return issue.value or "", Tone.PLAIN
    return message(issue, language), Tone.PLAIN


def _without_issue(outcome: Outcome, column: int, language: Language) -> tuple[str, Tone]:
    if column == 0:
        return SIGNS[Severity.ERROR], Tone.ERROR
    if column == 1:
        return _cut_before_the_cell(outcome.place), Tone.PLAIN
    return _no_answer(outcome, language) if column == 3 else "", Tone.PLAIN


def _no_answer(outcome: Outcome, language: Language) -> str:
    if outcome.status is not Status.IN_DOUBT:
        return ""
    return translate("No answer came; whether the row is in is settled when the import is run again.", language)
