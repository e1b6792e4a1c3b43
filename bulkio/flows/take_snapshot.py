"""Look at what an agreement offers to choose from, now."""

from __future__ import annotations

from bulkio.flows.destination import Destination
from bulkio.flows.loop import run as run_loop
from bulkio.model.snapshot import Snapshot


def take_snapshot(destination: Destination) -> Snapshot:
    """The agreement's look-ups as they are now. Raises `NothingSent` where the agreement is not to be reached."""
    return run_loop(_take(destination))


async def _take(destination: Destination) -> Snapshot:
    async with destination.connect() as api:
        facts = await api.agreement()
        destination.expect(facts.number)
        return await api.snapshot()
