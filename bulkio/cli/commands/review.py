"""`bulkio review FILE`: the faults on a screen, in the grid they stand in."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_answers, add_linear, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument("file", type=path, metavar="FILE", help=translate("the workbook", language))
    add_agreement(command, language)
    add_answers(command, language)
    add_linear(command, language)
    command.set_defaults(run="review")
