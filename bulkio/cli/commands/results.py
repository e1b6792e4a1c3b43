"""`bulkio results RUN -o FILE`: the results workbook again, any time."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument("wanted", metavar="RUN", help=translate("the run's id", language))
    command.add_argument(
        "-o", "--output", type=path, required=True, metavar="FILE", help=translate("the workbook to write", language)
    )
    add_json(command, language)
    command.set_defaults(run="results")
