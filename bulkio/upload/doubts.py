"""Delivery locations that no answer spoke of: looked for when nothing of their kind is under way any more."""

from __future__ import annotations

from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.upload.landing import Landing, found_there
from bulkio.upload.records import read_back
from bulkio.upload.voyage import Doubtful, Finished, Voyage


async def settle_doubtful(voyage: Voyage) -> None:
    """Settles each by the customer's locations that no other row has, one after the other, so that none is claimed twice."""
    doubtful, voyage.doubtful = voyage.doubtful, []
    for one in doubtful:
        landing = await _looked_for(voyage, one)
        voyage.note(one.step, landing.outcome)
        await voyage.finish(Finished(one.step, landing.outcome, landing.seconds))


async def _looked_for(voyage: Voyage, one: Doubtful) -> Landing:
    prefix = f"{Kind.DELIVERY_LOCATIONS}:"
    claimed = {number for identity, number in voyage.landed.items() if identity.startswith(prefix)}
    record = await read_back(voyage, one.step, claimed) if voyage.fault is None else None
    if record is None:
        return Landing(one.outcome, seconds=one.seconds)
    return found_there(voyage, one.step, Status.CREATED, one.key, record, one.seconds)
