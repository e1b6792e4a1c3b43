"""How a row's end is told."""

from __future__ import annotations

from bulkio.economic import Fault, Forbidden, Rejected
from bulkio.model.issue import Issue, Severity, Source
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Action, Step
from bulkio.upload.voyage import Voyage

_OF_ACTION = {
    Action.REFUSE: Status.REFUSED,
    Action.SKIP: Status.SKIPPED,
    Action.UNCHANGED: Status.UNCHANGED,
}


def at_once(step: Step) -> Outcome | None:
    """The outcome of a row that needs no call; None where it does."""
    status = _OF_ACTION.get(step.action)
    return None if status is None else ended(step, status, step.number)


def ended(step: Step, status: Status, number: int | None, sort_key: int | None = None, *issues: Issue) -> Outcome:
    """The outcome of a row with these further issues; a row that is in, but lost a field to an error, is refused for that field."""
    told = (*step.issues, *issues)
    lost_a_field = any(one.severity is Severity.ERROR and not one.costs_row for one in told)
    if lost_a_field and status in {Status.CREATED, Status.UPDATED, Status.UNCHANGED}:
        status = Status.REFUSED
    return Outcome(step.kind, step.place, status, number, sort_key, told)


def refused(
    voyage: Voyage, step: Step, answer: Rejected | Forbidden, number: int | None, *, costs_row: bool = True
) -> Outcome:
    """The outcome of a row that the API refused, each of its faults beside the cell that caused it."""
    issues = [_issue(voyage, step, fault, costs_row=costs_row) for fault in answer.faults]
    if not issues:
        issues = [_issue(voyage, step, Fault(None, "api_rejected", "", "", None), costs_row=costs_row)]
    return ended(step, Status.REFUSED, number, None, *issues)


def gone(voyage: Voyage, step: Step) -> Outcome:
    """The record was deleted since the plan. A PUT would make it anew, which nobody asked for."""
    place = voyage.tables[step.kind].table.place(step.place.row)
    issue = Issue("gone_meanwhile", place, source=Source.API, parameters={"number": step.number or ""})
    return ended(step, Status.REFUSED, None, None, issue)


def overtaken(voyage: Voyage, step: Step, fields: tuple[str, ...]) -> Outcome:
    """Somebody else changed these fields to something else since the plan."""
    table = voyage.tables[step.kind].table
    issues = [
        Issue("changed_meanwhile", table.place(step.place.row, name), source=Source.API, field=name) for name in fields
    ]
    return ended(step, Status.REFUSED, step.number, None, *issues)


def in_doubt(step: Step, number: int | None) -> Outcome:
    """No answer came that tells whether the row is in."""
    return ended(step, Status.IN_DOUBT, number, None, Issue("in_doubt", step.place, Severity.WARNING, Source.API))


def pending(step: Step, number: int | None = None, *issues: Issue) -> Outcome:
    """Not sent, or not wholly: the next run does it."""
    return ended(step, Status.PENDING, number, None, *issues)


def parent_failed(step: Step, parent: Outcome) -> Outcome:
    """The row's group or customer did not get in, so the row was not sent."""
    where = {"sheet": parent.place.sheet or "", "row": parent.place.row or ""}
    if parent.status in {Status.IN_DOUBT, Status.PENDING}:
        told = Issue("parent_in_doubt", step.place, Severity.WARNING, Source.API, parameters=where)
        return pending(step, None, *((told,) if parent.status is Status.IN_DOUBT else ()))
    issue = Issue("parent_failed", step.place, Severity.WARNING, Source.API, parameters=where)
    return ended(step, Status.SKIPPED, None, None, issue)


def _issue(voyage: Voyage, step: Step, fault: Fault, *, costs_row: bool) -> Issue:
    table = voyage.tables[step.kind].table
    shown = fault.value
    if shown is None and fault.field is not None and fault.field in table.frame.columns:
        cell = table.frame.at[step.place.row, fault.field]
        shown = None if cell is None else str(cell)
    return Issue(
        code=fault.code,
        place=table.place(step.place.row, fault.field),
        source=Source.API,
        value=shown,
        field=fault.field,
        costs_row=costs_row,
        parameters={"text": fault.text, "hint": fault.hint},
    )
