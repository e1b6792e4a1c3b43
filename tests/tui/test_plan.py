"""The plan row by row, against the twin: what would be created, and what an update would change from what to what."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bulkio.cli.wiring import snapshot_of
from bulkio.flows.mend_workbook import mend_workbook
from bulkio.language import Language
from bulkio.model.answers import AS_FOUND
from bulkio.model.kind import Kind
from bulkio.settings.agreements import SANDBOX
from bulkio.settings.folders import folders
from bulkio.tui.app import ImportApp
from bulkio.tui.screens.overview import OverviewScreen
from bulkio.tui.screens.plan import PlanScreen
from tests.tui import stage
from tests.tui.conftest import flow_of
from tests.tui.watching import text, until_screen, until_text


def imported_and_changed(path: Path) -> None:
    """Every row is in; then one customer's city is another in the workbook."""
    flow = flow_of(path)
    flow.run(flow.prepare(), lambda event: None)
    mending = mend_workbook(path, lambda: snapshot_of(SANDBOX), AS_FOUND, folders())
    mending.change((mending.correction(Kind.CUSTOMERS, 6, "city", "Nørre Snede"),))
    mending.write()


async def test_an_update_shows_each_field_before_and_after(good: Path) -> None:
    await asyncio.to_thread(imported_and_changed, good)
    app = ImportApp(flow_of(good), Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=(140, 45)) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("p")
        await until_screen(pilot, PlanScreen)
        await pilot.press("a")
        shown = await until_text(pilot, "→ Nørre Snede")
        await pilot.press("q")
        await until_screen(pilot, OverviewScreen)
        await pilot.press("q")

    rows = [line for line in shown.split("\n") if line.lstrip().startswith("~ Update") and "Customers" in line]
    assert len(rows) == 1
    assert "~ Update 1" in shown
    assert "= Unchanged 133" in shown
    assert "Requests to e-conomic: at least 1" in shown


async def test_rows_to_create_and_refused_ones_with_their_faults(faulty: Path) -> None:
    app = ImportApp(flow_of(faulty), Language.DANISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("p")
        await until_screen(pilot, PlanScreen)
        everything = text(app)
        await pilot.press("a", "a", "a")
        refused = await until_text(pilot, "✗ Afvises   ")
        await pilot.press("escape")
        await until_screen(pilot, OverviewScreen)
        await pilot.press("q")

    assert "+ Oprettes" in everything
    assert "+ Oprettes   " not in refused
