"""The review: a grid per sheet with its faults marked, the issue list beside it, and the cell under the cursor in full."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Static, Tab, Tabs

from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.tui.cells import on_one_line
from bulkio.tui.detail import detail
from bulkio.tui.faults import SheetFaults, count_of, group, sheets_of
from bulkio.tui.figures import count
from bulkio.tui.grid import Grid
from bulkio.tui.issue_list import IssueList
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.sheet_rows import SheetRows
from bulkio.tui.tour import Spot, Tour, first_of, spots_of
from bulkio.tui.widgets import Banner


class ReviewScreen(DeskScreen[None]):
    """Shows what was found; changes nothing."""

    ABOUT = (
        "Cells with a fault are red and carry ✗, warnings are yellow and carry !. A fault keeps its row out of the upload, "
        "a warning does not. The list on the right puts the same fault together; Enter opens a group, and Enter on a place goes there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "fault(1)", "Next fault"),
        Binding("p", "fault(-1)", "Previous fault", show=False),
        Binding("f", "only_faulty", "Only faulty"),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("f3", "again", "Find again", show=False),
        Binding("i", "issues", "Issues"),
        Binding("ctrl+pagedown,right_square_bracket", "sheet(1)", "Next sheet", show=False),
        Binding("ctrl+pageup,left_square_bracket", "sheet(-1)", "Previous sheet", show=False),
        Binding("escape", "let_go", "Back to the grid", show=False),
        Binding("q", "leave", "Leave"),
    ]
    AUTO_FOCUS = "#sheet"

    def __init__(self, checked: Checked, language: Language) -> None:
        super().__init__(language)
        self._checked = checked
        self._faults = sheets_of(checked)
        tables = checked.workbook.tables
        self._sheets = {kind: SheetRows(tables[kind], self._faults[kind]) for kind in Kind if kind in tables}
        self._cursors: dict[Kind, tuple[int, int]] = {}
        self._list = IssueList(group(checked.issues, language), language)
        self._tour = Tour(spots_of(checked.issues, self._sheets))
        self._start = first_of(checked.issues, self._sheets)
        self._kind = self._start.kind if self._start else next(iter(self._sheets))

    def compose(self) -> ComposeResult:
        """Tabs, grid and list, the cell, the search."""
        say, path = self.language, self._checked.workbook.path
        yield Banner(translate("Review", say), on_one_line(path.name), self._totals(), real=bool(self._errors()))
        yield Tabs(*(Tab(self._tab(kind), id=kind.value) for kind in self._sheets), active=self._kind.value)
        with Horizontal(id="review"):
            yield Grid(id="sheet")
            with Vertical(id="beside"):
                yield Static(Content(translate("Issues", say)), classes="heading")
                yield Grid(by="row", id="list")
        with VerticalScroll(id="panel"):
            yield Static(id="detail")
        yield Input(id="search", placeholder=translate("Search this sheet", say))
        yield Footer()

    def on_mount(self) -> None:
        """Start at the first fault, for that is what one comes for."""
        self.query_one("#search", Input).display = False
        self._show(self._kind)
        self.query_one("#list", Grid).show(self._list)
        if self._start is not None:
            self._go(self._start)

    @property
    def sheet(self) -> SheetRows:
        """The sheet in view."""
        return self._sheets[self._kind]

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

    @on(Grid.Chosen, "#list")
    def issue_chosen(self, event: Grid.Chosen) -> None:
        """A group opens or closes; a place is gone to."""
        row = event.grid.row
        if self._list.is_place(row):
            self._go_to_issue(self._list.issue_at(row))
            self.query_one("#sheet", Grid).focus()
            return
        self._list.toggle(row)
        event.grid.show(self._list, row)

    @on(Input.Submitted, "#search")
    def search_typed(self, event: Input.Submitted) -> None:
        """To the next cell that holds the text."""
        self.action_let_go()
        self._find(event.value)

    def action_fault(self, direction: int) -> None:
        """The next or previous place with a fault or warning, on whichever sheet."""
        if not self._tour:
            self._tell(translate("There are no faults.", self.language))
            return
        grid = self.query_one("#sheet", Grid)
        here = self._here(grid)
        self._go(self._tour.step(here, direction))

    def action_only_faulty(self) -> None:
        """Hide the rows without a fault or warning, or show them again."""
        if not self.sheet.faults.rows and not self.sheet.only_faulty:
            self._tell(translate("This sheet has no faulty rows.", self.language))
            return
        grid = self.query_one("#sheet", Grid)
        number = self.sheet.number(grid.row)
        self.sheet.show_only_faulty(not self.sheet.only_faulty)
        grid.show(self.sheet, self.sheet.row_of(number) or 0, grid.column)
        self._relabel()

    def action_search(self) -> None:
        """Ask for the text."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def action_again(self) -> None:
        """The same text once more."""
        self._find(self.query_one("#search", Input).value)

    def action_issues(self) -> None:
        """Show or hide the issue list; on a narrow screen it takes the grid's place."""
        self.query_one("#review").toggle_class("-other")
        self.call_after_refresh(self._focus_what_is_seen)

    def action_sheet(self, direction: int) -> None:
        """The sheet beside this one."""
        kinds = list(self._sheets)
        self._show(kinds[(kinds.index(self._kind) + direction) % len(kinds)])

    def action_let_go(self) -> None:
        """Back to the grid."""
        self.query_one("#search", Input).display = False
        self.query_one("#sheet", Grid).focus()

    def action_leave(self) -> None:
        """Nothing was changed."""
        self.finish(None)

    def _focus_what_is_seen(self) -> None:
        sheet = self.query_one("#sheet", Grid)
        (sheet if sheet.is_on_screen else self.query_one("#list", Grid)).focus()

    def _show(self, kind: Kind) -> None:
        self._kind = kind
        tabs = self.query_one(Tabs)
        with tabs.prevent(Tabs.TabActivated):  # the echo of two quick turns would turn the sheets for ever
            tabs.active = kind.value
        row, column = self._cursors.get(kind, (0, 1))
        self.query_one("#sheet", Grid).show(self.sheet, row, column)

    def _go(self, spot: Spot) -> None:
        if spot.kind is not self._kind:
            self._show(spot.kind)
        row = self.sheet.row_of(spot.row or None)
        if row is None and self.sheet.only_faulty:
            self.sheet.show_only_faulty(False)
            row = self.sheet.row_of(spot.row or None)
        if row is None and spot.row == 0:
            row = 0
        self.query_one("#sheet", Grid).show(self.sheet, row or 0, spot.column)
        self._tour.arrive(spot, self._here(self.query_one("#sheet", Grid)))

    def _go_to_issue(self, issue: Issue) -> None:
        spot = next(iter(spots_of([issue], self._sheets)), None)
        if spot is not None:
            self._go(spot)

    def _here(self, grid: Grid) -> Spot:
        number = self.sheet.number(grid.row) if self.sheet.rows else 0
        return Spot(list(self._sheets).index(self._kind), number, grid.column, self._kind)

    def _find(self, text: str) -> None:
        if not text:
            return
        grid = self.query_one("#sheet", Grid)
        found = self.sheet.find(text)
        if not found:
            self._tell(translate("Nothing on this sheet holds “{text}”.", self.language, text=text))
            return
        after = next((index for index, cell in enumerate(found) if cell > (grid.row, grid.column)), 0)
        grid.go_to(*found[after])
        told = translate("{number} of {found}", self.language, number=after + 1, found=len(found))
        self._tell(told)

    def _tell(self, text: str) -> None:
        self.app.notify(text, markup=False, timeout=3)

    def _relabel(self) -> None:
        self.query_one(f"#{self._kind.value}", Tab).label = self._tab(self._kind)

    def _tab(self, kind: Kind) -> Content:
        sheet, faults = self._sheets[kind], self._faults[kind]
        parts: list[tuple[str, str] | str] = [on_one_line(sheet.table.sheet)]
        parts += self._signs(faults)
        if sheet.only_faulty:
            parts.append((f"  {translate('only faulty', self.language)}", "italic"))
        return Content.assemble(*parts)

    def _signs(self, faults: SheetFaults) -> list[tuple[str, str] | str]:
        signs: list[tuple[str, str] | str] = []
        if faults.errors:
            signs.append((f" ✗{count(faults.errors, self.language)}", "$text-error"))
        if faults.warnings:
            signs.append((f" !{count(faults.warnings, self.language)}", "$text-warning"))
        return signs

    def _errors(self) -> int:
        return count_of(self._checked.issues, Severity.ERROR)

    def _totals(self) -> str:
        say = self.language
        warnings = count_of(self._checked.issues, Severity.WARNING)
        errors = translate("✗ Faults: {errors}", say, errors=count(self._errors(), say))
        return f"{errors}  " + translate("! Warnings: {warnings}", say, warnings=count(warnings, say))
