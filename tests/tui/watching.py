"""Eyes and hands for a screen: what stands on it as text, and waiting for something to come up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def text(app: App[Any]) -> str:
    """All that can be read on the screen, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text.rstrip() for strip in strips)


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait for the condition, then for the screen to come to rest."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, f"it never came; the screen says\n{text(pilot.app)}"
        await asyncio.sleep(0.02)
        await pilot.pause()
    await pilot.pause()


async def until_screen(pilot: Pilot[Any], kind: type[Screen[Any]]) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))


async def until_text(pilot: Pilot[Any], wanted: str) -> str:
    await until(pilot, lambda: wanted in text(pilot.app))
    return text(pilot.app)


async def until_over(pilot: Pilot[Any]) -> None:
    """Wait for the application to end of itself."""
    end = monotonic() + 30
    while pilot.app.is_running:
        assert monotonic() < end, "the application did not end"
        await asyncio.sleep(0.02)
