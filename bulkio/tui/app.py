"""The two applications: the import from first look to summary, and the review alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import ClassVar, Generic

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from bulkio.errors import BulkioError
from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, Wording, translate, word_error
from bulkio.model.checked import Checked
from bulkio.model.issue import Severity
from bulkio.tui.dialogs import FaultDialog
from bulkio.tui.faults import count_of
from bulkio.tui.logbook import record
from bulkio.tui.ports import ImportFlow, ImportReport, Ready
from bulkio.tui.screens.desk import DeskScreen
from bulkio.tui.screens.overview import Decision, OverviewScreen
from bulkio.tui.screens.reading import ReadingScreen
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.screens.summary import SummaryScreen
from bulkio.tui.screens.upload import UploadScreen
from bulkio.tui.themes import HIGH_CONTRAST

LEFT = 130
"""The user left before anything was sent: as an interrupted command ends."""

CRASHED = 2
CRASHED_IN_A_RUN = 4


class Desk(App[int]):
    """What both applications share: keys, palette, and how a fault is told."""

    CSS_PATH = Path(__file__).with_name("desk.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+c", "quit", "Quit", show=False, system=True),
        Binding("ctrl+l", "other_language", "Dansk / English", show=False),
    ]

    def __init__(self, language: Language, log: Path | None) -> None:
        super().__init__()
        self.title = "bulkio"
        self.language = language
        self._faults_log = log
        self.register_theme(HIGH_CONTRAST)

    def watch_theme(self, theme: str) -> None:
        """Remember the colours; those that were remembered are set before anything is shown."""
        if self.is_running and self._wear is not None:
            self._wear(theme)

    def dress(self, theme: str | None, remember: Callable[[str], None]) -> None:
        """Wear the colours of last time, and tell of new ones."""
        if theme in self.available_themes:
            self.theme = str(theme)
        self._wear = remember

    _wear: Callable[[str], None] | None = None

    async def action_other_language(self) -> None:
        """Danish becomes English and English Danish, on every screen that is open."""
        self.language = Language.ENGLISH if self.language is Language.DANISH else Language.DANISH
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.speak(self.language)

    async def action_quit(self) -> None:
        """Leave as the screen in view means it: an upload stops and finishes what is in flight."""
        screens = [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]
        if screens:
            screens[-1].action_leave()

    def action_command_palette(self) -> None:
        """The palette, asking in the user's language."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=translate("Search for commands …", self.language)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every key of the screen as a command, and the theme."""
        say = self.language
        if isinstance(screen, DeskScreen):
            for key, active in screen.active_bindings.items():
                if active.binding.show and active.enabled and active.node is screen:
                    yield SystemCommand(active.binding.description, key, self._doing(screen, active.binding.action))
        yield SystemCommand(translate("Theme", say), translate("Change the colours", say), self.action_change_theme)
        other = "English" if say is Language.DANISH else "Dansk"
        yield SystemCommand(other, translate("Change the language", say), self.action_other_language)

    def tell(self, error: BaseException, begun: bool) -> None:
        """Say what stopped the work, then end with the exit code that it has."""
        if isinstance(error, BulkioError):
            self._end_after(word_error(error, self.language), error.exit_code)
            return
        recorded = record(error, self._faults_log)
        self._end_after(self._worded_crash(error, begun, recorded), CRASHED_IN_A_RUN if begun else CRASHED)

    def tell_over(self, error: BaseException) -> None:
        """Say what did not work, and go on where one was."""
        if isinstance(error, BulkioError):
            wording = word_error(error, self.language)
        else:
            wording = self._worded_crash(error, False, record(error, self._faults_log))
        self.push_screen(FaultDialog(translate("That did not work", self.language), wording, self.language))

    def _end_after(self, wording: Wording, exit_code: int) -> None:
        title = translate("bulkio cannot go on", self.language)
        self.push_screen(FaultDialog(title, wording, self.language), lambda _: self.exit(exit_code))

    def _worded_crash(self, error: BaseException, begun: bool, recorded: Path | None) -> Wording:
        say, name = self.language, type(error).__name__
        message = translate(
            "Something went wrong inside bulkio ({name}). The fault is ours, not yours.", say, name=name
        )
        if begun:
            safe = translate(
                "Everything that was sent is in the journal. Import the workbook again: it goes on from there, and nothing is created twice.",
                say,
            )
        else:
            safe = translate("Nothing was sent.", say)
        where = translate("What happened is written in {path}", say, path=recorded) if recorded else ""
        return Wording(message, f"{safe}\n\n{where}".strip())

    def _doing(self, screen: Screen[object], action: str) -> Callable[[], None]:
        def do() -> None:
            screen.call_later(screen.run_action, action)

        return do


class ImportApp(Desk, Generic[Ready]):
    """Reading → overview → upload → summary; each screen ends with what the next one needs."""

    def __init__(
        self,
        flow: ImportFlow[Ready],
        language: Language,
        confirmed: bool,
        mend: Callable[[Checked], Mending],
        log: Path | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(language, log)
        self._flow = flow
        self._confirmed = confirmed
        self._mend = mend
        self._clock = clock

    def on_mount(self) -> None:
        """Begin by reading."""
        saying = translate(
            "It is checked, and compared with what the agreement holds. Nothing is sent yet.", self.language
        )
        title = translate("Import", self.language)
        reading = ReadingScreen(self._flow.prepare, self._flow.workbook, title, saying, self.language)
        self.push_screen(reading, self._read)

    def _read(self, prepared: Ready | BaseException | None) -> None:
        if prepared is None:
            self.exit(LEFT)
        elif isinstance(prepared, BaseException):
            self.tell(prepared, begun=False)
        else:
            overview = OverviewScreen(self._flow, prepared, self._confirmed, self._mend, self.language)
            self.push_screen(overview, lambda decision: self._decided(decision, prepared))

    def _decided(self, decision: Decision | None, prepared: Ready) -> None:
        if decision is Decision.UPLOAD:
            self._upload(prepared)
        elif decision is Decision.READ_AGAIN:
            self._flow.close()
            self.on_mount()
        else:
            self.exit(LEFT)

    def _upload(self, prepared: Ready) -> None:
        upload = UploadScreen(self._flow, prepared, self._clock, self.language)
        self.push_screen(upload, lambda report: self._ended(report, prepared))

    def _ended(self, report: ImportReport | BaseException | None, prepared: Ready) -> None:
        if isinstance(report, BaseException):
            self.tell(report, begun=True)
        elif report is not None:
            exit_code = report.exit_code
            self.push_screen(SummaryScreen(report, prepared, self.language), lambda _: self.exit(exit_code))


class ReviewApp(Desk):
    """Reading → review; ends with 1 where an error is left."""

    def __init__(self, load: Callable[[], Mending], language: Language, path: Path, log: Path | None = None) -> None:
        super().__init__(language, log)
        self._load = load
        self._path = path

    def on_mount(self) -> None:
        """Begin by reading."""
        saying = translate("It is checked on this computer; nothing is sent.", self.language)
        title = translate("Review", self.language)
        self.push_screen(ReadingScreen(self._load, self._path, title, saying, self.language), self._read)

    def _read(self, mending: Mending | BaseException | None) -> None:
        if mending is None:
            self.exit(LEFT)
        elif isinstance(mending, BaseException):
            self.tell(mending, begun=False)
        else:
            self.push_screen(ReviewScreen(mending, self.language), lambda _: self.exit(_faults_left(mending)))


def _faults_left(mending: Mending) -> int:
    return 1 if count_of(mending.checked.issues, Severity.ERROR) else 0
