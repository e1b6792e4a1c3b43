"""`bulkio review FILE`: the faults on a screen, in the grid they stand in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from bulkio.cli.arguments import Commands, add_agreement, add_command, add_decimal
from bulkio.cli.console import on_a_terminal
from bulkio.errors import Misuse
from bulkio.language import Language, translate


def add(commands: Commands[ArgumentParser], language: Language) -> None:
    """Declare the command."""
    command = add_command(commands, "review", "look at a workbook's faults on the screen, cell by cell", language)
    command.add_argument("file", type=Path, metavar="FILE", help=translate("the workbook", language))
    add_agreement(command, language)
    add_decimal(command, language)
    command.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Open the review. Raises `Misuse` where there is no terminal to open it on."""
    if not on_a_terminal():
        raise Misuse("no_terminal", path=str(arguments.file))
    from bulkio.cli.wiring import snapshot_of
    from bulkio.flows.check_workbook import check_workbook
    from bulkio.model.checked import Checked
    from bulkio.tui import run_review

    def load() -> Checked:
        return check_workbook(arguments.file, snapshot_of(arguments.agreement), arguments.decimal)

    return run_review(load, arguments.language, arguments.file)
