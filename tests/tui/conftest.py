"""A real import, held where a test wants to look at it: the twin in this process, a home of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copy
from threading import Event as Signal

import pytest

from bulkio.cli.wiring import destination, open_journal, remember
from bulkio.flows.import_workbook import ImportChoices, ImportFlow, Prepared
from bulkio.flows.report import ImportReport
from bulkio.language import Language
from bulkio.model.event import Event, RowSettled
from bulkio.model.outcome import Status
from bulkio.model.plan import Action
from bulkio.settings.agreements import SANDBOX
from bulkio.settings.folders import folders

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BULKIO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return Path(copy(SAMPLES / "customers-good.xlsx", tmp_path))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return Path(copy(SAMPLES / "kunder-med-fejl.xlsx", tmp_path))


@dataclass
class HeldFlow:
    """The real flow; `hold` says at which event the engine is held until the gate opens."""

    flow: ImportFlow
    hold: Callable[[Event], bool] = lambda event: False
    reached: Signal = field(default_factory=Signal)
    gate: Signal = field(default_factory=Signal)

    @property
    def workbook(self) -> Path:
        return self.flow.workbook

    @property
    def practice(self) -> bool:
        return self.flow.practice

    @property
    def agreement_name(self) -> str:
        return self.flow.agreement_name

    def prepare(self) -> Prepared:
        return self.flow.prepare()

    def run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> ImportReport:
        def watched(event: Event) -> None:
            on_event(event)
            if not self.reached.is_set() and self.hold(event):
                self.reached.set()
                assert self.gate.wait(60)

        return self.flow.run(prepared, watched)

    def close(self) -> None:
        self.flow.close()

    def stop(self) -> None:
        self.flow.stop()


def flow_of(workbook: Path, language: Language = Language.ENGLISH, concurrency: int = 8) -> ImportFlow:
    """The flow as `bulkio import` makes it."""
    choices = ImportChoices(language, None, folders().results, concurrency=concurrency)
    return ImportFlow(workbook, destination(SANDBOX), open_journal, remember, choices)


def after_rows(number: int, status: Status = Status.CREATED) -> Callable[[Event], bool]:
    """True at the event that brings the count of rows with this status to `number`."""
    met = 0

    def reached(event: Event) -> bool:
        nonlocal met
        met += isinstance(event, RowSettled) and event.outcome.status is status
        return met >= number

    return reached


async def still_to_create(workbook: Path) -> int:
    """How many rows of the workbook the agreement does not hold yet."""
    prepared = await asyncio.to_thread(flow_of(workbook).prepare)
    return prepared.plan.count(Action.CREATE)
