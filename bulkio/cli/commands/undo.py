"""`bulkio undo RUN`: take back what a run did."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument("wanted", metavar="RUN", help=translate("the run's id", language))
    command.add_argument("--headless", action="store_true", help=translate("no screen, progress on stderr", language))
    command.add_argument("--yes", action="store_true", help=translate("do not ask before sending", language))
    command.add_argument(
        "--confirm",
        metavar="NAME",
        help=translate("the company's name, to write to an agreement that was added by name", language),
    )
    add_json(command, language)
    command.set_defaults(run="undo")
