"""What every command that sends rows shares: the screen or the bars, the company's name, signals, and the end's telling."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from types import FrameType
from typing import Protocol

from bulkio.cli.console import give, give_json, on_a_terminal, say
from bulkio.cli.documents import import_document
from bulkio.cli.listing import issue_line, lines_of_report
from bulkio.cli.progress import Lines, RunProgress, run_progress
from bulkio.cli.talk import LineByLine
from bulkio.errors import Misuse
from bulkio.flows.import_workbook import ImportFlow, Prepared
from bulkio.flows.mend_workbook import Mending
from bulkio.flows.report import ImportReport
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.settings.folders import folders
from bulkio.tui import run_import
from bulkio.tui.linear_import import decide
from bulkio.tui.screens.overview import Decision

INTERRUPTED = 130


class Writing(Protocol):
    """What is about to be written, as far as a confirmation needs to know."""

    @property
    def practice(self) -> bool:
        """Whether the agreement is one for practice."""

    @property
    def company(self) -> str:
        """The company's name."""

    @property
    def agreement_number(self) -> int:
        """The agreement as it named itself."""


class Stoppable(Protocol):
    """What a signal stops."""

    def stop(self) -> None:
        """Finish the requests in flight, and send no more."""

    def stop_at_once(self) -> None:
        """Do not even wait for those."""


def drive(flow: ImportFlow, arguments: Namespace) -> int:
    """Send on a screen where there is one to show it on, else headless."""
    with closing(flow):
        if arguments.linear and not arguments.json:
            return _linear(flow, arguments)
        if arguments.headless or arguments.json or not on_a_terminal():
            return _headless(flow, arguments)
        code = run_import(flow, arguments.language, confirmed=False, mend=_mends(arguments), where=folders())
        if flow.report is not None:  # the screen is gone, and the path of the results with it
            for line in lines_of_report(flow.report, arguments.language):
                say(line)
        return code


def _mends(arguments: Namespace) -> Callable[[Checked], Mending]:
    """Opens the corrections of a checked workbook, judged as it was read; a resume has no decimal sign of its own."""
    decimal, where = vars(arguments).get("decimal"), folders()
    return lambda checked: Mending(checked, checked.snapshot, decimal, where)


def moment(clock: str | None) -> float | None:
    """The next time that the clock on the wall shows `HH:MM`, in seconds since 1970; an hour that has gone by today is tomorrow's."""
    if clock is None:
        return None
    now = datetime.now().astimezone()
    hour, minute = map(int, clock.split(":"))
    wanted = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (wanted if wanted > now else wanted + timedelta(days=1)).timestamp()


def _linear(flow: ImportFlow, arguments: Namespace) -> int:
    """Look, decide and send by lines; corrections that were written into the workbook lead to another look."""
    while True:
        prepared = flow.prepare()
        decision = decide(prepared, _mends(arguments), arguments.language, LineByLine())
        if decision is Decision.UPLOAD:
            return _sent(flow, prepared, arguments, Lines(arguments.language))
        flow.close()
        if decision is Decision.LEAVE:
            return INTERRUPTED


def _headless(flow: ImportFlow, arguments: Namespace) -> int:
    return _sent(flow, flow.prepare(), arguments, run_progress(arguments.language))


def _sent(flow: ImportFlow, prepared: Prepared, arguments: Namespace, shown: RunProgress) -> int:
    language: Language = arguments.language
    confirm(prepared, arguments)
    with stops_on_signals(flow, language) as signalled, shown as progress:
        report = flow.run(prepared, progress.take)
    _tell(flow, report, arguments)
    return INTERRUPTED if signalled and report.exit_code == 4 else report.exit_code


def confirm(prepared: Writing, arguments: Namespace) -> None:
    """Writing to a real agreement takes the company's name, so that nobody fills the wrong one."""
    if prepared.practice:
        return
    given = arguments.confirm
    if given is None and sys.stdin.isatty():
        question = translate(
            "This writes to {company} (agreement {number}). Type the company's name to go on:",
            arguments.language,
            company=prepared.company,
            number=prepared.agreement_number,
        )
        say(question)
        given = sys.stdin.readline()
    if (given or "").strip().casefold() != prepared.company.strip().casefold():
        raise Misuse("confirm_company", company=prepared.company, number=prepared.agreement_number)


def _tell(flow: ImportFlow, report: ImportReport, arguments: Namespace) -> None:
    if arguments.json:
        give_json(import_document(report, flow.agreement_name, str(flow.workbook), arguments.language))
        return
    for issue in report.issues:
        give(issue_line(issue, arguments.language))
    for line in lines_of_report(report, arguments.language):
        give(line)


@contextmanager
def stops_on_signals(flow: Stoppable, language: Language) -> Iterator[list[int]]:
    """The first Ctrl-C finishes what is under way, the second waits for nothing; both leave a run that can go on, and are told.

    A third one ends the process as it stands: what the journal holds is enough to go on.
    """
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        if len(received) > 2:
            raise KeyboardInterrupt
        if len(received) == 2:
            flow.stop_at_once()
            return
        say(translate("Stopping: the requests under way are finished first. Again to stop at once.", language))
        flow.stop()

    watched = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in watched}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
