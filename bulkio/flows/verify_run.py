"""Whether the agreement holds what a run's workbook says: every record is read again and compared field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulkio.checking import check
from bulkio.economic import to_values
from bulkio.errors import Misuse
from bulkio.flows.destination import Destination
from bulkio.flows.kept_workbook import kept_copy
from bulkio.flows.look import look
from bulkio.flows.loop import run as run_loop
from bulkio.flows.runs import Standing, standing
from bulkio.journal import Journal
from bulkio.model.answers import Answers
from bulkio.model.checked import Checked
from bulkio.model.issue import Issue, Source
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Action, Plan, Step
from bulkio.planning import plan
from bulkio.workbook import read

_IN = (Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.REFUSED)


@dataclass(frozen=True, slots=True)
class Verified:
    """What the comparison came to. `held` rows say what the agreement holds; `left_out` never got in, and are not compared."""

    standing: Standing
    held: int
    differing: int
    missing: int
    left_out: int
    issues: Sequence[Issue]

    @property
    def proven(self) -> bool:
        """Whether every row that is said to be in is in, as it stands."""
        return not self.differing and not self.missing


def verify_run(
    open_journal: Callable[[], Journal], run: str, find_destination: Callable[[str], Destination]
) -> Verified:
    """Compare a run's rows with the agreement as it is now.

    Raises `Misuse` where there is no such run or its workbook is not kept any more, `NothingSent` where the agreement is not reached.
    """
    with open_journal() as journal:
        found = standing(journal, run)
        content = journal.workbook(run)
    if content is None:
        raise Misuse("run_forgotten", run=run)
    with kept_copy(content, Path(found.run.workbook).name) as copy:
        checked, planned = run_loop(_plan(open_journal, found, copy, find_destination(found.run.agreement_name)))
    return _compared(found, checked, planned)


async def _plan(
    open_journal: Callable[[], Journal], found: Standing, copy: Path, destination: Destination
) -> tuple[Checked, Plan]:
    """What an import would do now: nothing, where the agreement holds what the workbook says."""
    answers = Answers.from_kept(found.run.choices)
    workbook = read(copy, answers=answers)
    async with destination.connect() as api:
        facts = await api.agreement()
        if facts.number != found.run.agreement:
            raise Misuse("run_of_other_agreement", run=found.run.run, expected=found.run.agreement, found=facts.number)
        existing, snapshot = await look(api)
    checked = check(workbook, snapshot, answers.decimal)
    with open_journal() as journal:
        known = journal.known(facts.number)
    return checked, plan(checked, existing, known, to_values, facts.number)


def _compared(found: Standing, checked: Checked, planned: Plan) -> Verified:
    outcomes = {outcome.place: outcome for outcome in found.outcomes}
    steps = [step for steps in planned.steps.values() for step in steps]
    said_in = [(step, one) for step in steps if (one := outcomes.get(step.place)) is not None and _is_in(one)]
    missing = [_missing(step) for step, _ in said_in if step.action is Action.CREATE]
    differing = [tuple(_differences(checked, step, outcome)) for step, outcome in said_in]
    differing = [issues for issues in differing if issues]
    return Verified(
        standing=found,
        held=len(said_in) - len(missing) - len(differing),
        differing=len(differing),
        missing=len(missing),
        left_out=len(steps) - len(said_in),
        issues=(*missing, *(issue for issues in differing for issue in issues)),
    )


def _is_in(outcome: Outcome) -> bool:
    return outcome.number is not None and outcome.status in _IN


def _missing(step: Step) -> Issue:
    return Issue("verify_missing", step.place, source=Source.API, parameters={"number": step.number or "–"})


def _differences(checked: Checked, step: Step, outcome: Outcome) -> Iterable[Issue]:
    """Each field that the sheet and the agreement say differently; a field that the run was refused for is known to."""
    refused = {issue.field for issue in outcome.issues if issue.field is not None}
    table = checked.tables[step.kind].table
    held = to_values(step.kind, step.remote or {})
    for name in step.changes if step.action is Action.UPDATE else ():
        if name not in refused:
            cell = table.frame.at[step.place.row, name] if name in table.frame.columns else None
            yield Issue(
                "verify_differs",
                table.place(step.place.row, name),
                source=Source.API,
                value=None if cell is None else str(cell),
                field=name,
                parameters={"held": _shown(held.get(name))},
            )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "–" if value is None else str(value)
