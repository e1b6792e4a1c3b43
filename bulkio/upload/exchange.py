"""One request from intent to end: durable before it leaves, tried again as the policy says, its answer written down."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bulkio.economic import (
    Accepted,
    Again,
    Answer,
    Doubt,
    Forbidden,
    Rejected,
    Request,
    Settle,
    Throttled,
    Unanswered,
    content_of,
    decide,
    numbers_of,
)
from bulkio.economic import Stop as End
from bulkio.economic.policy import REPLAY_WINDOW
from bulkio.journal import Intent, JournalFault, OpenIntent
from bulkio.model.plan import Action, Step
from bulkio.upload.keys import key_of
from bulkio.upload.voyage import Voyage

_PATIENCE = 5.0
"""Seconds that a request without an answer is still given after the user asked to stop."""


@dataclass(frozen=True, slots=True)
class Told:
    """A definite answer. `unresolved` says that an earlier try of it got none, so that a refusal may be of our own record."""

    answer: Accepted | Rejected | Forbidden
    key: str
    unresolved: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer that tells; the record may be there."""

    key: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Untouched:
    """Certainly without effect: not sent, or turned away by the pace limit."""


Ending = Told | Silent | Untouched


async def send(voyage: Voyage, step: Step, request: Request, before: Mapping[str, object] | None = None) -> Ending:
    """Sends a step's request for the first time; `request.key` is filled in here. `before` is the record that it replaces."""
    if not await voyage.embark():
        return Untouched()
    try:
        return await _sent(voyage, step, request, before)
    finally:
        voyage.pace.leave()


async def _sent(voyage: Voyage, step: Step, request: Request, before: Mapping[str, object] | None) -> Ending:
    key = key_of(
        voyage.agreement, voyage.run, voyage.attempt, step.identity, request.method, request.path, request.body
    )
    keyed = replace(request, key=key)
    posted_at = voyage.clock()
    try:
        await voyage.journal.intend(_intent(voyage, step, keyed, posted_at, before))
    except JournalFault as fault:
        voyage.halt(fault)
        return Untouched()
    return await _until_told(voyage, step, keyed, posted_at, left=False)


async def replay(voyage: Voyage, step: Step, intent: OpenIntent) -> Ending:
    """Sends an earlier run's bytes again under their own key. Outside the hour, or after a clock was set back, the tries count from now."""
    if not await voyage.embark():
        return Silent(intent.key, 0.0)
    request = Request(intent.method, intent.path, intent.body, intent.key)
    now = voyage.clock()
    posted_at = intent.posted_at if 0 <= now - intent.posted_at <= REPLAY_WINDOW else now
    try:
        return await _until_told(voyage, step, request, posted_at, left=True)
    finally:
        voyage.pace.leave()


async def _until_told(voyage: Voyage, step: Step, request: Request, posted_at: float, *, left: bool) -> Ending:
    """The row counts as in flight until it is known to be without effect, or its end is told."""
    voyage.flying.add(step.place)
    ending = await _asked(voyage, step, request, posted_at, left=left)
    if isinstance(ending, Untouched) or (isinstance(ending, Told) and not isinstance(ending.answer, Accepted)):
        voyage.flying.discard(step.place)
    return ending


async def _asked(voyage: Voyage, step: Step, request: Request, posted_at: float, *, left: bool) -> Ending:
    """`left` is whether an earlier try may have reached the server."""
    loop, attempt = asyncio.get_running_loop(), 1
    while True:
        started = loop.time()
        answer = await voyage.api.send(request)
        seconds = loop.time() - started
        voyage.pace.answered(answer, voyage.api.rate, seconds)
        decision = decide(answer, attempt, posted_at, voyage.clock(), left=left)
        if isinstance(decision, Settle) and isinstance(answer, Accepted | Rejected | Forbidden):
            _write_down(voyage, step, request.key, answer)
            return Told(answer, request.key, left, seconds)
        left = left or (isinstance(answer, Unanswered) and answer.left)
        if isinstance(decision, End):
            voyage.halt(decision.error)
        if not isinstance(decision, Again) or not await _wait(voyage, answer, decision, left=left):
            return _given_up(voyage, request.key, seconds, left=left or isinstance(decision, Doubt))
        attempt += decision.counts


async def _wait(voyage: Voyage, answer: Answer, again: Again, *, left: bool) -> bool:
    """Waits for the next try; false where there shall be none. What may have left is still asked about for a while after a stop."""
    everybody = isinstance(answer, Throttled) or (isinstance(answer, Unanswered) and answer.reason == "no_connection")
    patience = _PATIENCE if left else 0.0
    if voyage.fault is not None or (voyage.stop.requested and again.after > patience):
        return False
    await (voyage.hold if everybody else voyage.say)(_reason(answer), again.after)
    return await voyage.sleep(again.after, patience)


def _reason(answer: Answer) -> str:
    if isinstance(answer, Throttled):
        return "rate_limit"
    return "no_connection" if isinstance(answer, Unanswered) and answer.status is None else "server_error"


def _given_up(voyage: Voyage, key: str, seconds: float, *, left: bool) -> Silent | Untouched:
    if left:
        return Silent(key, seconds)
    voyage.journal.withdrawn(key)
    return Untouched()


def _intent(
    voyage: Voyage, step: Step, request: Request, posted_at: float, before: Mapping[str, object] | None
) -> Intent:
    reference = step.values.get("own_reference")
    return Intent(
        run=voyage.run,
        agreement=voyage.agreement,
        identity=step.identity,
        kind=step.kind,
        place=step.place,
        action=Action.CREATE if request.method == "POST" else Action.UPDATE,
        method=request.method,
        path=request.path,
        body=request.body,
        key=request.key,
        posted_at=posted_at,
        number=step.number,
        customer_number=step.customer_number,
        reference=None if reference is None else str(reference),
        digest=step.digest,
        before=None if before is None else content_of(before),
    )


def _write_down(voyage: Voyage, step: Step, key: str, answer: Accepted | Rejected | Forbidden) -> None:
    """Not waited for: the batch that the row settles in is written after it, and is."""
    if isinstance(answer, Accepted):
        number = number_in(step, answer)
        body = content_of(answer.body)
    else:
        number = step.number
        said = [{"field": one.field, "code": one.code, "text": one.text} for one in answer.faults]
        body = content_of({"faults": said})
    voyage.journal.answered(
        key, answer.status, body, voyage.clock(), accepted=isinstance(answer, Accepted), number=number
    )


def number_in(step: Step, answer: Accepted) -> int | None:
    """The record's number as the answer gives it, or as it was meant."""
    number, _ = numbers_of(step.kind, answer.body)
    return step.number if number is None else number
