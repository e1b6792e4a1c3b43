"""`bulkio import FILE`: the main job, on a screen or headless."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_decimal, add_json, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument("file", type=path, metavar="FILE", help=translate("the workbook", language))
    command.add_argument(
        "--results", type=path, metavar="OUT", help=translate("where the results workbook goes", language)
    )
    command.add_argument("--headless", action="store_true", help=translate("no screen, progress on stderr", language))
    command.add_argument("--yes", action="store_true", help=translate("do not ask before sending", language))
    command.add_argument(
        "--confirm",
        metavar="NAME",
        help=translate("the company's name, to write to an agreement that was added by name", language),
    )
    command.add_argument(
        "--concurrency", type=_requests, default=8, metavar="N", help=translate("requests at a time, 1 to 32", language)
    )
    add_agreement(command, language)
    add_decimal(command, language)
    add_json(command, language)
    command.set_defaults(run="import_file", shape="import")


def _requests(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 32:
        raise ValueError(text)
    return number
