"""Faults corrected on the screen with real keys, judged at once, and written into the user's workbook."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from textual.pilot import Pilot
from textual.widgets import Input

from bulkio.cli.wiring import snapshot_of
from bulkio.flows.mend_workbook import Mending, mend_workbook
from bulkio.language import Language
from bulkio.model.answers import AS_FOUND
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.settings.agreements import SANDBOX
from bulkio.settings.folders import folders
from bulkio.tui.app import ImportApp, ReviewApp
from bulkio.tui.correcting import CellDialog, ColumnDialog, GroupDialog
from bulkio.tui.dialogs import FaultDialog, Question
from bulkio.tui.grid import Grid
from bulkio.tui.screens.overview import OverviewScreen
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.screens.summary import SummaryScreen
from bulkio.workbook import read
from tests.tui.conftest import flow_of
from tests.tui.watching import text, until, until_over, until_screen, until_text

WIDE = (140, 45)
SMALL = (80, 24)


def opened(path: Path) -> Mending:
    return mend_workbook(path, lambda: snapshot_of(SANDBOX), AS_FOUND, folders())


def review(path: Path, language: Language = Language.ENGLISH) -> ReviewApp:
    return ReviewApp(lambda: opened(path), language, path)


def screen(pilot: Pilot[Any]) -> ReviewScreen:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


def errors(pilot: Pilot[Any]) -> int:
    """Faults in the last judgement, once it is there."""
    return sum(issue.severity is Severity.ERROR for issue in screen(pilot)._mending.checked.issues)


async def go_to(pilot: Pilot[Any], kind: Kind, row: int, field: str) -> None:
    """Put the cursor on a cell as the list of issues would."""
    shown = screen(pilot)
    if shown._kind is not kind:
        shown._show(kind)
    sheet = shown.sheet
    at = sheet.row_of(row)
    assert at is not None
    letter = sheet.table.place(row, field).letter
    shown.query_one("#sheet", Grid).go_to(at, sheet.column_of(letter))
    await pilot.pause()


async def clear(pilot: Pilot[Any]) -> None:
    await pilot.press("home", "ctrl+k")


async def test_a_cell_is_corrected_with_its_judgement_shown_while_it_is_typed(faulty: Path) -> None:
    app = review(faulty)
    async with app.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        before = errors(pilot)
        await go_to(pilot, Kind.CUSTOMERS, 9, "ean_number")
        await pilot.press("enter")
        await until_screen(pilot, CellDialog)
        wrong = await until_text(pilot, "digit does not fit the others")
        await clear(pilot)
        await pilot.press(*"5798000100121")
        await until_text(pilot, "✓ This passes.")
        await pilot.press("enter")
        await until_screen(pilot, ReviewScreen)
        marked = await until_text(pilot, "✎ 5798000100121")
        await until(pilot, lambda: errors(pilot) == before - 1)
        unwritten = text(app)

    assert "5798000100122" in wrong
    assert marked
    assert "✎ Not written: 1" in unwritten
    assert read(faulty).tables[Kind.CUSTOMERS].shown(9, "ean_number") == "5798000100122"


async def test_the_corrections_are_written_into_the_workbook_and_nothing_else_is(faulty: Path) -> None:
    with ZipFile(faulty) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    app = review(faulty)
    async with app.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        await go_to(pilot, Kind.CUSTOMERS, 7, "name")
        await pilot.press("e", *"Vin & Øl", "enter")
        await until_text(pilot, "✎ Vin & Øl")
        await pilot.press("w")
        await until(pilot, lambda: screen(pilot)._mending.unwritten == 0)
        await pilot.press("q")
        await until_over(pilot)

    assert read(faulty).tables[Kind.CUSTOMERS].shown(7, "name") == "Vin & Øl"
    with ZipFile(faulty) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    assert app.return_value == 1


async def test_undo_and_redo(faulty: Path) -> None:
    app = review(faulty)
    async with app.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        before = errors(pilot)
        await go_to(pilot, Kind.CUSTOMERS, 7, "name")
        await pilot.press("e", *"Vin", "enter")
        await until(pilot, lambda: errors(pilot) == before - 1)
        await pilot.press("u")
        await until(pilot, lambda: errors(pilot) == before)
        undone = screen(pilot).sheet.table.shown(7, "name")
        await pilot.press("y")
        await until(pilot, lambda: errors(pilot) == before - 1)
        redone = screen(pilot).sheet.table.shown(7, "name")
        await pilot.press("u", "u", "u")
        await until(pilot, lambda: errors(pilot) == before)

    assert (undone, redone) == (None, "Vin")


async def test_a_reference_is_chosen_from_what_the_agreement_has(faulty: Path) -> None:
    app = review(faulty, Language.DANISH)
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        before = errors(pilot)
        await go_to(pilot, Kind.CUSTOMERS, 20, "payment_terms")
        await pilot.press("e")
        await until_screen(pilot, CellDialog)
        await pilot.press("down", "down", "enter")
        chosen = pilot.app.screen.query_one(Input).value
        await until_text(pilot, "✓ Det er i orden.")
        await pilot.press("enter")
        await until_screen(pilot, ReviewScreen)
        await until(pilot, lambda: errors(pilot) == before - 1)

    assert chosen
    assert chosen != "77"


async def test_a_whole_group_is_corrected_after_a_look_at_before_and_after(good: Path) -> None:
    mending = await asyncio.to_thread(opened, good)
    rows = [5, 6, 7, 8]
    mending.change(tuple(mending.correction(Kind.CUSTOMERS, row, "vat_zone", "Udland ukendt") for row in rows))
    mending.write()
    app = review(good)
    async with app.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        await until(pilot, lambda: errors(pilot) == 4)
        await pilot.press("g")
        await until_screen(pilot, GroupDialog)
        await pilot.press("1")
        preview = await until_text(pilot, "4 of 4 cells would pass.")
        await pilot.press("enter")
        await until_screen(pilot, ReviewScreen)
        await until(pilot, lambda: errors(pilot) == 0)
        await pilot.press("u")
        await until(pilot, lambda: errors(pilot) == 4)

    assert "Udland ukendt" in preview
    assert "✓ 1" in preview
    assert "4 × " in preview


async def test_a_group_with_proposals_takes_one_key_more_than_looking_at_it(good: Path) -> None:
    mending = await asyncio.to_thread(opened, good)
    mending.change((mending.correction(Kind.CUSTOMERS, 5, "email", "a@x.dk; b@x.dk"),))
    mending.change((mending.correction(Kind.CUSTOMERS, 6, "email", "c@x.dk,d@x.dk"),))
    app = review(good)
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("g")
        await until_text(pilot, "2 of 2 cells would pass.")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and errors(pilot) == 0)
        table = screen(pilot)._mending.workbook.tables[Kind.CUSTOMERS]

        assert (table.shown(5, "email"), table.shown(6, "email")) == ("a@x.dk b@x.dk", "c@x.dk d@x.dk")


async def test_leaving_with_corrections_asks_and_keeps_them_either_way(faulty: Path) -> None:
    app = review(faulty)
    async with app.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        await go_to(pilot, Kind.CUSTOMERS, 7, "name")
        await pilot.press("e", *"Vin", "enter")
        await until_text(pilot, "✎ Vin")
        await pilot.press("q")
        await until_screen(pilot, Question)
        await pilot.press("n")
        await until_over(pilot)
    again = review(faulty)
    async with again.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        await go_to(pilot, Kind.CUSTOMERS, 7, "name")
        kept = await until_text(pilot, "✎ Vin")
        await pilot.press("q")
        await until_screen(pilot, Question)
        await pilot.press("y")
        await until_over(pilot)

    assert kept
    assert read(faulty).tables[Kind.CUSTOMERS].shown(7, "name") == "Vin"


async def test_a_workbook_that_vanished_under_the_review_is_told_and_nothing_is_lost(faulty: Path) -> None:
    app, away = review(faulty), faulty.with_suffix(".bak")
    async with app.run_test(size=SMALL) as pilot:
        await until_screen(pilot, ReviewScreen)
        await go_to(pilot, Kind.CUSTOMERS, 7, "name")
        await pilot.press("e", *"Vin", "enter")
        await until_text(pilot, "✎ Vin")
        faulty.rename(away)  # noqa: ASYNC240 - a moment
        await pilot.press("w")
        await until_screen(pilot, FaultDialog)
        told = text(app)
        away.rename(faulty)
        await pilot.press("enter")
        await until_screen(pilot, ReviewScreen)
        await pilot.press("w")
        await until(pilot, lambda: screen(pilot)._mending.unwritten == 0)

    assert "There is no file" in told
    assert read(faulty).tables[Kind.CUSTOMERS].shown(7, "name") == "Vin"


async def test_from_first_look_through_corrections_to_an_upload_of_the_corrected_rows(faulty: Path) -> None:
    app = ImportApp(
        flow_of(faulty), Language.ENGLISH, confirmed=False,
        mend=lambda checked: Mending(checked, checked.snapshot, None, folders()),
    )  # fmt: skip
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("r")
        await until_screen(pilot, ReviewScreen)
        before = errors(pilot)
        await go_to(pilot, Kind.CUSTOMERS, 7, "name")
        await pilot.press("e", *"Vin", "enter")
        await until(pilot, lambda: errors(pilot) == before - 1)
        await pilot.press("q")
        await until_screen(pilot, Question)
        await pilot.press("y")
        await until_screen(pilot, OverviewScreen)
        await until_text(pilot, f"✗ Faults: {before - 1}")
        await pilot.press("u")
        await until_screen(pilot, SummaryScreen)
        await pilot.press("q")
        await until_over(pilot)

    written = read(next(faulty.parent.glob("kunder-med-fejl-*.xlsx"))).tables[Kind.CUSTOMERS].written
    assert written is not None
    assert written.at[7, "status"] == "created"


async def test_rows_are_kept_by_a_text_sorted_by_a_column_and_columns_are_chosen(good: Path) -> None:
    app = review(good)
    async with app.run_test(size=WIDE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await go_to(pilot, Kind.CUSTOMERS, 5, "name")
        everything = screen(pilot).sheet.rows
        await pilot.press("t", *"aps", "enter")
        await pilot.pause()
        kept = screen(pilot).sheet.rows
        await pilot.press("o", "o")
        await pilot.pause()
        names = [str(screen(pilot).sheet.value(row, screen(pilot).grid.column)) for row in range(kept)]
        await pilot.press("c")
        await until_screen(pilot, ColumnDialog)
        await pilot.press("enter", "escape")
        await until_screen(pilot, ReviewScreen)
        fields = [column.field for column in screen(pilot).sheet.columns]
        await pilot.press("t", *["backspace"] * 3, "enter")
        await pilot.pause()

        assert screen(pilot).sheet.rows == everything

    assert 0 < kept < everything
    assert names == sorted(names, key=str.casefold, reverse=True)
    assert fields[0] != "customer_number"
