"""The request that replaces a record that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkio.economic import Accepted, replace_request, to_payload
from bulkio.model.outcome import Status
from bulkio.model.plan import Step
from bulkio.upload.exchange import Silent, Untouched, send
from bulkio.upload.landing import Landing, found_there, landed, owner_of
from bulkio.upload.outcomes import ended, in_doubt, pending, refused
from bulkio.upload.records import Record, read_back
from bulkio.upload.voyage import Voyage


async def update(voyage: Voyage, step: Step) -> Landing:
    """Puts the record with the row's values laid over it; no call where only the second pass has something to say."""
    assert step.remote is not None
    if not set(step.changes) - set(step.second_pass):
        return Landing(ended(step, Status.UPDATED, step.number), step.remote)
    return await put(voyage, step, step.remote, Status.UPDATED)


async def put(voyage: Voyage, step: Step, record: Record, status: Status, *, costs_row: bool = True) -> Landing:
    """Puts `record` with `step.values` laid over it; `status` is what the row ends as where that is accepted.

    Not `costs_row`: a refusal costs the fields sent, not the row, which is in already.
    """
    assert step.number is not None
    payload = to_payload(step.kind, step.values, record)
    ending = await send(voyage, step, replace_request(step.kind, step.number, owner_of(step), payload, ""))
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
