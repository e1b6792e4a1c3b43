"""The headless face of a run: bars on a terminal's stderr, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bulkio.entities import ENTITIES
from bulkio.language import Language, translate
from bulkio.model.event import BatchCommitted, Event, PassStarted, RowSettled, RunEnded, RunStarted, Waited
from bulkio.model.kind import Kind


class RunProgress(Protocol):
    """Takes the events of a run and shows how far it is."""

    def take(self, event: Event) -> None:
        """Show one event."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def run_progress(language: Language) -> RunProgress:
    """Bars where somebody watches stderr, else a line a batch."""
    return Bars(language) if sys.stderr.isatty() else Lines(language)


class Bars:
    """A bar a sheet: rows settled of all, time gone and time left."""

    def __init__(self, language: Language) -> None:
        self._language = language
        columns: tuple[ProgressColumn, ...] = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._tasks: dict[Kind, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def take(self, event: Event) -> None:
        """Move the bars."""
        if isinstance(event, RunStarted):
            for kind, rows in event.rows.items():
                title = ENTITIES[kind].sheet(self._language)
                self._tasks[kind] = self._progress.add_task(title, total=rows)
        elif isinstance(event, RowSettled):
            self._progress.advance(self._tasks[event.outcome.kind])
        elif isinstance(event, Waited):
            self._progress.console.print(_waiting(event, self._language), markup=False, highlight=False)


class Lines:
    """A line when a pass begins, a batch is in, or the run waits: for logs and pipes."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.stderr.flush()

    def take(self, event: Event) -> None:
        """Say what is worth a line."""
        line = self._line(event)
        if line:
            print(line, file=sys.stderr)

    def _line(self, event: Event) -> str:
        if isinstance(event, PassStarted):
            return self._pass(event)
        if isinstance(event, BatchCommitted):
            sheet = ENTITIES[event.kind].sheet(self._language)
            return translate("{sheet}: {settled} rows settled", self._language, sheet=sheet, settled=event.settled)
        if isinstance(event, Waited):
            return _waiting(event, self._language)
        if isinstance(event, RunEnded) and event.stopped:
            return translate("Stopped; what was under way is finished.", self._language)
        return ""

    def _pass(self, event: PassStarted) -> str:
        sheet = ENTITIES[event.kind].sheet(self._language)
        if event.second:
            return translate("{sheet}: second pass, {rows} rows", self._language, sheet=sheet, rows=event.rows)
        return translate("{sheet}: {rows} rows", self._language, sheet=sheet, rows=event.rows)


REASONS = {
    "rate_limit": "The agreement's rate limit is reached; going on in {seconds} s.",
    "server_error": "The server has trouble; trying again in {seconds} s.",
    "no_connection": "No connection; trying again in {seconds} s.",
}


def _waiting(event: Waited, language: Language) -> str:
    return translate(REASONS[event.reason], language, seconds=f"{event.seconds:.0f}")
