"""`bulkio check FILE`: local validation only."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from bulkio.cli.arguments import Commands, add_agreement, add_command, add_decimal, add_json
from bulkio.cli.console import give, give_json, say
from bulkio.cli.documents import CHECK_SHAPE, check_document
from bulkio.language import Language, translate
from bulkio.model.issue import Severity

if TYPE_CHECKING:  # the check brings pandas, and --help must not pay for it
    from bulkio.model.checked import Checked


def add(commands: Commands[ArgumentParser], language: Language) -> None:
    """Declare the command."""
    command = add_command(commands, "check", "check a workbook: every fault at its cell, no network", language)
    command.add_argument("file", type=Path, metavar="FILE", help=translate("the workbook", language))
    command.add_argument(
        "--results", type=Path, metavar="OUT", help=translate("write the workbook with its faults marked", language)
    )
    add_agreement(command, language)
    add_decimal(command, language)
    add_json(command, language)
    command.set_defaults(run=run, shape=CHECK_SHAPE)


def run(arguments: Namespace) -> int:
    """Check, say what was found, and write the marked workbook where that was asked for."""
    from bulkio.cli.wiring import snapshot_of
    from bulkio.flows.check_workbook import check_workbook

    started = monotonic()
    checked = check_workbook(arguments.file, snapshot_of(arguments.agreement), arguments.decimal)
    if arguments.results is not None:
        from bulkio.flows.mark_workbook import mark_workbook

        mark_workbook(checked, arguments.results, arguments.language)
    if arguments.json:
        seconds = monotonic() - started
        give_json(check_document(checked, arguments.agreement, str(arguments.file), seconds, arguments.language))
    else:
        _tell(checked, arguments.results, arguments.language)
    return 1 if any(issue.severity is Severity.ERROR for issue in checked.issues) else 0


def _tell(checked: Checked, results: Path | None, language: Language) -> None:
    from bulkio.cli.listing import counts_of_check, issue_line

    for issue in checked.issues:
        give(issue_line(issue, language))
    say(counts_of_check(checked, language))
    if results is not None:
        say(translate("The marked workbook is {path}", language, path=results))
