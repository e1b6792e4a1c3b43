"""The plan in detail: every row with what is to happen to it, and for an update each field before and after."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from bulkio.flows.differences import calls_of
from bulkio.language import Language, translate
from bulkio.model.plan import Action
from bulkio.tui.cells import on_one_line
from bulkio.tui.figures import count
from bulkio.tui.issue_lines import IssueBox
from bulkio.tui.plan_lines import SIGNS, PlanLines, action_words
from bulkio.tui.ports import Prepared
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.widgets import Banner


class PlanScreen(DeskScreen[None]):
    """Shows; decides nothing."""

    ABOUT = (
        "Every row of the workbook with what uploading would do to it: + create, ~ update, = unchanged, – skip, ✗ refuse. "
        "Below stands the row under the cursor in full; an update shows each field as it is now and as it would be."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "next_action(1)", "Next kind of row"),
        Binding("q,escape,enter", "leave", "Back"),
    ]
    AUTO_FOCUS = "#steps Grid"

    def __init__(self, prepared: Prepared, language: Language) -> None:
        super().__init__(language)
        self._prepared = prepared
        self._only: Action | None = None

    def compose(self) -> ComposeResult:
        """What is counted, the rows, the row under the cursor."""
        say = self.language
        yield Banner(translate("Plan", say), on_one_line(self._prepared.company))
        with Vertical(id="plan"):
            yield Static(id="kinds")
            yield IssueBox(PlanLines(self._prepared.plan, say), id="steps")
        yield Footer()

    def on_mount(self) -> None:
        """Begin with all rows."""
        self.fill()

    def fill(self) -> None:
        """The rows of the kind that is looked at."""
        self.query_one("#kinds", Static).update(self._kinds())
        self.query_one(IssueBox).show(PlanLines(self._prepared.plan, self.language, self._only))

    def action_next_action(self, direction: int) -> None:
        """Only the rows to create, only those to update, and so on, then all again."""
        there: list[Action | None] = [None, *(one for one in Action if self._prepared.plan.count(one))]
        self._only = there[(there.index(self._only) + direction) % len(there)]
        self.fill()

    def action_leave(self) -> None:
        """Back to the overview."""
        self.finish(None)

    def _kinds(self) -> Content:
        say, plan = self.language, self._prepared.plan
        parts = []
        for action, word in action_words(say).items():
            style = "bold reverse" if action is self._only else "bold" if plan.count(action) else "$text-muted"
            parts.append(Content.styled(f" {SIGNS[action]} {word} {count(plan.count(action), say)} ", style))
        calls = translate("Requests to e-conomic: at least {calls}", say, calls=count(calls_of(plan), say))
        return Content.assemble(Content(" ").join(parts), ("\n" + calls, "$text-muted"))
