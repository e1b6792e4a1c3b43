"""One look at all that an agreement holds: a call a thousand records, never one a row."""

from __future__ import annotations

import asyncio

from bulkio.economic import Economic
from bulkio.model.snapshot import Snapshot
from bulkio.planning import Existing


async def look(api: Economic) -> tuple[Existing, Snapshot]:
    """Every record of the four kinds, and the look-ups. Raises `NothingSent`."""
    snapshot, groups, customers, contacts, locations = await asyncio.gather(
        api.snapshot(), api.customer_groups(), api.customers(), api.contacts(), api.delivery_locations()
    )
    return Existing(tuple(groups), tuple(customers), tuple(contacts), tuple(locations)), snapshot
