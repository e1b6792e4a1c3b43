"""The screens as pictures, on a clock that stands: every one in both languages and two sizes (long tier); the README's picture is fresh."""

from __future__ import annotations

import asyncio
import importlib.util
import re
from collections.abc import Awaitable, Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from bulkio.language import Language
from bulkio.tui.app import Desk, ImportApp, ReviewApp
from bulkio.tui.dialogs import CompanyQuestion, FaultDialog, Help, Question
from bulkio.tui.screens.overview import OverviewScreen
from bulkio.tui.screens.plan import PlanScreen
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.screens.summary import SummaryScreen
from tests.tui import stage
from tests.tui.watching import Clock, until, until_screen

DOCS = Path(__file__).parents[2] / "docs"

Scene = tuple[Desk, Callable[[Pilot[Any]], Awaitable[None]]]


def overview(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)

    return ImportApp(stage.ScriptedFlow(stage.prepared()), language, confirmed=False, mend=stage.mending), act


def plan(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("p")
        await until_screen(pilot, PlanScreen)

    return ImportApp(stage.ScriptedFlow(stage.prepared()), language, confirmed=False, mend=stage.mending), act


def help_of_the_overview(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("f1")
        await until_screen(pilot, Help)

    return ImportApp(stage.ScriptedFlow(stage.prepared()), language, confirmed=False, mend=stage.mending), act


def company(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until_screen(pilot, CompanyQuestion)
        await pilot.press("N", "o", "enter")
        pilot.app.screen.query_one("Input").can_focus = False  # its cursor blinks
        pilot.app.screen.set_focus(None)
        await pilot.pause()

    return ImportApp(
        stage.ScriptedFlow(stage.prepared(practice=False), practice=False),
        language,
        confirmed=False,
        mend=stage.mending,
    ), act


def upload(language: Language, then: str = "") -> Scene:
    clock = Clock()
    flow = stage.ScriptedFlow(stage.prepared(), held_after=37)

    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until(pilot, flow.reached.is_set)
        clock.now = 5.0
        await pilot.pause(0.3)
        if then:
            await pilot.press(then)
            await until_screen(pilot, Question)

    return ImportApp(flow, language, confirmed=False, mend=stage.mending, clock=clock), act


def question(language: Language) -> Scene:
    return upload(language, then="escape")


def summary(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until_screen(pilot, SummaryScreen)

    return ImportApp(stage.ScriptedFlow(stage.prepared()), language, confirmed=False, mend=stage.mending), act


def crash(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, OverviewScreen)
        await pilot.press("u")
        await until_screen(pilot, FaultDialog)

    flow = stage.ScriptedFlow(stage.prepared(), failing=ZeroDivisionError())
    return ImportApp(flow, language, confirmed=False, mend=stage.mending), act


def review(language: Language) -> Scene:
    async def act(pilot: Pilot[Any]) -> None:
        await until_screen(pilot, ReviewScreen)
        await pilot.pause(0.5)  # the underline of the tabs glides

    return ReviewApp(lambda: stage.mending(stage.checked()), language, stage.PATH), act


SCENES = (overview, plan, help_of_the_overview, company, upload, question, summary, crash, review)


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["small", "large"])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_screen_looks_as_it_did(
    scene: Callable[[Language], Scene], language: Language, size: tuple[int, int], snap_compare: Callable[..., bool]
) -> None:
    app, act = scene(language)

    assert snap_compare(app, run_before=act, terminal_size=size)


def test_the_picture_in_the_readme_is_of_the_screen_as_it_is() -> None:
    specification = importlib.util.spec_from_file_location("make_pictures", DOCS / "make_pictures.py")
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)

    fresh = asyncio.run(script.upload_picture())

    assert words(fresh) == words((DOCS / "import.svg").read_text(encoding="utf-8")), "run python docs/make_pictures.py"


def words(picture: str) -> list[str]:
    """What can be read in a picture, line by line as it was drawn."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", picture, re.DOTALL)
    return [shown for text in texts if (shown := unescape(text).replace("\xa0", " ").strip())]
