"""`bulkio verify RUN`: whether the agreement holds what the run's workbook says."""

from __future__ import annotations

from argparse import Namespace

from bulkio.cli.console import give, give_json, say
from bulkio.cli.documents import issues_document
from bulkio.cli.listing import issue_line
from bulkio.cli.wiring import destination, open_journal
from bulkio.flows.verify_run import Verified, verify_run
from bulkio.language import translate


def run(arguments: Namespace) -> int:
    """Compare, say every difference, and end with 1 where there is one."""
    found = verify_run(open_journal, arguments.wanted, destination)
    if arguments.json:
        _document(found, arguments)
    else:
        _tell(found, arguments)
    return 0 if found.proven else 1


def _document(found: Verified, arguments: Namespace) -> None:
    rows = {
        "total": found.held + found.differing + found.missing + found.left_out,
        "held": found.held,
        "differing": found.differing,
        "missing": found.missing,
        "left_out": found.left_out,
    }
    run = found.standing.run
    issues = issues_document(found.issues, arguments.language)
    give_json({"run": run.run, "agreement": run.agreement_name, "rows": rows, "issues": issues})


def _tell(found: Verified, arguments: Namespace) -> None:
    for issue in found.issues:
        give(issue_line(issue, arguments.language))
    told = "{held} rows are in as they stand, {differing} differ, {missing} are missing; {left_out} never got in."
    facts = {"held": found.held, "differing": found.differing, "missing": found.missing, "left_out": found.left_out}
    say(translate(told, arguments.language, **facts))
