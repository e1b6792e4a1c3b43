"""`bulkio selftest [--chaos] [--minutes N]`: the whole job on this machine, over a line that goes bad on purpose."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_json
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "--chaos", action="store_true", help=translate("over a line that goes bad on purpose", language)
    )
    command.add_argument(
        "--minutes", type=_minutes, default=1.0, metavar="N", help=translate("how long to go on with --chaos", language)
    )
    add_json(command, language)
    command.set_defaults(run="selftest")


def _minutes(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 24 * 60:
        raise ValueError(text)
    return number
