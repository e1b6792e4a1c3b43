"""What earlier runs sent and got no answer to: settled before anything new is sent for the same row."""

from __future__ import annotations

from dataclasses import replace

from bulkio.economic import Accepted
from bulkio.economic.policy import REPLAY_WINDOW
from bulkio.errors import BulkioError
from bulkio.journal import Journal, OpenIntent
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.model.plan import Action, Plan, Step
from bulkio.upload.exchange import Told, number_in, replay
from bulkio.upload.landing import Landing, found_there, landed, owner_of
from bulkio.upload.outcomes import in_doubt
from bulkio.upload.records import Record, read_back, says
from bulkio.upload.updating import put
from bulkio.upload.voyage import Voyage


def to_settle(journal: Journal, plan: Plan) -> dict[str, OpenIntent]:
    """The newest open create of each row that the plan would create. What the plan found to be there is closed at once."""
    steps = {step.identity: step for steps in plan.steps.values() for step in steps if step.action in _LIVE}
    found: dict[str, OpenIntent] = {}
    for intent in journal.open_intents(plan.agreement_number):
        step = steps.get(intent.identity)
        if step is None:
            continue
        if step.action is Action.CREATE and intent.action is Action.CREATE:
            if intent.identity in found:
                journal.reconciled(found[intent.identity].key)
            found[intent.identity] = intent
        elif step.action is Action.CREATE or (intent.action is Action.UPDATE and step.action is Action.UPDATE):
            journal.reconciled(intent.key)
        else:
            journal.found(intent.key, step.number)
    return found


_LIVE = frozenset({Action.CREATE, Action.UPDATE, Action.UNCHANGED})


async def settle_earlier(voyage: Voyage, step: Step, intent: OpenIntent) -> Landing | None:
    """Replays an open create; None where it certainly came to nothing, and the row goes as a new one.

    The plan has read the agreement since and did not find the record there, so once the key is no longer known to the
    server, nothing can still be under way. A clock that was set back tells nothing; a replay then does no harm either.
    """
    if not await voyage.turn():
        return Landing(in_doubt(step, step.number))
    if voyage.clock() - intent.posted_at > REPLAY_WINDOW:
        voyage.journal.reconciled(intent.key)
        return None
    ending = await replay(voyage, step, intent)
    if not isinstance(ending, Told):
        return Landing(in_doubt(step, step.number))
    if not isinstance(ending.answer, Accepted):
        return await _refused(voyage, step, ending)
    return await _accepted(voyage, step, ending.answer, ending.seconds)


async def _refused(voyage: Voyage, step: Step, told: Told) -> Landing | None:
    """A refusal may be of the very record that the first try made."""
    record = await read_back(voyage, step) if step.kind is not Kind.DELIVERY_LOCATIONS else None
    return None if record is None else found_there(voyage, step, Status.CREATED, told.key, record, told.seconds)


async def _accepted(voyage: Voyage, step: Step, answer: Accepted, seconds: float) -> Landing | None:
    """The answer may come from the server's memory: the record may have been deleted since, or the row edited."""
    made = replace(step, number=number_in(step, answer))
    try:
        record = await _record(voyage, made)
    except BulkioError:  # nobody answers: the next run looks again
        return Landing(in_doubt(step, made.number))
    if record is None:
        return None
    if says(record, step):
        return landed(made, Status.CREATED, Accepted(200, record), seconds)
    return await put(voyage, made, record, Status.CREATED)


async def _record(voyage: Voyage, step: Step) -> Record | None:
    assert step.number is not None
    return await voyage.api.record(step.kind, step.number, owner_of(step))
