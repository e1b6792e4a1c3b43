"""`bulkio check FILE`: local validation only."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from time import monotonic

from bulkio.cli.answers import answers_of
from bulkio.cli.console import give, give_json, say
from bulkio.cli.documents import check_document
from bulkio.cli.listing import coercion_line, counts_of_check, issue_line
from bulkio.cli.wiring import snapshot_of
from bulkio.flows.check_workbook import check_workbook
from bulkio.flows.mark_workbook import mark_workbook
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.model.issue import Severity


def run(arguments: Namespace) -> int:
    """Check, say what was found, and write the marked workbook where that was asked for."""
    started = monotonic()
    checked = check_workbook(arguments.file, snapshot_of(arguments.agreement), answers_of(arguments))
    if arguments.results is not None:
        mark_workbook(checked, arguments.results, arguments.language, answers_of(arguments))
    if arguments.json:
        seconds = monotonic() - started
        give_json(check_document(checked, arguments.agreement, str(arguments.file), seconds, arguments.language))
    else:
        _tell(checked, arguments.results, arguments.language)
    return 1 if any(issue.severity is Severity.ERROR for issue in checked.issues) else 0


def _tell(checked: Checked, results: Path | None, language: Language) -> None:
    for issue in checked.issues:
        give(issue_line(issue, language))
    for coercion in checked.coercions:
        say(coercion_line(coercion, language))
    say(counts_of_check(checked, language))
    if results is not None:
        say(translate("The marked workbook is {path}", language, path=results))
