"""The upload as it goes: bars, pace, and each failure as it comes. Stopping finishes what is in flight."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static
from textual.worker import Worker, WorkerState

from bulkio.language import Language, translate
from bulkio.model.event import Event
from bulkio.model.outcome import Status
from bulkio.tui.cells import on_one_line
from bulkio.tui.dialogs import Question
from bulkio.tui.figures import count, duration, rate
from bulkio.tui.issue_lines import FailureLines, IssueBox
from bulkio.tui.ports import ImportFlow, ImportReport, Ready
from bulkio.tui.progress import Progress
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.widgets import Banner, Bars
from bulkio.tui.words import status_words, waiting_words

FRAME = 0.1
"""Seconds between two looks at the queue: events come by the hundred a second, people read ten times a second at most."""

_STYLES = {Status.CREATED: "$text-success", Status.UPDATED: "$text-success", Status.REFUSED: "$text-error"}


class UploadScreen(DeskScreen["ImportReport | BaseException"]):
    """Ends with the report, or with what the flow raised."""

    ABOUT = (
        "Rows are sent and each answer is kept before the next is asked for. Stopping finishes the requests in flight; "
        "what is in stays in, and importing the workbook again sends only what is left."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stop", "Stop"),
        Binding("escape", "ask", "Ask to stop", show=False),
    ]
    AUTO_FOCUS = "#failures Grid"

    def __init__(
        self, flow: ImportFlow[Ready], prepared: Ready, clock: Callable[[], float], language: Language
    ) -> None:
        super().__init__(language)
        self._flow = flow
        self._prepared = prepared
        self._clock = clock
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._stopping = False
        self.progress = Progress(began=clock())

    def compose(self) -> ComposeResult:
        """Bars, counts, pace, failures."""
        say, practice = self.language, self._prepared.practice
        badge = translate("PRACTICE AGREEMENT", say) if practice else translate("REAL AGREEMENT", say)
        yield Banner(translate("Upload", say), on_one_line(self._prepared.company), badge, real=not practice)
        titles = {str(kind): on_one_line(table.sheet) for kind, table in self._prepared.checked.workbook.tables.items()}
        with Vertical(id="upload"):
            yield Bars(self.progress, titles, say)
            yield Static(id="counts")
            yield Static(id="pace")
            yield Static(id="failed")
            yield IssueBox(FailureLines(self.progress.failures, say), id="failures")
        yield Footer()

    def on_mount(self) -> None:
        """Start the flow in a thread, and look at its events ten times a second."""
        self.fill()
        self.set_interval(FRAME, self._look)
        self.run_worker(lambda: self._flow.run(self._prepared, self._events.put), thread=True, exit_on_error=False)

    def fill(self) -> None:
        """Bars, counts and pace as they are now."""
        self._draw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The flow ended, one way or the other."""
        worker: Worker[ImportReport] = event.worker
        if worker.state is WorkerState.SUCCESS and worker.result is not None:
            self.finish(worker.result)
        elif worker.state is WorkerState.ERROR and worker.error is not None:
            self.finish(worker.error)

    def on_unmount(self) -> None:
        """Whatever takes the screen away, no further request is begun."""
        self._flow.stop()

    def action_stop(self) -> None:
        """Finish the requests in flight and send no more."""
        if not self._stopping:
            self._stopping = True
            self._flow.stop()
            self._draw()

    def action_ask(self) -> None:
        """Escape may be a slip of the hand, so it asks."""
        say = self.language
        question = Question(
            translate("Stop the upload?", say),
            translate("The requests in flight are finished. Importing again sends only what is left.", say),
            yes=translate("Stop", say),
            no=translate("Go on", say),
        )
        self.app.push_screen(question, self._answered)

    def action_leave(self) -> None:
        """There is no leaving before the requests in flight are finished."""
        self.action_stop()

    def _answered(self, stop: bool | None) -> None:
        if stop:
            self.action_stop()

    def _look(self) -> None:
        if self.composing:
            return
        known = len(self.progress.failures)
        now = self._clock()
        while True:
            try:
                self.progress.take(self._events.get_nowait(), now)
            except Empty:
                break
        if len(self.progress.failures) != known:
            self.query_one(IssueBox).grow()
        self._draw()

    def _draw(self) -> None:
        self.query_one(Bars).styles.height = len(self.progress.lanes) + 1
        self.query_one(Bars).refresh()
        self.query_one("#counts", Static).update(self._counts())
        self.query_one("#pace", Static).update(self._pace())
        self.query_one("#failed", Static).update(self._failed())

    def _counts(self) -> Content:
        parts: list[Content] = []
        for status, words in status_words(self.language).items():
            number = self.progress.counts[status]
            if number or status not in (Status.IN_DOUBT, Status.PENDING):
                style = (
                    _STYLES.get(status, "$text-warning" if status is Status.IN_DOUBT else "")
                    if number
                    else "$text-muted"
                )
                parts.append(
                    Content.assemble((f"{words} ", "$text-muted"), (count(number, self.language), f"bold {style}"))
                )
        return Content("   ").join(parts)

    def _pace(self) -> Content:
        say, now = self.language, self._clock()
        if self._stopping:
            saying = translate("Stopping: the requests in flight are being finished …", say)
            return Content.styled(saying, "bold $warning")
        if self.progress.waiting is not None and now < self.progress.waiting_until:
            left = self.progress.waiting_until - now
            return Content.styled(waiting_words(self.progress.waiting.reason, left, say), "$text-warning")
        return Content.styled("   ".join(self._pace_parts(now)), "$text-muted")

    def _pace_parts(self, now: float) -> list[str]:
        say = self.language
        if self.progress.ended:
            return [translate("Writing the results workbook …", say)]
        left = self.progress.left(now)
        parts = [translate("{rate} rows a second", say, rate=rate(self.progress.rate(now), say))]
        if left is not None:
            parts.append(translate("about {time} left", say, time=duration(left)))
        return [*parts, translate("{time} gone", say, time=duration(now - self.progress.began))]

    def _failed(self) -> Content:
        say, failures = self.language, len(self.progress.failures)
        if not failures:
            return Content.styled(translate("No failures so far.", say), "$text-muted")
        return Content.styled(
            translate("✗ Rows that failed: {rows}", say, rows=count(failures, say)), "bold $text-error"
        )
