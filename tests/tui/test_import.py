"""The import screen with real keys, against the twin in this process: from first look to summary."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bulkio.language import Language
from bulkio.model.event import RowSettled, Waited
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.tui.app import LEFT, ImportApp
from bulkio.tui.dialogs import CompanyQuestion, FaultDialog, Help, Question
from bulkio.tui.screens.overview import OverviewScreen
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.screens.summary import SummaryScreen
from bulkio.tui.screens.upload import UploadScreen
from bulkio.workbook import read
from tests.tui import stage
from tests.tui.conftest import HeldFlow, after_rows, flow_of, still_to_create
from tests.tui.watching import Clock, text, until, until_over, until_screen, until_text

SIZE = (80, 24)


async def test_a_workbook_goes_from_first_look_to_a_summary_that_names_the_results(good: Path) -> None:
    app = ImportApp(flow_of(good), Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        first_look = text(app)
        await pilot.press("enter")
        await until_screen(pilot, SummaryScreen)
        summary = text(app)
        await pilot.press("q")
        await until_over(pilot)

    assert "PRACTICE AGREEMENT" in first_look
    assert next(line.split() for line in first_look.split("\n") if "Customers " in line)[:3] == [
        "Customers",
        "40",
        "40",
    ]
    assert "✓ All 134 rows are in." in summary
    assert "customers-good-results.xlsx" in "".join(summary.split())
    assert app.return_value == 0
    assert await still_to_create(good) == 0


async def test_faulty_rows_are_left_out_and_stand_in_the_summary_with_their_cells(faulty: Path) -> None:
    column = read(faulty).tables[Kind.CUSTOMERS].column("ean_number")
    place = f"Kunder {column.letter}9" if column else ""
    app = ImportApp(flow_of(faulty, Language.DANISH), Language.DANISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=(140, 45)) as pilot:
        await until_screen(pilot, OverviewScreen)
        first_look = text(app)
        await pilot.press("u")
        await until_screen(pilot, SummaryScreen)
        summary = text(app)
        await pilot.press("enter")
        await until_over(pilot)

    assert place
    assert place in first_look
    assert "5798000100122" in first_look
    assert "ØVEAFTALE" in first_look
    assert place in summary
    assert "Næste skridt" in summary
    assert app.return_value == 1
    results = read(next(faulty.parent.glob("kunder-med-fejl-*.xlsx")))
    written = [table.written for table in results.tables.values()]
    assert all(table is not None and table["status"].notna().all() for table in written)


async def test_one_key_stops_and_what_was_in_flight_is_finished(good: Path) -> None:
    flow = HeldFlow(flow_of(good, concurrency=4), after_rows(6))
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        await pilot.press("s")
        stopping = await until_text(pilot, "Stopping: the requests in flight are being finished")
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)
        summary = text(app)
        await pilot.press("q")
        await until_over(pilot)

    left = await still_to_create(good)
    assert "Upload" in stopping
    assert "Stopped:" in summary
    assert "import the workbook again; only what is left is sent" in " ".join(summary.split())
    assert app.return_value == 4
    assert 0 < left < 134 - 6
    said = re.search(r"(\d+) rows are in, (\d+) are left", summary)
    assert said is not None
    assert int(said[1]) + int(said[2]) == 134
    assert 6 <= int(said[1]) <= 134 - left  # a customer whose links are still to be sent is in, but not through


async def test_what_was_stopped_is_finished_by_importing_again(good: Path) -> None:
    flow = HeldFlow(flow_of(good), after_rows(10))
    first = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with first.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        await pilot.press("ctrl+c")
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)
        await pilot.press("q")
        await until_over(pilot)
    second = ImportApp(flow_of(good), Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with second.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until_screen(pilot, SummaryScreen)
        summary = text(second)
        await pilot.press("q")
        await until_over(pilot)

    assert "All 134 rows are in." in summary
    assert (first.return_value, second.return_value) == (4, 0)


async def test_progress_is_shown_by_sheet_with_rate_and_time_left(good: Path) -> None:
    clock = Clock()
    flow = HeldFlow(flow_of(good, concurrency=1), after_rows(24))
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending, clock=clock)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        clock.now = 4.0
        shown = await until_text(pilot, "left")
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)

    lines = [" ".join(line.replace("━", "").replace("─", "").replace("╸", "").split()) for line in shown.split("\n")]
    assert "Customer groups 4 of 4" in lines
    assert any(line.startswith("Customers ") and line.endswith(" of 40") for line in lines)
    assert "Contacts 0 of 60" in lines
    assert "Delivery locations 0 of 30" in lines
    assert any("rows a second" in line and "about 0:" in line and "0:04 gone" in line for line in lines)


async def test_a_failure_is_shown_while_the_upload_goes_on(faulty: Path) -> None:
    def refused(event: object) -> bool:
        return isinstance(event, RowSettled) and event.outcome.status is Status.REFUSED

    flow = HeldFlow(flow_of(faulty, Language.DANISH), refused)
    app = ImportApp(flow, Language.DANISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        shown = await until_text(pilot, "Rækker, der ikke kom ind: 1")
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)

    assert "Kundegrupper C7" in shown
    assert "1000" in shown


async def test_leaving_before_the_upload_sends_nothing(good: Path) -> None:
    flow = flow_of(good)
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("q")
        await until_over(pilot)

    flow.close()  # as the command does when the screen is gone
    assert app.return_value == LEFT
    assert await still_to_create(good) == 134


async def test_the_faults_can_be_reviewed_before_the_upload(faulty: Path) -> None:
    app = ImportApp(flow_of(faulty), Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("r")
        await until_screen(pilot, ReviewScreen)
        await pilot.press("q")
        await until_screen(pilot, OverviewScreen)


async def test_a_faultless_workbook_has_nothing_to_review(good: Path) -> None:
    app = ImportApp(flow_of(good), Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        shown = text(app)
        await pilot.press("r")
        await pilot.pause()

        assert isinstance(app.screen, OverviewScreen)

    assert "No faults were found." in shown


async def test_a_vanished_file_is_said_in_a_dialog(tmp_path: Path) -> None:
    app = ImportApp(flow_of(tmp_path / "gone.xlsx"), Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, FaultDialog)
        shown = text(app)
        await pilot.press("enter")
        await until_over(pilot)

    assert "There is no file" in shown
    assert app.return_value == 2


async def test_a_file_that_is_no_workbook_is_said_in_a_dialog(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("name;city\nÅse;Aarhus\n", encoding="utf-8")
    app = ImportApp(flow_of(path), Language.DANISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, FaultDialog)
        shown = text(app)
        await pilot.press("q")
        await until_over(pilot)

    assert "er ren tekst" in " ".join(shown.split())
    assert app.return_value == 2


async def test_a_fault_of_ours_during_the_upload_is_said_and_written_down(tmp_path: Path) -> None:
    log = tmp_path / "bulkio.log"
    flow = stage.ScriptedFlow(stage.prepared(), failing=ZeroDivisionError("Bageriet Høj owes 12.50"))
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending, log=log)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until_screen(pilot, FaultDialog)
        shown = " ".join(text(app).split())
        await pilot.press("enter")
        await until_over(pilot)

    assert "ZeroDivisionError" in shown
    assert "Everything that was sent is in the journal" in shown
    assert app.return_value == 4
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert "Bageriet" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["Nordlys", "nordlys  regnskab a/s"])
async def test_a_real_agreement_takes_its_companys_name(typed: str) -> None:
    flow = stage.ScriptedFlow(stage.prepared(practice=False), practice=False)
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        real = "REAL AGREEMENT" in text(app)
        await pilot.press("u")
        await until_screen(pilot, CompanyQuestion)
        await pilot.press(*typed, "enter")
        await pilot.pause()
        if typed == "Nordlys":
            assert "That is not the company's name" in text(app)
            await pilot.press("escape", "q")
        else:
            await until_screen(pilot, SummaryScreen)
            await pilot.press("q")
        await until_over(pilot)

    assert real
    assert flow.runs == (0 if typed == "Nordlys" else 1)


async def test_escape_asks_before_it_stops() -> None:
    flow = stage.ScriptedFlow(stage.prepared(), held_after=20)
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        await pilot.press("escape")
        await until_screen(pilot, Question)
        await pilot.press("escape")
        await until_screen(pilot, UploadScreen)
        gone_on = flow.stops
        await pilot.press("escape")
        await until_screen(pilot, Question)
        await pilot.press("y")
        await until_screen(pilot, SummaryScreen)

    assert gone_on == 0
    assert flow.stops


async def test_an_end_under_an_open_question_leads_on_to_the_summary() -> None:
    flow = stage.ScriptedFlow(stage.prepared(), held_after=20)
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        await pilot.press("escape")
        await until_screen(pilot, Question)
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)


async def test_a_pause_is_said_with_its_reason_and_time() -> None:
    clock = Clock()
    flow = stage.ScriptedFlow(stage.prepared(), held_after=20, extra=[Waited("rate_limit", 12.0)])
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending, clock=clock)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        waiting = await until_text(pilot, "e-conomic asks for a pause; going on in 0:12")
        clock.now = 13.0
        await until_text(pilot, "rows a second")
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)

    assert waiting


async def test_f1_says_what_the_screen_is_for_and_its_keys() -> None:
    app = ImportApp(stage.ScriptedFlow(stage.prepared()), Language.DANISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("f1")
        await until_screen(pilot, Help)
        shown = text(app)
        await pilot.press("escape")
        await until_screen(pilot, OverviewScreen)

    assert "Intet er sendt endnu" in shown
    assert "Afslut uden at sende" in shown


@pytest.mark.parametrize("language", list(Language))
async def test_names_with_square_brackets_are_shown_as_they_are(language: Language) -> None:
    found = stage.checked()
    sheet = found.workbook.tables[Kind.CUSTOMERS]
    issue = stage.fault(sheet, 5, "name", "[bold]no[/bold] [/] such [red]thing[/red]", "[link=x]do[/link]")
    prepared = stage.Prepared(stage.check_of(dict(found.workbook.tables), (issue,)), stage.plan_of(found))
    named = replace(prepared, company="[red]Høj[/red] & [/] A/S")
    app = ImportApp(stage.ScriptedFlow(named), language, confirmed=False, mend=stage.mending)
    async with app.run_test(size=(140, 45)) as pilot:
        await until_screen(pilot, OverviewScreen)
        shown = text(app)

    assert "[red]Høj[/red] & [/] A/S" in shown
    assert "[bold]no[/bold] [/] such [red]thing[/red]" in shown
    assert "[link=x]do[/link]" in shown
