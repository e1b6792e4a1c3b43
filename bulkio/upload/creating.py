"""The request that makes a record."""

from __future__ import annotations

from dataclasses import replace

from bulkio.economic import Accepted, create_request
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.model.plan import Step
from bulkio.upload.exchange import Silent, Told, Untouched, send
from bulkio.upload.landing import Landing, found_there, landed, owner_of
from bulkio.upload.outcomes import in_doubt, pending, refused
from bulkio.upload.records import read_back
from bulkio.upload.voyage import Voyage


async def create(voyage: Voyage, step: Step, *, unresolved: bool = False) -> Landing:
    """Posts the row's record. `unresolved` says that an earlier run's try of it never got an answer."""
    ending = await send(voyage, step, create_request(step.kind, step.values, owner_of(step), ""))
    if isinstance(ending, Untouched):
        return Landing(pending(step))
    if isinstance(ending, Told) and isinstance(ending.answer, Accepted):
        return landed(step, Status.CREATED, ending.answer, ending.seconds)
    unresolved = unresolved or isinstance(ending, Silent) or ending.unresolved
    fallback = _not_accepted(voyage, step, ending)
    return await _looked_up(voyage, step, fallback, ending.key) if unresolved and voyage.fault is None else fallback


def _not_accepted(voyage: Voyage, step: Step, ending: Told | Silent) -> Landing:
    if isinstance(ending, Silent):
        return Landing(in_doubt(step, step.number), seconds=ending.seconds)
    assert not isinstance(ending.answer, Accepted)
    return Landing(refused(voyage, step, ending.answer, None), seconds=ending.seconds)


async def _looked_up(voyage: Voyage, step: Step, fallback: Landing, key: str) -> Landing:
    """A try of it got no answer, so the record may be there, and a refusal (`E06010`) may be of our own record.

    Locations wait for the end of their pass: while others are under way, one of the same content may be theirs.
    """
    if step.kind is Kind.DELIVERY_LOCATIONS:
        return replace(fallback, key=key)
    record = await read_back(voyage, step)
    return fallback if record is None else found_there(voyage, step, Status.CREATED, key, record, fallback.seconds)
