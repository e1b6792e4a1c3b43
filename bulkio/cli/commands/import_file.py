"""`bulkio import FILE`: the main job, on a screen or headless."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from bulkio.cli.arguments import Commands, add_agreement, add_command, add_decimal, add_json
from bulkio.cli.console import give, give_json, on_a_terminal, say
from bulkio.cli.documents import IMPORT_SHAPE, import_document
from bulkio.errors import Misuse
from bulkio.language import Language, translate

if TYPE_CHECKING:  # the flow brings every room, and --help must not pay for it
    from bulkio.flows.import_workbook import ImportFlow, Prepared
    from bulkio.flows.report import ImportReport

INTERRUPTED = 130


def add(commands: Commands[ArgumentParser], language: Language) -> None:
    """Declare the command."""
    command = add_command(commands, "import", "import a workbook: create and update what its rows say", language)
    command.add_argument("file", type=Path, metavar="FILE", help=translate("the workbook", language))
    command.add_argument(
        "--results", type=Path, metavar="OUT", help=translate("where the results workbook goes", language)
    )
    command.add_argument("--headless", action="store_true", help=translate("no screen, progress on stderr", language))
    command.add_argument("--yes", action="store_true", help=translate("do not ask before sending", language))
    command.add_argument(
        "--confirm",
        metavar="NAME",
        help=translate("the company's name, to write to an agreement that was added by name", language),
    )
    command.add_argument(
        "--concurrency", type=_requests, default=8, metavar="N", help=translate("requests at a time, 1 to 32", language)
    )
    add_agreement(command, language)
    add_decimal(command, language)
    add_json(command, language)
    command.set_defaults(run=run, shape=IMPORT_SHAPE)


def _requests(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 32:
        raise ValueError(text)
    return number


def run(arguments: Namespace) -> int:
    """Import on a screen where there is one to show it on, else headless."""
    flow = _flow(arguments)
    if arguments.headless or arguments.json or not on_a_terminal():
        return _headless(flow, arguments)
    from bulkio.tui import run_import

    return run_import(flow, arguments.language, confirmed=False)


def _flow(arguments: Namespace) -> ImportFlow:
    from bulkio.cli.wiring import destination, open_journal, remember
    from bulkio.flows.import_workbook import ImportChoices, ImportFlow
    from bulkio.settings.folders import folders

    choices = ImportChoices(
        language=arguments.language,
        results=arguments.results,
        spare=folders().results,
        decimal=arguments.decimal,
        concurrency=arguments.concurrency,
    )
    return ImportFlow(arguments.file, destination(arguments.agreement), open_journal, remember, choices)


def _headless(flow: ImportFlow, arguments: Namespace) -> int:
    from bulkio.cli.progress import run_progress

    language: Language = arguments.language
    prepared = flow.prepare()
    _confirm(prepared, arguments)
    with _stops_on_signals(flow, language) as signalled, run_progress(language) as progress:
        report = flow.run(prepared, progress.take)
    _tell(report, arguments)
    return INTERRUPTED if signalled and report.exit_code == 4 else report.exit_code


def _confirm(prepared: Prepared, arguments: Namespace) -> None:
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


def _tell(report: ImportReport, arguments: Namespace) -> None:
    from bulkio.cli.listing import issue_line, lines_of_report

    if arguments.json:
        give_json(import_document(report, arguments.agreement, str(arguments.file), arguments.language))
        return
    for issue in report.issues:
        give(issue_line(issue, arguments.language))
    for line in lines_of_report(report, arguments.language):
        give(line)


@contextmanager
def _stops_on_signals(flow: ImportFlow, language: Language) -> Iterator[list[int]]:
    """The first Ctrl-C finishes what is under way, the second stops at once; both leave a run that can go on."""
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        if len(received) > 1:
            raise KeyboardInterrupt
        say(translate("Stopping: the requests under way are finished first. Again to stop at once.", language))
        flow.stop()

    watched = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in watched}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
