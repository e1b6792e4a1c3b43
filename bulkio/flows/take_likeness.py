"""Look at what an agreement is made of, so that the practice agreement can be made in its likeness."""

from __future__ import annotations

import asyncio

from bulkio.flows.destination import Destination
from bulkio.sandbox import Likeness


def take_likeness(destination: Destination) -> Likeness:
    """Its look-ups and customer groups as they are now; nothing is written there. Raises `NothingSent`, `Misuse`."""
    return asyncio.run(_take(destination))


async def _take(destination: Destination) -> Likeness:
    async with destination.connect() as api:
        facts = await api.agreement()
        destination.expect(facts.number)
        return Likeness(facts.company, facts.base_currency, await api.lookups())
