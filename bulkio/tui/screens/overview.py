"""What was found and what would happen, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.model.issue import Severity
from bulkio.tui.cells import on_one_line
from bulkio.tui.dialogs import CompanyQuestion
from bulkio.tui.faults import count_of
from bulkio.tui.figures import count
from bulkio.tui.findings import found_in, intended_by, to_send
from bulkio.tui.issue_lines import IssueBox, IssueLines
from bulkio.tui.ports import ImportFlow, Ready
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.screens.plan import PlanScreen
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.widgets import Banner, Figure, Ledger


class Decision(StrEnum):
    """What the user made of the first look."""

    UPLOAD = "upload"
    LEAVE = "leave"
    READ_AGAIN = "read_again"
    """Corrections were written into the workbook."""


class OverviewScreen(DeskScreen[Decision]):
    """Ends with what the user decided."""

    ABOUT = (
        "Nothing has been sent yet. The upper table says what the workbook holds, the lower one what uploading would do "
        "in the agreement; p shows it row by row. Rows with a fault are left out; the results workbook shows each of them beside its cell."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,u", "upload", "Upload"),
        Binding("r", "review", "Review the faults"),
        Binding("p", "plan", "Row by row"),
        Binding("q", "leave", "Leave without sending"),
    ]
    AUTO_FOCUS = "#issues Grid"

    def __init__(
        self,
        flow: ImportFlow[Ready],
        prepared: Ready,
        confirmed: bool,
        mend: Callable[[Checked], Mending],
        language: Language,
    ) -> None:
        super().__init__(language)
        self._flow = flow
        self._prepared = prepared
        self._mend = mend
        self._asks_company = not (confirmed or prepared.practice) and to_send(prepared.plan) > 0

    def compose(self) -> ComposeResult:
        """Agreement, found, intended, first issues, the company's name where it is asked for."""
        say, company = self.language, on_one_line(self._prepared.company)
        practice = self._prepared.practice
        badge = translate("PRACTICE AGREEMENT", say) if practice else translate("REAL AGREEMENT", say)
        yield Banner(translate("Import", say), company, badge, real=not practice)
        with Vertical(id="overview"):
            yield Static(self._facts(), id="facts")
            yield Ledger(translate("What was found", say), say, id="found")
            yield Ledger(translate("What will happen", say), say, id="intended")
            yield Static(self._verdict(), id="verdict")
            yield IssueBox(IssueLines(self._prepared.checked.issues, say), id="issues")
        yield Footer()

    def on_mount(self) -> None:
        """Begin."""
        self.fill()

    def fill(self) -> None:
        """The tables."""
        self._show_found()
        self._show_intended()
        self.query_one(IssueBox).display = bool(self._prepared.checked.issues)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to review where nothing was found."""
        return bool(self._prepared.checked.issues) if action == "review" else True

    def action_upload(self) -> None:
        """Go, or ask for the company's name first."""
        if not self._asks_company:
            self.finish(Decision.UPLOAD)
        else:
            self.app.push_screen(CompanyQuestion(self._prepared.company, self.language), self._confirmed)

    def action_review(self) -> None:
        """The faults in their cells; back here afterwards, and read again where corrections were written."""
        self.app.push_screen(ReviewScreen(self._mend(self._prepared.checked), self.language), self._reviewed)

    def action_plan(self) -> None:
        """What would happen to each row."""
        self.app.push_screen(PlanScreen(self._prepared, self.language))

    def action_leave(self) -> None:
        """Leave; nothing was sent."""
        self.finish(Decision.LEAVE)

    def _facts(self) -> Content:
        say = self.language
        workbook, agreement = translate("Workbook", say), translate("Agreement", say)
        width = max(len(workbook), len(agreement)) + 3
        real = translate("real: what is uploaded stands in the company's books", say)
        name = f"{self._prepared.company} · {self._prepared.agreement_number} · {self._flow.agreement_name}"
        return Content.assemble(
            (workbook.ljust(width), "$text-muted"),
            (on_one_line(str(self._flow.workbook)), "bold"),
            ("\n" + agreement.ljust(width), "$text-muted"),
            (on_one_line(name), "bold"),
            *([] if self._prepared.practice else [("\n" + " " * width, ""), (real, "bold $warning")]),
        )

    def _confirmed(self, right: bool | None) -> None:
        if right:
            self.finish(Decision.UPLOAD)

    def _reviewed(self, wrote: bool | None) -> None:
        if wrote:
            self.finish(Decision.READ_AGAIN)

    def _show_found(self) -> None:
        say = self.language
        figures = (
            Figure(translate("Rows", say)),
            Figure(translate("Good", say), "$text-success"),
            Figure(translate("Faulty", say), "bold $text-error"),
            Figure(translate("Warnings", say), "$text-warning"),
            Figure(translate("Hidden", say)),
        )
        lines = [
            (one.sheet, (one.rows, one.good, one.faulty, one.warned, one.hidden))
            for one in found_in(self._prepared.checked)
        ]
        self.query_one("#found", Ledger).show(figures, lines)

    def _show_intended(self) -> None:
        say = self.language
        figures = (
            Figure(translate("Create", say), "$text-success"),
            Figure(translate("Update", say), "$text-success"),
            Figure(translate("Unchanged", say)),
            Figure(translate("Skip", say), "$text-warning"),
            Figure(translate("Refuse", say), "bold $text-error"),
        )
        lines = [(one.sheet, one.counts) for one in intended_by(self._prepared.plan, self._prepared.checked)]
        self.query_one("#intended", Ledger).show(figures, lines)

    def _verdict(self) -> Content:
        say, issues = self.language, self._prepared.checked.issues
        errors, warnings = (count_of(issues, severity) for severity in (Severity.ERROR, Severity.WARNING))
        if not issues:
            return Content.styled("✓ " + translate("No faults were found.", say), "$text-success")
        faults = translate("✗ Faults: {errors}", say, errors=count(errors, say))
        warned = translate("! Warnings: {warnings}", say, warnings=count(warnings, say))
        return Content.assemble(
            (faults, "bold $text-error" if errors else "$text-muted"), "   ", (warned, "$text-warning")
        )
