"""The windows in which cells are corrected: one cell with its judgement while it is typed, and a whole group after a look at before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from bulkio.entities import ENTITIES
from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, translate
from bulkio.model.correction import Change
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.table import Table
from bulkio.tui.cells import on_one_line
from bulkio.tui.choices import ChoiceLines, ColumnLines, Preview
from bulkio.tui.detail import worded
from bulkio.tui.figures import count
from bulkio.tui.grid import Grid


class _Correcting(ModalScreen["Change | None"]):
    """What both windows share: a text, what the column takes, and a judgement from beside the screen's loop."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("down", "to_choices", "To the choices", show=False),
        Binding("up", "to_text", "To the text", show=False),
    ]

    def __init__(self, mending: Mending, kind: Kind, field: str, language: Language) -> None:
        super().__init__()
        self._mending = mending
        self._kind = kind
        self._field = field
        self._choices = mending.choices(kind, field)
        self._language = language

    @property
    def change(self) -> Change:
        """What the text means."""
        raise NotImplementedError

    def judged(self, issues: Sequence[Issue]) -> None:
        """Show what the change would leave."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Nothing is changed."""
        self.dismiss(None)

    def action_to_choices(self) -> None:
        """Down from the text into the list below it."""
        lists = [grid for grid in self.query(Grid) if grid.display and grid.source.rows]
        if lists and isinstance(self.focused, Input):
            lists[0].focus()

    def action_to_text(self) -> None:
        """Up again."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Judge what stands there now; the last judgement is the one that is shown."""
        self.query_one("#choices", Grid).show(ChoiceLines(self._choices, self._filter(event.value)))
        self.judge()

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Take it."""
        if self.change:
            self.dismiss(self.change)

    @on(Grid.Chosen, "#choices")
    def chosen(self, event: Grid.Chosen) -> None:
        """A choice becomes the text."""
        lines = event.grid.source
        if isinstance(lines, ChoiceLines) and lines.rows:
            text = self.query_one(Input)
            text.value = str(lines.choices[event.grid.row].number)
            text.focus()

    def judge(self) -> None:
        """Begin a judgement of the change as it is now."""
        change = self.change
        self.run_worker(lambda: self._mending.trial(change), thread=True, exclusive=True, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A judgement is there; one that failed is told by the whole check, which comes anyway."""
        worker: Worker[tuple[Issue, ...]] = event.worker
        if worker.state is WorkerState.SUCCESS and worker.result is not None:
            self.judged(worker.result)

    def _filter(self, text: str) -> str:
        return text

    def _at_the_field(self, issues: Sequence[Issue]) -> list[Issue]:
        return [issue for issue in issues if issue.field == self._field]


class CellDialog(_Correcting):
    """One cell: type, see at once whether it passes, Enter."""

    def __init__(self, mending: Mending, kind: Kind, row: int, field: str, language: Language) -> None:
        super().__init__(mending, kind, field, language)
        self._row = row
        self._before = mending.workbook.tables[kind].shown(row, field) or ""

    @property
    def change(self) -> Change:
        """The cell with the text in it."""
        return (self._mending.correction(self._kind, self._row, self._field, self.query_one(Input).value),)

    def compose(self) -> ComposeResult:
        """Address and header, what belongs there, the text, the judgement, the choices."""
        place = self._mending.workbook.tables[self._kind].place(self._row, self._field)
        guidance = ENTITIES[self._kind].field(self._field).guidance(self._language)
        with Vertical(classes="dialog -correcting"):
            title = Content.assemble(
                (f"{place.cell}  ", "bold $text-primary"), (on_one_line(place.column or ""), "bold")
            )
            yield Static(title, classes="dialog--title")
            yield Static(Content(guidance), classes="quiet")
            yield Input(self._before, id="text")
            yield Static(id="verdict")
            choices = Grid(by="row", id="choices")
            choices.display = bool(self._choices)
            yield choices
            yield Static(Content(_keys(bool(self._choices), self._language)), classes="quiet keys")

    def judged(self, issues: Sequence[Issue]) -> None:
        """The faults of this cell, or that it passes."""
        own = self._at_the_field(issues)
        passes = Content.styled("✓ " + translate("This passes.", self._language), "$text-success")
        said = Content("\n").join(worded(issue, self._language) for issue in own) if own else passes
        self.query_one("#verdict", Static).update(said)

    def _filter(self, text: str) -> str:
        return "" if text == self._before else text


class GroupDialog(_Correcting):
    """The same fault at many places: one text for all of them, or each its own proposal, after a look at before and after."""

    def __init__(self, mending: Mending, kind: Kind, issues: Sequence[Issue], title: str, language: Language) -> None:
        field = issues[0].field or ""
        super().__init__(mending, kind, field, language)
        self._title = title
        self._rows = sorted({issue.place.row for issue in issues if issue.place.row is not None})
        self._proposals = mending.proposals(kind, issues)

    @property
    def change(self) -> Change:
        """Every cell with the text in it; without a text, the proposals."""
        text = self.query_one(Input).value
        if not text:
            return self._proposals
        wanted = (self._mending.correction(self._kind, row, self._field, text) for row in self._rows)
        return tuple(one for one in wanted if one.before != one.after)

    def compose(self) -> ComposeResult:
        """The fault, the text, the choices, before and after."""
        say, rows = self._language, count(len(self._rows), self._language)
        if self._proposals:
            hint = translate("blank: the proposals below", say)
        else:
            hint = translate("one value for all of them", say)
        with Vertical(classes="dialog -correcting -group"):
            title = Content.assemble((f"{rows} × ", "bold $text-primary"), (on_one_line(self._title), "bold"))
            yield Static(title, classes="dialog--title")
            yield Input(id="text", placeholder=hint)
            choices = Grid(by="row", id="choices")
            choices.display = bool(self._choices)
            yield choices
            yield Grid(by="line", id="preview")
            yield Static(id="verdict")
            yield Static(Content(_keys(bool(self._choices), say)), classes="quiet keys")

    def on_mount(self) -> None:
        """Begin with the proposals."""
        self.query_one("#choices", Grid).show(ChoiceLines(self._choices))
        self._show(None)
        self.judge()

    @on(Input.Changed)
    def changed(self) -> None:
        """Before and after at once; the judgement follows."""
        self._show(None)

    def judged(self, issues: Sequence[Issue]) -> None:
        """Which of the cells would still be faulty."""
        faulty = frozenset(
            (self._kind, issue.place.row, self._field)
            for issue in self._at_the_field(issues)
            if issue.severity is Severity.ERROR and issue.place.row is not None
        )
        self._show(faulty)
        say, change = self._language, self.change
        good = len(change) - len(faulty)
        told = translate(
            "{good} of {cells} cells would pass.", say, good=count(good, say), cells=count(len(change), say)
        )
        style = "$text-success" if good == len(change) else "$text-warning"
        self.query_one("#verdict", Static).update(Content.styled(told, style) if change else Content(""))

    def _show(self, faulty: frozenset[tuple[str, int, str]] | None) -> None:
        tables: dict[str, Table] = {str(kind): table for kind, table in self._mending.workbook.tables.items()}
        self.query_one("#preview", Grid).show(Preview(self.change, tables, faulty, self._language))


class ColumnDialog(ModalScreen["frozenset[str] | None"]):
    """Which columns of the sheet are shown."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,c,q", "leave", "Back")]

    def __init__(self, table: Table, hidden: frozenset[str], language: Language) -> None:
        super().__init__()
        self._lines = ColumnLines(table, hidden)
        self._language = language

    def compose(self) -> ComposeResult:
        """A line a column."""
        say = self._language
        with Vertical(classes="dialog -columns"):
            yield Static(Content(translate("Columns", say)), classes="dialog--title")
            yield Grid(by="row", id="columns")
            yield Static(
                Content(translate("Enter shows or hides a column, Escape goes back.", say)), classes="quiet keys"
            )

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(Grid).show(self._lines)

    @on(Grid.Chosen)
    def toggled(self, event: Grid.Chosen) -> None:
        """Show or hide one."""
        self._lines.toggle(event.grid.row)
        event.grid.refresh()

    def action_leave(self) -> None:
        """Take the choice along."""
        self.dismiss(self._lines.hidden)


def _keys(choices: bool, language: Language) -> str:
    if choices:
        return translate("Enter takes it, ↓ goes to the choices, Escape goes back.", language)
    return translate("Enter takes it, Escape goes back.", language)
