"""`bulkio resume [RUN]`: finish a run that was interrupted."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json, add_sending, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "wanted",
        nargs="?",
        metavar="RUN",
        help=translate("the run's id; the last unfinished one if left out", language),
    )
    command.add_argument(
        "--results", type=path, metavar="OUT", help=translate("where the results workbook goes", language)
    )
    add_sending(command, language)
    command.add_argument(
        "-a",
        "--agreement",
        metavar="NAME",
        help=translate("only runs into this agreement, by the name it was added under", language),
    )
    add_json(command, language)
    command.set_defaults(run="resume", shape="import")
