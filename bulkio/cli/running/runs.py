"""`bulkio runs [list|show|forget]`: what the journal holds."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from bulkio.cli.console import give, give_json, say
from bulkio.cli.documents import issues_document
from bulkio.cli.listing import issue_line
from bulkio.cli.wiring import open_journal
from bulkio.errors import Misuse
from bulkio.flows.runs import Standing, standing
from bulkio.journal import Journal
from bulkio.language import Language, translate
from bulkio.workbook import status_word


def run(arguments: Namespace) -> int:
    """List, show or forget. Raises `Misuse` where no run is named, or none has that id."""
    with open_journal() as journal:
        if arguments.action == "list":
            return _list(journal, arguments)
        if arguments.wanted is None:
            raise Misuse("no_run_named", action=arguments.action)
        found = standing(journal, arguments.wanted)
        if arguments.action == "forget":
            journal.forget(found.run.run)
            return _forgotten(found, arguments)
        return _show(found, arguments)


def _list(journal: Journal, arguments: Namespace) -> int:
    found = [Standing(one, journal.outcomes_so_far(one.run)) for one in journal.runs()]
    if arguments.json:
        give_json({"runs": [_document(one) for one in found]})
        return 0
    for one in found:
        give(_line(one, arguments.language))
    if not found:
        say(translate("There are no runs yet.", arguments.language))
    return 0


def _show(found: Standing, arguments: Namespace) -> int:
    issues = [issue for outcome in found.outcomes for issue in outcome.issues]
    if arguments.json:
        give_json({**_document(found), "issues": issues_document(issues, arguments.language)})
        return 0
    give(_line(found, arguments.language))
    for issue in issues:
        give(issue_line(issue, arguments.language))
    return 0


def _forgotten(found: Standing, arguments: Namespace) -> int:
    if arguments.json:
        give_json({"forgotten": found.run.run})
    else:
        told = "{run} is forgotten: its workbook, requests and answers are erased; numbers and counts stay."
        say(translate(told, arguments.language, run=found.run.run))
    return 0


def _document(found: Standing) -> dict[str, Any]:
    run = found.run
    return {
        "run": run.run,
        "agreement": run.agreement_name,
        "agreement_number": run.agreement,
        "workbook": run.workbook or None,
        "started": _moment(run.started_at),
        "ended": None if run.ended_at is None else _moment(run.ended_at),
        "attempts": run.attempts,
        "fault": run.fault,
        "forgotten": run.forgotten_at is not None,
        "rows": {"total": run.rows, **{status.value: number for status, number in found.counts.items()}},
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _line(found: Standing, language: Language) -> str:
    run = found.run
    told = ", ".join(f"{number} {status_word(status, language)}" for status, number in found.counts.items() if number)
    return f"{run.run}  {run.agreement_name} {run.agreement}  {run.workbook or '–'}  {told}"
