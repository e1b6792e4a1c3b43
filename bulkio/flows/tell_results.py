"""A run's results workbook, written again from the journal alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bulkio.errors import Misuse
from bulkio.flows.kept_workbook import kept_copy
from bulkio.flows.results import Summary, annotation
from bulkio.flows.runs import Standing, standing
from bulkio.journal import Journal
from bulkio.language import Language, translate
from bulkio.model.answers import Answers
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.table import Workbook
from bulkio.workbook import annotatable, annotate, read, status_word


def tell_results(journal: Journal, run: str, target: Path, language: Language) -> Standing:
    """Write the workbook of a run with what became of its rows.

    Raises `Misuse` where there is no such run or its workbook is not kept any more, `CannotWrite`.
    """
    found = standing(journal, run)
    content = journal.workbook(run)
    if content is None:
        raise Misuse("run_forgotten", run=run)
    if target.exists() and Path(found.run.workbook).exists() and target.samefile(found.run.workbook):
        raise Misuse("results_is_workbook", path=str(target))
    with kept_copy(content, Path(found.run.workbook).name) as copy:
        answers = Answers.from_kept(found.run.choices)
        workbook = read(copy, answers=answers)
        outcomes = _every_row(workbook, found)
        issues = [*workbook.issues, *(issue for outcome in outcomes for issue in outcome.issues)]
        with annotatable(copy, answers) as patchable:
            annotate(patchable, target, annotation(outcomes, _once(issues), _summary(found, language), language))
    return found


def _every_row(workbook: Workbook, found: Standing) -> list[Outcome]:
    """The outcomes, and pending for each row that the run never came to."""
    told = {outcome.place: outcome for outcome in found.outcomes}
    rows = [
        (kind, table.place(int(row))) for kind, table in workbook.tables.items() for row in table.frame.index.tolist()
    ]
    return [told.get(place) or _never_come_to(kind, place) for kind, place in rows]


def _never_come_to(kind: Kind, place: Place) -> Outcome:
    return Outcome(kind, place, Status.PENDING)


def _once(issues: list[Issue]) -> list[Issue]:
    seen: dict[tuple[object, ...], Issue] = {}
    for issue in issues:
        seen.setdefault((issue.code, issue.place, str(issue.parameters.get("text", ""))), issue)
    return list(seen.values())


def _summary(found: Standing, language: Language) -> Summary:
    run = found.run
    lines = [
        (translate("Workbook", language), Path(run.workbook).name),
        (translate("Agreement", language), str(run.agreement)),
        (translate("Run", language), run.run),
        (translate("Time", language), datetime.fromtimestamp(run.started_at).astimezone().strftime("%Y-%m-%d %H:%M")),
        (translate("Rows", language), str(run.rows)),
    ]
    lines += [(status_word(status, language), str(number)) for status, number in found.counts.items()]
    return Summary("bulkio", tuple(lines))
