"""`bulkio export -o FILE`: the agreement as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_json, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "-o", "--output", type=path, metavar="FILE", required=True, help=translate("the workbook to write", language)
    )
    command.add_argument(
        "--year",
        type=_year,
        metavar="Y",
        help=translate("booked invoices of this calendar year only", language),
    )
    add_agreement(command, language)
    add_json(command, language)
    command.set_defaults(run="export")


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    return year
