"""The review screen with real keys: the grid, the list of issues, and the way from fault to fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Tab

from bulkio.cli.wiring import snapshot_of
from bulkio.flows.mend_workbook import Mending, mend_workbook
from bulkio.language import Language
from bulkio.model.answers import AS_FOUND
from bulkio.model.kind import Kind
from bulkio.settings.agreements import SANDBOX
from bulkio.settings.folders import folders
from bulkio.tui.app import ReviewApp
from bulkio.tui.dialogs import FaultDialog
from bulkio.tui.grid import Grid
from bulkio.tui.screens.review import ReviewScreen
from tests.tui import stage
from tests.tui.watching import text, until, until_over, until_screen, until_text

SIZE = (80, 24)
WIDE = (140, 45)


def opened(path: Path) -> Mending:
    return mend_workbook(path, lambda: snapshot_of(SANDBOX), AS_FOUND, folders())


def staged(language: Language = Language.ENGLISH) -> ReviewApp:
    return ReviewApp(lambda: stage.mending(stage.checked()), language, stage.PATH)


def cursor(app: ReviewApp) -> tuple[str, int, int]:
    """The sheet in view, Excel's row under the cursor, the grid's column."""
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    grid = screen.query_one("#sheet", Grid)
    return screen.sheet.table.sheet, screen.sheet.number(grid.row), grid.column


async def test_a_real_workbook_opens_at_its_first_fault_and_ends_with_one(faulty: Path) -> None:
    app = ReviewApp(lambda: opened(faulty), Language.DANISH, faulty)
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.pause()
        sheet, row, _ = cursor(app)
        shown = text(app)
        await pilot.press("q")
        await until_over(pilot)

    assert (sheet, row) == ("Kundegrupper", 7)
    assert "Gennemgang" in shown
    assert "Konto 1000" in shown
    assert app.return_value == 1


async def test_a_faultless_workbook_ends_with_zero(good: Path) -> None:
    app = ReviewApp(lambda: opened(good), Language.ENGLISH, good)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("n")
        await until(pilot, lambda: app._notifications)
        await pilot.press("q")
        await until_over(pilot)

    assert app.return_value == 0


async def test_a_faulty_cell_carries_a_sign_and_a_warning_another() -> None:
    app = staged()
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        shown = await until_text(pilot, "post7@example")

    assert "✗ post7@example" in shown
    assert "Customers ✗4 !1" in shown
    assert "Contacts ✗1" in shown


async def test_n_goes_through_every_fault_of_every_sheet_and_round_again() -> None:
    app = staged()
    stops = []
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        for _ in range(7):
            await pilot.pause()
            stops.append(cursor(app))
            await pilot.press("n")

    assert stops[:6] == [
        ("Customers", 7, 6),
        ("Customers", 12, 2),
        ("Customers", 12, 7),
        ("Customers", 33, 7),
        ("Contacts", 5, 1),
        ("Customers", 7, 4),
    ]
    assert stops[6] == stops[0]


async def test_turning_sheets_in_haste_comes_to_rest() -> None:
    app = staged()
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press(*("p", "n") * 6, "]", "[", "]")
        await pilot.pause()

        assert cursor(app)[0] == "Contacts"


async def test_p_goes_backwards_from_wherever_the_cursor_stands() -> None:
    app = staged()
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("down", "p")
        await pilot.pause()

        assert cursor(app) == ("Customers", 7, 6)


async def test_only_faulty_rows_are_shown_and_the_cursor_stays_on_its_row() -> None:
    app = staged()
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("n", "f")
        await pilot.pause()
        few = text(app)
        at = cursor(app)
        await pilot.press("f")
        await pilot.pause()

        assert cursor(app) == at

    assert at == ("Customers", 12, 2)
    assert "only faulty" in few
    assert "10033" in few
    assert "10034" not in few


async def test_search_goes_to_the_next_cell_that_holds_the_text() -> None:
    app = staged()
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("slash", *"nordlys", "enter")
        await pilot.pause()
        first = cursor(app)
        await pilot.press("f3")
        await pilot.pause()
        second = cursor(app)

    assert first[2] == second[2] == 2
    assert second[1] > first[1] > 7


async def test_the_list_puts_the_same_fault_together_and_leads_to_each_place() -> None:
    app = staged()
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        grouped = await until_text(pilot, "2 × EAN number: The check digit is")
        await pilot.press("tab", "enter", "down", "down", "enter")
        await pilot.pause()

        assert cursor(app) == ("Customers", 33, 7)

    assert "1 × Email" in grouped


async def test_on_a_narrow_screen_the_list_takes_the_grids_place() -> None:
    app = staged()
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.pause()
        before = text(app)
        await pilot.press("i")
        await until_text(pilot, "2 × EAN number")
        await pilot.press("i")
        await pilot.pause()
        after = text(app)

    assert "2 × EAN number" not in before
    assert "2 × EAN number" not in after


async def test_the_mouse_turns_sheets_and_points_at_cells() -> None:
    app = staged()
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.click(f"#{Kind.CONTACTS.value}")
        await pilot.pause()
        turned = cursor(app)[0]
        await pilot.click("#sheet", offset=(20, 3))
        await pilot.pause()

        assert turned == "Contacts"
        assert cursor(app) == ("Contacts", 4, 2)


async def test_what_a_cell_holds_is_shown_uncut_below_and_cut_with_a_sign_above() -> None:
    app = staged()
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        shown = await until_text(pilot, "Write it as name@company.dk.")
        await pilot.press("n")
        long = await until_text(pilot, "xxxxxxxxxx…")
        await pilot.press("home")
        names = await until_text(pilot, "[red]Høj[/red]")

    assert "post7@example" in shown
    assert long.count("x" * 130) >= 4
    assert "株式会社サンプル" in names


async def test_a_workbook_that_cannot_be_read_is_a_dialog_in_the_users_language(tmp_path: Path) -> None:
    path = tmp_path / "gone.xlsx"
    app = ReviewApp(lambda: opened(path), Language.DANISH, path)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, FaultDialog)
        shown = " ".join(text(app).split())
        await pilot.press("enter")
        await until_over(pilot)

    assert "Der er ingen fil" in shown
    assert app.return_value == 2


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 5), (200, 60)])
async def test_every_size_of_terminal_is_drawn(size: tuple[int, int]) -> None:
    app = staged(Language.DANISH)
    async with app.run_test(size=size) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("n", "n", "n", "f", "i", "i", "end", "ctrl+end", "pageup", "home")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()

        assert cursor(app)[0] == "Customers"
        assert app.screen.query_one(f"#{Kind.CUSTOMERS.value}", Tab).has_class("-active")
