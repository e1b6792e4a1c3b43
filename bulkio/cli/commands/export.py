"""`bulkio export -o FILE`: the agreement as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_json, path, whole_number
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "-o", "--output", type=path, metavar="FILE", required=True, help=translate("the workbook to write", language)
    )
    command.add_argument(
        "--year",
        type=whole_number(1900, 2100, language),
        metavar="Y",
        help=translate("booked invoices of this calendar year only", language),
    )
    add_agreement(command, language)
    add_json(command, language)
    command.set_defaults(run="export")
