"""`bulkio import FILE`: the main job, on a screen or headless."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path

from bulkio.cli.answers import answers_of
from bulkio.cli.running.sending import drive, moment
from bulkio.cli.wiring import destination, open_journal, remember
from bulkio.errors import Misuse
from bulkio.flows.import_workbook import ImportChoices, ImportFlow
from bulkio.flows.saved_plan import expect_plan, read_plan
from bulkio.model.answers import Answers
from bulkio.settings.folders import folders


def run(arguments: Namespace) -> int:
    """Import the workbook, or what a saved plan says. Raises `Misuse` where neither is named."""
    if arguments.plan is not None:
        return drive(_planned(arguments), arguments)
    if arguments.file is None:
        raise Misuse("no_workbook_named")
    return drive(_flow(arguments, arguments.file, arguments.agreement, answers_of(arguments)), arguments)


def _planned(arguments: Namespace) -> ImportFlow:
    """The flow of a saved plan, which is compared with what is found before anything is sent."""
    saved = read_plan(arguments.plan)
    workbook = arguments.file or Path(saved["workbook"])
    flow = _flow(arguments, workbook, saved["agreement"], Answers.from_kept(saved["answers"]))
    flow.expect = partial(expect_plan, saved)
    return flow


def _flow(arguments: Namespace, workbook: Path, agreement: str, answers: Answers) -> ImportFlow:
    choices = ImportChoices(
        language=arguments.language,
        results=arguments.results,
        spare=folders().results,
        answers=answers,
        concurrency=arguments.concurrency,
        share=arguments.share / 100,
        until=moment(arguments.until),
    )
    return ImportFlow(workbook, destination(agreement), open_journal, remember, choices)
