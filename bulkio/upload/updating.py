"""The request that replaces a record that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkio.economic import Accepted, replace_request, to_payload, to_values
from bulkio.errors import BulkioError
from bulkio.model.outcome import Status
from bulkio.model.plan import Step
from bulkio.planning import changes
from bulkio.upload.exchange import Silent, Untouched, send
from bulkio.upload.landing import Landing, found_there, landed, owner_of
from bulkio.upload.outcomes import ended, gone, in_doubt, overtaken, pending, refused
from bulkio.upload.records import Record, read_back, says
from bulkio.upload.voyage import Voyage


async def update(voyage: Voyage, step: Step) -> Landing:
    """Reads the record as it is now, and puts it back with the fields laid over it that the row changes.

    What others changed since the plan stays, and where they changed the same field the row is refused for it. No put where only
    the second pass has something to say, or where the record says all of it by now.
    """
    assert step.number is not None
    if not await voyage.turn():
        return Landing(pending(step, step.number))
    try:
        record = await voyage.api.record(step.kind, step.number, owner_of(step))
    except BulkioError as fault:
        voyage.halt(fault)
        return Landing(pending(step, step.number))
    if record is None:
        return Landing(gone(voyage, step))
    if theirs := _changed_meanwhile(step, record):
        return Landing(overtaken(voyage, step, theirs))
    wanted = replace(step, values={name: step.values[name] for name in step.changes if name not in step.second_pass})
    if says(record, wanted):
        status = Status.UPDATED if step.second_pass else Status.UNCHANGED
        return Landing(ended(step, status, step.number), record)
    return await put(voyage, wanted, record, Status.UPDATED)


def _changed_meanwhile(step: Step, record: Record) -> tuple[str, ...]:
    """The fields that the row changes and that somebody else has changed to something else since the plan."""
    planned, now = to_values(step.kind, step.remote or {}), to_values(step.kind, record)
    wanted = {name: step.values[name] for name in changes(step.kind, step.values, now)}
    return tuple(name for name in step.changes if name in wanted and planned.get(name) != now.get(name))


async def put(voyage: Voyage, step: Step, record: Record, status: Status, *, costs_row: bool = True) -> Landing:
    """Puts `record` with `step.values` laid over it; `status` is what the row ends as where that is accepted.

    Not `costs_row`: a refusal costs the fields sent, not the row, which is in already.
    """
    assert step.number is not None
    payload = to_payload(step.kind, step.values, record)
    ending = await send(voyage, step, replace_request(step.kind, step.number, owner_of(step), payload, ""), record)
    if isinstance(ending, Untouched):
        return Landing(pending(step, step.number))
    if isinstance(ending, Silent):
        return await _perhaps(voyage, step, ending, status)
    if isinstance(ending.answer, Accepted):
        return landed(step, status, _whole(ending.answer, payload), ending.seconds)
    outcome = refused(voyage, step, ending.answer, step.number, costs_row=costs_row)
    return Landing(outcome, seconds=ending.seconds)


def _whole(answer: Accepted, payload: Mapping[str, object]) -> Accepted:
    """The answer with the record that was sent, where it echoes none."""
    return answer if answer.body else replace(answer, body=payload)


async def _perhaps(voyage: Voyage, step: Step, ending: Silent, status: Status) -> Landing:
    record = await read_back(voyage, step) if voyage.fault is None else None
    if record is None:
        return Landing(in_doubt(step, step.number), seconds=ending.seconds)
    return found_there(voyage, step, status, ending.key, record, ending.seconds)
