"""`bulkio plan FILE [-o PLAN]`: what an import would do."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from bulkio.cli.answers import answers_of
from bulkio.cli.console import give, give_json, say
from bulkio.cli.documents import issues_document
from bulkio.cli.listing import issue_line
from bulkio.cli.wiring import destination, open_journal, remember
from bulkio.errors import CannotWrite
from bulkio.flows.import_workbook import ImportChoices, ImportFlow, Prepared
from bulkio.flows.saved_plan import document_of
from bulkio.language import Language, translate
from bulkio.model.issue import Issue, Severity
from bulkio.settings.folders import folders, write_private


def run(arguments: Namespace) -> int:
    """Look and plan, say what would happen, and save it where that was asked for; nothing is sent."""
    answers = answers_of(arguments)
    choices = ImportChoices(arguments.language, None, folders().results, answers)
    flow = ImportFlow(arguments.file, destination(arguments.agreement), open_journal, remember, choices)
    with closing(flow):
        prepared = flow.prepare()
    document = document_of(prepared, arguments.agreement, arguments.file, answers)
    if arguments.output is not None:
        _save(arguments.output, document)
    issues = _issues(prepared)
    if arguments.json:
        give_json({**document, "issues": issues_document(issues, arguments.language)})
    else:
        _tell(document, issues, arguments.language)
    return 1 if any(issue.severity is Severity.ERROR for issue in issues) else 0


def _save(path: Path, document: dict[str, Any]) -> None:
    try:
        write_private(path, json.dumps(document, ensure_ascii=False, indent=1))
    except OSError as fault:
        raise CannotWrite("cannot_write", path=str(path), reason=fault.strerror or "") from fault


def _issues(prepared: Prepared) -> list[Issue]:
    """The check's and the plan's own, each once."""
    known = {id(issue) for issue in prepared.checked.issues}
    steps = (step for steps in prepared.plan.steps.values() for step in steps)
    return [*prepared.checked.issues, *(one for step in steps for one in step.issues if id(one) not in known)]


def _tell(document: dict[str, Any], issues: list[Issue], language: Language) -> None:
    for issue in issues:
        give(issue_line(issue, language))
    words = {
        "create": translate("to create", language),
        "update": translate("to update", language),
        "unchanged": translate("already in", language),
        "skip": translate("to skip", language),
        "refuse": translate("to refuse", language),
    }
    for sheet, counts in document["by_sheet"].items():
        give(f"{sheet}: {', '.join(f'{number} {words[action]}' for action, number in counts.items() if number)}")
    taken = document["estimate"]
    told = "{calls} calls, {least} to {most} s, {share} % of a day's calls."
    least, most = taken["seconds"]
    facts = {"calls": taken["calls"], "least": f"{least:.0f}", "most": f"{most:.0f}"}
    say(translate(told, language, **facts, share=f"{taken['share_of_day'] * 100:.1f}"))
