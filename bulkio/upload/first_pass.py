"""A row's first request: the create, or the update of a record that is there."""

from __future__ import annotations

from bulkio.model.event import RowSent
from bulkio.model.plan import Action, Step
from bulkio.upload.creating import create
from bulkio.upload.earlier import settle_open
from bulkio.upload.landing import Landing
from bulkio.upload.outcomes import parent_failed
from bulkio.upload.updating import update
from bulkio.upload.voyage import Doubtful, Finished, Voyage


async def settle_first(voyage: Voyage, step: Step) -> None:
    """Sends a row and says how it ended; a customer with a second pass has not ended yet."""
    landing = await _landing(voyage, step)
    if landing.key is not None:
        voyage.doubtful.append(Doubtful(step, landing.key, landing.outcome, landing.seconds))
        return
    await _tell(voyage, step, landing)


async def _landing(voyage: Voyage, step: Step) -> Landing:
    if step.parent is not None and step.parent not in voyage.landed:
        return Landing(parent_failed(step, voyage.failed[step.parent]))
    if step.action is Action.UPDATE:
        return await update(voyage, step)
    settled, unresolved = await settle_open(voyage, step)
    return settled or await create(voyage, step, unresolved=unresolved)


async def _tell(voyage: Voyage, step: Step, landing: Landing) -> None:
    voyage.note(step, landing.outcome)
    if step.second_pass and landing.record is not None:
        voyage.awaiting[step.identity] = landing.record
        voyage.flying.discard(step.place)
        await voyage.events.put(RowSent(step.kind))
        return
    await voyage.finish(Finished(step, landing.outcome, landing.seconds))
