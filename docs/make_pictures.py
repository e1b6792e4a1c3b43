"""Draws the README's pictures from the screens themselves: `python docs/make_pictures.py`.

A real import of a sample into a fresh practice agreement, one request at a time, held at the same row with the clock standing, so that the
same screens make the same picture. A test holds the pictures to the words of the screens as they are.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal

from bulkio.cli.wiring import practice_agreement
from bulkio.flows.import_workbook import ImportChoices, ImportFlow, Prepared
from bulkio.flows.mend_workbook import Mending
from bulkio.flows.report import ImportReport
from bulkio.journal import Journal
from bulkio.language import Language
from bulkio.model.event import Event, RowSettled
from bulkio.settings.folders import Folders
from bulkio.tui.app import ImportApp
from bulkio.tui.screens.overview import OverviewScreen
from bulkio.tui.screens.summary import SummaryScreen

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "samples" / "kunder-med-fejl.xlsx"
SIZE = (104, 26)
ROWS = 46
SECONDS = 3.0
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Textual's pictures fetch their font from the network; a picture of ours fetches nothing."""


class HeldFlow(ImportFlow):
    """The import, held after `ROWS` settled rows until the picture is taken."""

    def __init__(self, home: Folders) -> None:
        choices = ImportChoices(Language.ENGLISH, home.home / "results.xlsx", home.results, concurrency=1)
        super().__init__(
            SAMPLE,
            practice_agreement(home),
            lambda: Journal.open(f"sqlite:///{home.journal}"),
            lambda snapshot: None,
            choices,
        )
        self.reached = Signal()
        self.taken = Signal()
        self._settled = 0

    def run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> ImportReport:
        """Run, and wait once."""

        def held(event: Event) -> None:
            on_event(event)
            self._settled += isinstance(event, RowSettled)
            if self._settled == ROWS and not self.reached.is_set():
                self.reached.set()
                self.taken.wait(60)

        return super().run(prepared, held)


class Standing:
    """A clock that says what it was told."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


async def upload_picture() -> str:
    """The upload's screen as SVG."""
    with TemporaryDirectory(prefix="bulkio-picture-") as folder:
        home, clock = Folders(Path(folder), own_home=True), Standing()
        flow = HeldFlow(home)
        app = ImportApp(
            flow,
            Language.ENGLISH,
            confirmed=False,
            mend=lambda checked: Mending(checked, checked.snapshot, None, home),
            clock=clock,
        )
        async with asyncio.timeout(120), app.run_test(size=SIZE) as pilot:
            while not isinstance(app.screen, OverviewScreen):
                await pilot.pause(0.05)
            await pilot.press("u")
            await asyncio.to_thread(flow.reached.wait, 60)
            clock.now = SECONDS
            await pilot.pause(0.5)
            picture = app.export_screenshot(title="bulkio import kunder-med-fejl.xlsx")
            flow.taken.set()
            while not isinstance(app.screen, SummaryScreen):
                await pilot.pause(0.05)
            await pilot.press("q")
    return FONT_FACE.sub("", picture)


def main() -> None:
    """Write the pictures."""
    (DOCS / "import.svg").write_text(asyncio.run(upload_picture()), encoding="utf-8")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
