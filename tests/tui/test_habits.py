"""What holds on every screen: another language at a key, colours that are remembered, none where none are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.filter import Monochrome

from bulkio.language import Language
from bulkio.settings.folders import folders
from bulkio.settings.preferences import Preferences, keep_preferences, preferences
from bulkio.tui.app import ImportApp, ReviewApp
from bulkio.tui.screens.overview import OverviewScreen
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.screens.summary import SummaryScreen
from bulkio.tui.screens.upload import UploadScreen
from bulkio.tui.themes import HIGH_CONTRAST
from tests.tui import stage
from tests.tui.watching import text, until, until_screen, until_text

SIZE = (80, 24)


async def test_the_language_changes_on_every_screen_at_a_key() -> None:
    flow = stage.ScriptedFlow(stage.prepared(), held_after=37)
    app = ImportApp(flow, Language.ENGLISH, confirmed=False, mend=stage.mending)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("ctrl+l")
        overview = await until_text(pilot, "Se fejlene")
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        await until_screen(pilot, UploadScreen)
        await until_text(pilot, "Rækker, der ikke kom ind: 3")
        await pilot.press("ctrl+l")
        upload = await until_text(pilot, "Rows that failed: 3")
        flow.gate.set()
        await until_screen(pilot, SummaryScreen)
        await pilot.press("ctrl+l")
        summary = await until_text(pilot, "Sådan gik det")

    assert "ØVEAFTALE" in overview
    assert "Hvad der er fundet" in overview
    assert "34 of 40" in upload
    assert "59" in summary


async def test_the_review_keeps_its_place_when_the_language_changes() -> None:
    app = ReviewApp(lambda: stage.mending(stage.checked()), Language.ENGLISH, stage.PATH)
    async with app.run_test(size=(140, 45)) as pilot:
        await until_screen(pilot, ReviewScreen)
        await pilot.press("n", "n")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        before = (screen.sheet.number(screen.grid.row), screen.grid.column)
        await pilot.press("ctrl+l")
        await until_text(pilot, "Fejlliste")
        after = (screen.sheet.number(screen.grid.row), screen.grid.column)
        await pilot.press("n")
        await pilot.pause()

        assert after == before
        assert screen.sheet.number(screen.grid.row) == 33


async def test_chosen_colours_are_remembered() -> None:
    where = folders()
    app = ImportApp(stage.ScriptedFlow(stage.prepared()), Language.ENGLISH, confirmed=False, mend=stage.mending)
    app.dress(None, lambda theme: keep_preferences(where, Preferences(theme)))
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, OverviewScreen)
        app.theme = "high-contrast"
        await pilot.pause()
    again = ImportApp(stage.ScriptedFlow(stage.prepared()), Language.ENGLISH, confirmed=False, mend=stage.mending)
    again.dress(preferences(where).theme, lambda theme: None)

    assert again.theme == "high-contrast"


def test_a_theme_that_is_not_there_any_more_is_left_out() -> None:
    app = ImportApp(stage.ScriptedFlow(stage.prepared()), Language.ENGLISH, confirmed=False, mend=stage.mending)
    usual = app.theme

    app.dress("gone", lambda theme: None)

    assert app.theme == usual


@pytest.mark.parametrize("name", ["text-muted", "text-disabled", "text-error", "text-warning", "text-success"])
def test_every_text_of_the_high_contrast_theme_stands_out(name: str) -> None:
    assert contrast(Color.parse(HIGH_CONTRAST.variables[name]), Color.parse("black")) >= 7


def contrast(first: Color, second: Color) -> float:
    """As WCAG 2.2 has it."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


async def test_without_colour_the_signs_say_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReviewApp(lambda: stage.mending(stage.checked()), Language.ENGLISH, stage.PATH)
    async with app.run_test(size=SIZE) as pilot:
        await until_screen(pilot, ReviewScreen)
        await until_text(pilot, "✗ post7@example")
        filters = [type(one) for one in app._filters]
        shown = text(app)

    assert Monochrome in filters
    assert "✗4 !1" in shown


@pytest.mark.long
@pytest.mark.parametrize("theme", ["textual-light", "high-contrast"])
@pytest.mark.parametrize("language", list(Language))
def test_a_review_in_other_colours_looks_as_it_did(theme: str, language: Language, snap_compare: object) -> None:
    from tests.tui.test_pictures import review

    app, act = review(language)
    app.theme = theme

    assert callable(snap_compare)
    assert snap_compare(app, run_before=act, terminal_size=SIZE)


def test_preferences_that_cannot_be_read_are_the_usual_ones(home: Path) -> None:
    folders()
    (home / "preferences.json").write_text("{", encoding="utf-8")

    assert preferences(folders()) == Preferences()
