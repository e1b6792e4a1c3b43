"""`bulkio template [KIND…] -o FILE`: a workbook to fill in."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_json, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "kinds",
        nargs="*",
        metavar="KIND",
        help=translate("customer_groups, customers, contacts, delivery_locations; all if left out", language),
    )
    command.add_argument(
        "-o", "--output", type=path, metavar="FILE", required=True, help=translate("the workbook to write", language)
    )
    add_agreement(command, language)
    add_json(command, language)
    command.set_defaults(run="template")
