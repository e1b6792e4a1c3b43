"""`bulkio undo RUN`: take back what a run did."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from bulkio.cli.console import give, give_json, say
from bulkio.cli.documents import issues_document
from bulkio.cli.listing import issue_line
from bulkio.cli.running.sending import INTERRUPTED, confirm, stops_on_signals
from bulkio.cli.wiring import destination, open_journal
from bulkio.flows.undo_run import UndoFlow, UndoReport
from bulkio.language import translate, word_error
from bulkio.upload.undoing import Undoing

AT_A_TIME = 8


def run(arguments: Namespace) -> int:
    """Take it back, and say what had to stay and why."""
    flow = UndoFlow(arguments.wanted, destination, open_journal, AT_A_TIME)
    with closing(flow):
        prepared = flow.prepare()
        confirm(prepared, arguments)
        with stops_on_signals(flow, arguments.language) as signalled:
            report = flow.run(prepared)
    if arguments.json:
        _document(report, arguments)
    else:
        _tell(report, arguments)
    return INTERRUPTED if signalled and report.exit_code == 4 else report.exit_code


def _document(report: UndoReport, arguments: Namespace) -> None:
    rows = {"total": len(report.records), **{end.value: report.count(end) for end in Undoing}}
    issues = [issue for record in report.records for issue in record.issues]
    document = {"run": report.run, "undone_run": report.undone_run, "rows": rows}
    give_json({**document, "issues": issues_document(issues, arguments.language)})


def _tell(report: UndoReport, arguments: Namespace) -> None:
    for record in report.records:
        for issue in record.issues:
            give(issue_line(issue, arguments.language))
    told = "{undone} records are taken back, {kept} kept, {impossible} impossible, {pending} left."
    facts = {end.value: report.count(end) for end in Undoing}
    say(translate(told, arguments.language, **facts))
    if report.fault is not None:
        words = word_error(report.fault, arguments.language)
        say(f"bulkio: {words.message} {words.hint}".rstrip())
