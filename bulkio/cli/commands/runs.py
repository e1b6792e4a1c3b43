"""`bulkio runs [list|show|forget]`: what the journal holds."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    actions = ("list", "show", "forget")
    command.add_argument(
        "action", nargs="?", choices=actions, default="list", help=translate("what to do; list if left out", language)
    )
    command.add_argument("wanted", nargs="?", metavar="RUN", help=translate("the run's id", language))
    add_json(command, language)
    command.set_defaults(run="runs")
