"""The review: a grid per sheet with its faults marked, the issue list beside it, and the cell under the cursor in full. Faults are corrected here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Static, Tab, Tabs
from textual.worker import Worker, WorkerState

from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.model.correction import Change
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.tui.cells import on_one_line
from bulkio.tui.correcting import CellDialog, ColumnDialog, GroupDialog
from bulkio.tui.detail import detail, issues_at
from bulkio.tui.dialogs import Question
from bulkio.tui.figures import count
from bulkio.tui.grid import Grid
from bulkio.tui.issue_list import IssueList
from bulkio.tui.review_state import ReviewState
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.sheet_rows import SheetRows, View
from bulkio.tui.tour import Spot, spots_of
from bulkio.tui.widgets import Banner


class ReviewScreen(DeskScreen[bool]):
    """Ends with whether the workbook was written to."""

    ABOUT = (
        "Cells with a fault are red and carry ✗, warnings are yellow and carry !. A fault keeps its row out of the upload, "
        "a warning does not. Enter corrects the cell under the cursor, g the same fault everywhere; corrected cells carry ✎ "
        "until w writes them into your workbook. The list puts the same fault together; Enter opens a group, and Enter on a place goes there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "fault(1)", "Next fault"),
        Binding("p", "fault(-1)", "Previous fault", show=False),
        Binding("e", "correct", "Correct"),
        Binding("g", "correct_group", "Whole group"),
        Binding("u", "undo", "Undo", show=False),
        Binding("y", "redo", "Redo", show=False),
        Binding("w", "write", "Write"),
        Binding("i", "issues", "Issues"),
        Binding("f", "only_faulty", "Only faulty", show=False),
        Binding("slash", "ask('search')", "Search", key_display="/", show=False),
        Binding("f3", "again", "Find again", show=False),
        Binding("t", "ask('holding')", "Only rows that hold a text", show=False),
        Binding("o", "sort", "Sort by this column", show=False),
        Binding("c", "columns", "Choose columns", show=False),
        Binding("ctrl+pagedown,right_square_bracket", "sheet(1)", "Next sheet", show=False),
        Binding("ctrl+pageup,left_square_bracket", "sheet(-1)", "Previous sheet", show=False),
        Binding("escape", "let_go", "Back to the grid", show=False),
        Binding("q", "leave", "Leave"),
    ]
    AUTO_FOCUS = "#sheet"

    def __init__(self, mending: Mending, language: Language) -> None:
        super().__init__(language)
        self._mending = mending
        self._state = ReviewState(mending, language)
        self._cursors: dict[Kind, tuple[int, int]] = {}
        self._list = IssueList(self._state.groups, language)
        self._wrote = False
        start = self._state.start
        self._kind = start.kind if start else next(iter(self._state.sheets))

    def compose(self) -> ComposeResult:
        """Tabs, grid and list, the cell, the search."""
        say, path = self.language, self._mending.workbook.path
        yield Banner(translate("Review", say), on_one_line(path.name))
        tabs = (Tab(self._state.tab(kind), id=kind.value) for kind in self._state.sheets)
        yield Tabs(*tabs, active=self._kind.value)
        with Horizontal(id="review"):
            yield Grid(by="cell", id="sheet")
            with Vertical(id="beside"):
                yield Static(Content(translate("Issues", say)), classes="heading")
                yield Grid(by="row", id="list")
        with VerticalScroll(id="panel", can_focus=False):
            yield Static(id="detail")
        yield Input(id="search", placeholder=translate("Search this sheet", say))
        yield Input(id="holding", placeholder=translate("Only rows that hold this text; blank for all", say))
        yield Footer()

    def on_mount(self) -> None:
        """Start at the first fault, for that is what one comes for."""
        self.fill()
        if self._state.start is not None:
            self._go(self._state.start)

    def fill(self) -> None:
        """The sheet in view, the list, the counts."""
        self._put_the_questions_away()
        self._state.speak(self.language)
        self._list = IssueList(self._state.groups, self.language, self._list.open_titles())
        self._show(self._kind)
        self.query_one("#list", Grid).show(self._list)
        self._relabel()

    @property
    def sheet(self) -> SheetRows:
        """The sheet in view."""
        return self._state.sheets[self._kind]

    @property
    def grid(self) -> Grid:
        """The grid of the sheet in view."""
        return self.query_one("#sheet", Grid)

    @on(Tabs.TabActivated)
    def tab_chosen(self, event: Tabs.TabActivated) -> None:
        """A tab by mouse or arrow."""
        kind = Kind(str(event.tab.id))
        if kind is not self._kind:
            self._show(kind)

    @on(Grid.Moved, "#sheet")
    def cell_changed(self, event: Grid.Moved) -> None:
        """The panel follows the cursor."""
        self._cursors[self._kind] = (event.grid.row, event.grid.column)
        self.query_one("#detail", Static).update(detail(self.sheet, event.grid.row, event.grid.column, self.language))
        self.query_one("#panel").scroll_home(animate=False)

    @on(Grid.Chosen, "#sheet")
    def cell_chosen(self) -> None:
        """Enter on a cell corrects it."""
        self.action_correct()

    @on(Grid.Chosen, "#list")
    def issue_chosen(self, event: Grid.Chosen) -> None:
        """A group opens or closes; a place is gone to."""
        row = event.grid.row
        if self._list.is_place(row):
            self._go_to_issue(self._list.issue_at(row))
            self._bring_the_grid()
            return
        self._list.toggle(row)
        event.grid.show(self._list, row)

    @on(Input.Submitted, "#search")
    def search_typed(self, event: Input.Submitted) -> None:
        """To the next cell that holds the text."""
        self.action_let_go()
        self._find(event.value)

    @on(Input.Submitted, "#holding")
    def holding_typed(self, event: Input.Submitted) -> None:
        """Only the rows that hold the text."""
        self.action_let_go()
        self._look(replace(self.sheet.view, holding=event.value.strip()))

    def action_fault(self, direction: int) -> None:
        """The next or previous place with a fault or warning, on whichever sheet."""
        if not self._state.tour:
            self._tell(translate("There are no faults.", self.language))
            return
        self._go(self._state.tour.step(self._here(), direction))

    def action_correct(self) -> None:
        """Type another value for the cell under the cursor."""
        stands = self.sheet.column_at(self.grid.column)
        if not self.sheet.rows or stands is None:
            self._tell(translate("Put the cursor on a cell to correct it.", self.language))
            return
        number = self.sheet.number(self.grid.row)
        dialog = CellDialog(self._mending, self._kind, number, stands.field, self.language)
        self.app.push_screen(dialog, self._corrected)

    def action_correct_group(self) -> None:
        """Correct the same fault everywhere: that of the list's line, or of the cell under the cursor."""
        issue = self._issue_in_hand()
        group = self._state.group_of(issue) if issue is not None else None
        if issue is None or group is None or issue.field is None or issue.place.row is None:
            self._tell(translate("Put the cursor on a cell with a fault, or on a group of the list.", self.language))
            return
        kind = self._state.kind_of(issue)
        if kind is not None:
            self.app.push_screen(
                GroupDialog(self._mending, kind, group.issues, group.title, self.language), self._corrected
            )

    def action_undo(self) -> None:
        """Take back the last correction."""
        self._stepped(self._mending.undo(), translate("There is nothing to undo.", self.language))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._stepped(self._mending.redo(), translate("There is nothing to redo.", self.language))

    def action_write(self) -> None:
        """Write the corrections into the user's workbook."""
        if not self._mending.unwritten:
            self._tell(translate("The workbook holds every correction already.", self.language))
            return
        self.run_worker(self._mending.write, group="write", thread=True, exit_on_error=False)

    def action_only_faulty(self) -> None:
        """Hide the rows without a fault or warning, or show them again."""
        view = self.sheet.view
        if not self.sheet.faults.rows and not view.only_faulty:
            self._tell(translate("This sheet has no faulty rows.", self.language))
            return
        self._look(replace(view, only_faulty=not view.only_faulty))

    def action_sort(self) -> None:
        """Sort by the column under the cursor: upwards, downwards, as it was."""
        stands = self.sheet.column_at(self.grid.column)
        if stands is not None:
            self._look(self.sheet.view.turned(stands.field))

    def action_columns(self) -> None:
        """Choose the columns that are shown."""
        dialog = ColumnDialog(self.sheet.table, self.sheet.view.hidden, self.language)
        self.app.push_screen(dialog, lambda hidden: self._look(replace(self.sheet.view, hidden=hidden or frozenset())))

    def action_ask(self, name: str) -> None:
        """Ask for a text to search, or to keep rows by."""
        asked = self.query_one(f"#{name}", Input)
        asked.display = True
        asked.focus()

    def action_again(self) -> None:
        """The same text once more."""
        self._find(self.query_one("#search", Input).value)

    def action_issues(self) -> None:
        """Show or hide the issue list; on a narrow screen it takes the grid's place."""
        self.query_one("#review").toggle_class("-other")
        self.call_after_refresh(self._focus_what_is_seen)

    def action_sheet(self, direction: int) -> None:
        """The sheet beside this one."""
        kinds = list(self._state.sheets)
        self._show(kinds[(kinds.index(self._kind) + direction) % len(kinds)])

    def action_let_go(self) -> None:
        """Back to the grid."""
        self._put_the_questions_away()
        self._focus_what_is_seen()

    def action_leave(self) -> None:
        """Leave; corrections that are not written yet are asked about, and kept either way."""
        if not self._mending.unwritten:
            self.finish(self._wrote)
            return
        say = self.language
        question = Question(
            translate("Write the corrections into the workbook?", say),
            translate("They are not in it yet. Without writing they are kept for the next review of this file.", say),
            yes=translate("Write", say),
            no=translate("Leave without writing", say),
        )
        self.app.push_screen(question, self._leaving)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A judgement is there, or the workbook is written, or one of them failed."""
        worker: Worker[Checked | Path] = event.worker
        if worker.state is WorkerState.ERROR and worker.error is not None:
            self.desk.tell_over(worker.error)
        elif worker.state is WorkerState.SUCCESS and worker.group == "write":
            self._written()
        elif worker.state is WorkerState.SUCCESS and isinstance(worker.result, Checked):
            self._judged(worker.result)

    def _leaving(self, write: bool | None) -> None:
        if not write:
            self.finish(self._wrote)
            return
        self._leave_when_written = True
        self.action_write()

    _leave_when_written = False

    def _written(self) -> None:
        self._wrote = True
        say, name = self.language, on_one_line(self._mending.workbook.path.name)
        if self._leave_when_written:
            self.finish(True)
            return
        self._tell(translate("The corrections are in {file}; nothing else in it was changed.", say, file=name))
        self._state.refresh()
        self._redraw()

    def _corrected(self, change: Change | None) -> None:
        if change:
            self._mending.change(change)
            self._judge()

    def _stepped(self, change: Change, nothing: str) -> None:
        if not change:
            self._tell(nothing)
            return
        self._judge()
        one = change[0]
        letter = self._state.sheets[one.kind].table.place(one.row, one.field).letter
        turn = list(self._state.sheets).index(one.kind)
        self._go(Spot(turn, one.row, self._state.sheets[one.kind].column_of(letter), one.kind))

    def _judge(self) -> None:
        """Show the new values now; the judgement of the whole workbook follows from beside the screen's loop."""
        self._state.judging = True
        self._state.refresh()
        self._redraw()
        workbook = self._mending.workbook
        self.run_worker(
            lambda: self._mending.judge(workbook), group="judge", thread=True, exclusive=True, exit_on_error=False
        )

    def _judged(self, checked: Checked) -> None:
        if any(checked.workbook.tables[kind] is not self._mending.workbook.tables[kind] for kind in self._state.sheets):
            return  # a later correction is being judged already
        self._mending.checked = checked
        self._state.judging = False
        self._state.take(checked)
        row = self.query_one("#list", Grid).row
        self._list = IssueList(self._state.groups, self.language, self._list.open_titles())
        self.query_one("#list", Grid).show(self._list, row)
        self._redraw()
        if not any(group.severity == "error" for group in self._state.groups):
            self._tell(translate("No faults are left. w writes the corrections into your workbook.", self.language))

    def _redraw(self) -> None:
        grid = self.grid
        number = self.sheet.number(grid.row) if grid.row < self.sheet.rows else None
        grid.show(self.sheet, self.sheet.row_of(number) or 0 if number is not None else 0, grid.column)
        self._relabel()

    def _look(self, view: View) -> None:
        grid, stands = self.grid, self.sheet.column_at(self.grid.column)
        number = self.sheet.number(grid.row) if self.sheet.rows else None
        self._state.look(self._kind, view)
        row = self.sheet.row_of(number) if number is not None else None
        grid.show(self.sheet, row or 0, self.sheet.column_of(stands.letter) if stands else 0)
        self._relabel()
        if not self.sheet.rows:
            self._tell(translate("No row is left to show.", self.language))

    def _issue_in_hand(self) -> Issue | None:
        in_list = self.query_one("#list", Grid)
        if in_list.has_focus and self._list.rows:
            return self._list.issue_at(in_list.row)
        if not self.sheet.rows:
            return None
        return next(iter(issues_at(self.sheet, self.grid.row, self.grid.column)), None)

    def _put_the_questions_away(self) -> None:
        for asked in self.query(Input):
            asked.display = False

    def _focus_what_is_seen(self) -> None:
        (self.grid if self.grid.is_on_screen else self.query_one("#list", Grid)).focus()

    def _bring_the_grid(self) -> None:
        if self.has_class("-narrow") or not self.grid.is_on_screen:
            self.query_one("#review").remove_class("-other")
        self.call_after_refresh(self.grid.focus)

    def _show(self, kind: Kind) -> None:
        self._kind = kind
        tabs = self.query_one(Tabs)
        with tabs.prevent(Tabs.TabActivated):  # the echo of two quick turns would turn the sheets for ever
            tabs.active = kind.value
        row, column = self._cursors.get(kind, (0, 1))
        self.grid.show(self.sheet, row, column)

    def _go(self, spot: Spot) -> None:
        if spot.kind is not self._kind:
            self._show(spot.kind)
        row = self.sheet.row_of(spot.row or None)
        if row is None and spot.row:  # what one goes to is shown, whatever was hidden
            self._state.look(self._kind, replace(self.sheet.view, only_faulty=False, holding=""))
            row = self.sheet.row_of(spot.row)
            self._relabel()
        self.grid.show(self.sheet, row or 0, spot.column)
        self._state.tour.arrive(spot, self._here())

    def _go_to_issue(self, issue: Issue) -> None:
        spot = next(iter(spots_of([issue], self._state.sheets)), None)
        if spot is not None:
            self._go(spot)

    def _here(self) -> Spot:
        number = self.sheet.number(self.grid.row) if self.sheet.rows else 0
        return Spot(list(self._state.sheets).index(self._kind), number, self.grid.column, self._kind)

    def _find(self, text: str) -> None:
        if not text:
            return
        found = self.sheet.find(text)
        if not found:
            self._tell(translate("Nothing on this sheet holds “{text}”.", self.language, text=text))
            return
        here = (self.grid.row, self.grid.column)
        after = next((index for index, cell in enumerate(found) if cell > here), 0)
        self.grid.go_to(*found[after])
        say = self.language
        self._tell(translate("{number} of {found}", say, number=count(after + 1, say), found=count(len(found), say)))

    def _tell(self, text: str) -> None:
        self.app.notify(text, markup=False, timeout=3)

    def _relabel(self) -> None:
        for kind in self._state.sheets:
            self.query_one(f"#{kind.value}", Tab).label = self._state.tab(kind)
        self.query_one(Banner).tell(*self._state.totals())
