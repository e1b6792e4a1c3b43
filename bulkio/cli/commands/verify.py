"""`bulkio verify RUN`: whether the agreement holds what the run's workbook says."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument("wanted", metavar="RUN", help=translate("the run's id", language))
    add_json(command, language)
    command.set_defaults(run="verify")
