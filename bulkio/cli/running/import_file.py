"""`bulkio import FILE`: the main job, on a screen or headless."""

from __future__ import annotations

from argparse import Namespace

from bulkio.cli.answers import answers_of
from bulkio.cli.running.sending import drive, moment
from bulkio.cli.wiring import destination, open_journal, remember
from bulkio.flows.import_workbook import ImportChoices, ImportFlow
from bulkio.settings.folders import folders


def run(arguments: Namespace) -> int:
    """Import the workbook."""
    return drive(_flow(arguments), arguments)


def _flow(arguments: Namespace) -> ImportFlow:
    choices = ImportChoices(
        language=arguments.language,
        results=arguments.results,
        spare=folders().results,
        answers=answers_of(arguments),
        concurrency=arguments.concurrency,
        share=arguments.share / 100,
        until=moment(arguments.until),
    )
    return ImportFlow(arguments.file, destination(arguments.agreement), open_journal, remember, choices)
