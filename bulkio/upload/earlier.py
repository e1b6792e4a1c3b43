"""What earlier runs sent and got no answer to: settled before anything new is sent for the same row."""

from __future__ import annotations

from dataclasses import replace

from bulkio.economic import Accepted
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


def to_settle(journal: Journal, plan: Plan) -> dict[str, list[OpenIntent]]:
    """The open creates of each row that the plan would create, oldest first. What the plan found to be there is closed at once.

    Delivery locations that nothing but their content names are alike: which row a record is of was the plan's choice, and need not be that of
    the run that sent it. They share their open creates (`shared_name`).
    """
    steps = {step.identity: step for steps in plan.steps.values() for step in steps if step.action in _LIVE}
    wanted = {shared_name(step.identity) for step in steps.values() if step.action is Action.CREATE}
    left: dict[str, list[OpenIntent]] = {}
    for intent in journal.open_intents(plan.agreement_number):
        if intent.action is Action.CREATE and shared_name(intent.identity) in wanted:
            left.setdefault(shared_name(intent.identity), []).append(intent)
        elif intent.identity in steps:
            _close(journal, intent, steps[intent.identity])
    return left


def _close(journal: Journal, intent: OpenIntent, step: Step) -> None:
    """A create whose record is there, or a replacement that the plan finds done, was accepted; any other no longer matters."""
    done = step.action is not Action.CREATE and not (intent.action is step.action is Action.UPDATE)
    if done:
        journal.found(intent.key, step.number)
    else:
        journal.reconciled(intent.key)


CERTAINLY_OVER = 24 * 3600.0
"""Seconds after which a request cannot be under way any more, by whatever clock."""
_LIVE = frozenset({Action.CREATE, Action.UPDATE, Action.UNCHANGED})
_ALIKE = f"{Kind.DELIVERY_LOCATIONS}:content:"


def shared_name(identity: str) -> str:
    """What a row's open creates are kept under: its identity, or for a location without a number that of its content."""
    return identity.rpartition(":")[0] if identity.startswith(_ALIKE) else identity


async def settle_open(voyage: Voyage, step: Step) -> tuple[Landing | None, bool]:
    """Settles the open creates that may be of this row until one of them is; and whether there were any."""
    waiting = voyage.open_intents.get(shared_name(step.identity), [])
    any_open = bool(waiting)
    while waiting:
        landing = await settle_earlier(voyage, step, waiting.pop(0))
        if landing is not None:
            return landing, any_open
    return None, any_open


async def settle_earlier(voyage: Voyage, step: Step, intent: OpenIntent) -> Landing | None:
    """Replays an open create; None where it certainly came to nothing, and the row goes as a new one.

    The plan has read the agreement since and did not find the record there. Within the hour the key keeps a request that is still under way
    from being done twice; after it, the same bytes under the same key are as good as a new request, and so they go first for a day: the
    clock that measures the hour may be wrong.
    """
    if voyage.ending:
        return Landing(in_doubt(step, step.number))
    if voyage.clock() - intent.posted_at > CERTAINLY_OVER:
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
    if record is None or _is_of_another_row(voyage, made):
        return None
    if says(record, step):
        return landed(made, Status.CREATED, Accepted(200, record), seconds)
    return await put(voyage, made, record, Status.CREATED)


async def _record(voyage: Voyage, step: Step) -> Record | None:
    assert step.number is not None
    return await voyage.api.record(step.kind, step.number, owner_of(step))


def _is_of_another_row(voyage: Voyage, step: Step) -> bool:
    """The plan gave this very record to another row of the same content."""
    prefix = f"{step.kind}:"
    return any(number == step.number for name, number in voyage.landed.items() if name.startswith(prefix))
