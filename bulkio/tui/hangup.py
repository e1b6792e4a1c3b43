"""A terminal that is closed under an upload: the requests in flight are finished and the results written, with no screen left to say so."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from types import FrameType
from typing import Generic

from bulkio.model.event import Event
from bulkio.tui.ports import ImportFlow, ImportReport, Ready

INTERRUPTED = 130


class WatchedFlow(Generic[Ready]):
    """A flow of which it is known whether it is under way."""

    def __init__(self, flow: ImportFlow[Ready]) -> None:
        self.workbook: Path = flow.workbook
        self.practice = flow.practice
        self.agreement_name = flow.agreement_name
        self.prepare = flow.prepare
        self.close = flow.close
        self.stop = flow.stop
        self._run = flow.run
        self._idle = Signal()
        self._idle.set()
        self._exit_code = INTERRUPTED

    def run(self, prepared: Ready, on_event: Callable[[Event], None], /) -> ImportReport:
        """Run it."""
        self._idle.clear()
        try:
            report = self._run(prepared, on_event)
            self._exit_code = report.exit_code
        finally:
            self._idle.set()
        return report

    def finish(self) -> int:
        """Stop, wait for the end, and give the exit code that it has."""
        self.stop()
        self._idle.wait()
        return self._exit_code


@contextmanager
def finished_when_the_terminal_goes(flow: WatchedFlow[Ready]) -> Iterator[None]:
    """Nothing may be drawn on a terminal that is gone (a draw would wait for ever), so the process ends from beside the screen."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return

    def leave(number: int, frame: FrameType | None) -> None:
        Thread(target=lambda: os._exit(flow.finish()), name="hang-up").start()

    before = signal.signal(signal.SIGHUP, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
