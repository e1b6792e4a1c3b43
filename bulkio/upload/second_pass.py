"""A customer's second request: what could only be said once its contacts and locations were in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkio.model.event import RowSent
from bulkio.model.issue import Issue
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Action, Step
from bulkio.upload.landing import Landing
from bulkio.upload.outcomes import ended, pending
from bulkio.upload.records import Record
from bulkio.upload.updating import put
from bulkio.upload.voyage import Finished, Voyage


async def settle_second(records: Mapping[str, Record], voyage: Voyage, step: Step) -> None:
    """Sends the second pass of a customer that is in as `records` has it, and says how the row ended."""
    landing = await _landing(voyage, step, records[step.identity], voyage.landed[step.identity])
    await voyage.events.put(RowSent(step.kind, second=True))
    await voyage.finish(Finished(step, landing.outcome, landing.seconds))


async def _landing(voyage: Voyage, step: Step, record: Record, number: int) -> Landing:
    if any(_may_still_come(voyage, value) for value in step.second_pass.values()):
        return Landing(pending(step, number))
    values, lost = _resolved(voyage, step)
    second = replace(step, values=values, number=number, issues=(*step.issues, *lost))
    status = Status.CREATED if step.action is Action.CREATE else Status.UPDATED
    if not values:
        return Landing(ended(second, status, number))
    return await put(voyage, second, record, status, costs_row=False)


def _may_still_come(voyage: Voyage, value: object) -> bool:
    child = voyage.failed.get(value) if isinstance(value, str) else None
    return child is not None and child.status in {Status.PENDING, Status.IN_DOUBT}


def _resolved(voyage: Voyage, step: Step) -> tuple[Mapping[str, object], tuple[Issue, ...]]:
    """References as numbers; one to a record that did not get in costs its field."""
    values: dict[str, object] = {}
    lost: list[Issue] = []
    for name, value in step.second_pass.items():
        if not isinstance(value, str):
            values[name] = value
        elif value in voyage.landed:
            values[name] = voyage.landed[value]
        else:
            lost.append(_lost(voyage, step, name, voyage.failed[value]))
    return values, tuple(lost)


def _lost(voyage: Voyage, step: Step, field: str, child: Outcome) -> Issue:
    table = voyage.tables[step.kind].table
    return Issue(
        "reference_to_faulty_row",
        table.place(step.place.row, field),
        value=str(table.frame.at[step.place.row, field]),
        field=field,
        costs_row=False,
        parameters={"sheet": child.place.sheet or "", "row": child.place.row or ""},
    )
