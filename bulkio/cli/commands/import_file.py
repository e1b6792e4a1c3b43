"""`bulkio import FILE`: the main job, on a screen or headless."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_answers, add_json, add_sending, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "file",
        type=path,
        nargs="?",
        metavar="FILE",
        help=translate("the workbook; the plan's own with --plan", language),
    )
    command.add_argument(
        "--plan", type=path, metavar="PLAN", help=translate("do what this plan says, and nothing else", language)
    )
    command.add_argument(
        "--results", type=path, metavar="OUT", help=translate("where the results workbook goes", language)
    )
    add_sending(command, language)
    add_agreement(command, language)
    add_answers(command, language)
    add_json(command, language)
    command.set_defaults(run="import_file", shape="import")
