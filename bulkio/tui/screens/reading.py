"""While the workbook is read and the agreement is asked: a quiet word, nothing to decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, LoadingIndicator, Static
from textual.worker import Worker, WorkerState

from bulkio.language import Language, translate
from bulkio.tui.cells import on_one_line
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.widgets import Banner

Read = TypeVar("Read")


class ReadingScreen(DeskScreen["Read | BaseException | None"], Generic[Read]):
    """Runs `work` in a thread; ends with what it gave, with what it raised, or with None when the user left."""

    ABOUT = "The workbook is read and checked on this computer. Nothing is sent to e-conomic yet."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "leave", "Leave")]

    def __init__(self, work: Callable[[], Read], path: Path, title: str, saying: str, language: Language) -> None:
        super().__init__(language)
        self._work = work
        self._path = path
        self._heading = title
        self._saying = saying

    def compose(self) -> ComposeResult:
        """The file's name and what is being done with it."""
        yield Banner(self._heading, on_one_line(self._path.name))
        with Vertical(id="reading"):
            yield Static(Content(translate("Reading {file} …", self.language, file=on_one_line(self._path.name))))
            yield Static(Content(self._saying), classes="quiet")
            yield LoadingIndicator()
        yield Footer()

    def on_mount(self) -> None:
        """Start at once."""
        self.run_worker(self._work, thread=True, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Done, or failed; a screen that was left hears of neither."""
        worker: Worker[Read] = event.worker
        if worker.state is WorkerState.SUCCESS:
            self.finish(worker.result)
        elif worker.state is WorkerState.ERROR:
            self.finish(worker.error)

    def action_leave(self) -> None:
        """Nothing was sent, so nothing is lost."""
        self.finish(None)
