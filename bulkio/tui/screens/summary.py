"""How the run ended, where the results are, and what to do next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from bulkio.language import Language, translate
from bulkio.model.outcome import Outcome, Status
from bulkio.tui.cells import on_one_line
from bulkio.tui.figures import count, duration
from bulkio.tui.findings import statuses_met
from bulkio.tui.issue_lines import FailureLines, IssueBox
from bulkio.tui.ports import ImportReport, Prepared
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.widgets import Banner, Figure, Ledger
from bulkio.tui.words import status_words

_STYLES = {
    Status.CREATED: "$text-success",
    Status.UPDATED: "$text-success",
    Status.SKIPPED: "$text-warning",
    Status.REFUSED: "bold $text-error",
    Status.IN_DOUBT: "bold $text-warning",
    Status.PENDING: "bold $text-warning",
}
_FAILED = (Status.REFUSED, Status.IN_DOUBT)


class SummaryScreen(DeskScreen[None]):
    """The closing screen; leaving it ends the command with the report's exit code."""

    ABOUT = (
        "The results workbook is your own file with a status, a number and a message beside each row. "
        "Correct the marked cells in it and import that file: only what is not in yet is sent."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,escape", "leave", "Leave")]
    AUTO_FOCUS = "#failures Grid"

    def __init__(self, report: ImportReport, prepared: Prepared, language: Language) -> None:
        super().__init__(language)
        self._report = report
        self._prepared = prepared
        self._failures: list[Outcome] = [one for one in report.outcomes if one.status in _FAILED]

    def compose(self) -> ComposeResult:
        """Headline, counts, the file, the next step, what was refused."""
        say, practice = self.language, self._prepared.practice
        badge = translate("PRACTICE AGREEMENT", say) if practice else translate("REAL AGREEMENT", say)
        yield Banner(translate("Summary", say), on_one_line(self._prepared.company), badge, real=not practice)
        with Vertical(id="summary"):
            yield Static(self._headline(), id="headline")
            yield Ledger(translate("How the rows ended", say), say, total=True, id="ended")
            yield Static(self._results(), id="results")
            yield Static(Content(self._next()), id="next")
            yield IssueBox(FailureLines(self._failures, say), id="failures")
        yield Footer()

    def on_mount(self) -> None:
        """Begin."""
        self.fill()

    def fill(self) -> None:
        """The tables."""
        statuses = statuses_met(self._report)
        words = status_words(self.language)
        figures = [Figure(words[status], _STYLES.get(status, "")) for status in statuses]
        lines = [
            (sheet, [counts.get(status, 0) for status in statuses]) for sheet, counts in self._report.by_sheet.items()
        ]
        self.query_one("#ended", Ledger).show(figures, lines)
        self.query_one(IssueBox).display = bool(self._failures)

    def action_leave(self) -> None:
        """The end."""
        self.finish(None)

    def _count(self, *statuses: Status) -> int:
        return sum(self._report.counts.get(status, 0) for status in statuses)

    def _headline(self) -> Content:
        say = self.language
        left = self._count(Status.PENDING, Status.IN_DOUBT)
        inside = count(self._count(Status.CREATED, Status.UPDATED, Status.UNCHANGED), say)
        if self._report.stopped or left:
            text = translate("Stopped: {rows} rows are in, {left} are left.", say, rows=inside, left=count(left, say))
            return Content.styled(f"■ {text}", "bold $warning")
        out = self._count(Status.REFUSED, Status.SKIPPED)
        if out:
            text = translate("{rows} rows are in, {out} are not.", say, rows=inside, out=count(out, say))
            return Content.styled(f"✗ {text}", "bold $text-error")
        return Content.styled("✓ " + translate("All {rows} rows are in.", say, rows=inside), "bold $text-success")

    def _results(self) -> Content:
        say = self.language
        took = translate("Run {run} took {time}.", say, run=self._report.run, time=duration(self._report.seconds))
        if self._report.results is None:
            missing = translate("The results workbook could not be written.", say)
            return Content.assemble((missing, "bold $text-error"), ("\n" + took, "$text-muted"))
        path = on_one_line(str(self._report.results))
        label = translate("Results workbook", say)
        return Content.assemble((f"{label}   ", "$text-muted"), (path, "bold"), ("\n" + took, "$text-muted"))

    def _next(self) -> str:
        say = self.language
        if self._report.stopped or self._count(Status.PENDING, Status.IN_DOUBT):
            return translate("Next: import the workbook again; only what is left is sent.", say)
        if self._count(Status.REFUSED, Status.SKIPPED):
            return translate("Next: correct the marked cells in the results workbook and import that file again.", say)
        return translate("There is nothing left to do.", say)
