"""`bulkio plan FILE [-o PLAN]`: what an import would do."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_agreement, add_answers, add_json, path
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument("file", type=path, metavar="FILE", help=translate("the workbook", language))
    command.add_argument(
        "-o",
        "--output",
        type=path,
        metavar="PLAN",
        help=translate("where to save the plan, for bulkio import --plan", language),
    )
    add_agreement(command, language)
    add_answers(command, language)
    add_json(command, language)
    command.set_defaults(run="plan")
