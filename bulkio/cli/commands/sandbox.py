"""`bulkio sandbox`: the twin as a real server on loopback."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import LANGUAGES, add_json, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "--port", type=int, default=8765, metavar="P", help=translate("the port; 0 takes any free one", language)
    )
    command.add_argument(
        "--data",
        type=path,
        metavar="FILE",
        help=translate("the file that keeps the agreement; the practice agreement's own if left out", language),
    )
    command.add_argument("--fresh", action="store_true", help=translate("begin with a fresh agreement", language))
    command.add_argument(
        "--language", dest="spoken", choices=LANGUAGES, default="en", help=translate("of its messages", language)
    )
    command.add_argument("--verbose", action="store_true", help=translate("log every request", language))
    add_json(command, language)
    command.set_defaults(run="sandbox")
