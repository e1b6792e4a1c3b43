"""The engine: groups, then customers, then contacts and delivery locations, then what customers could not be told before."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, suppress
from functools import partial

from bulkio.economic import Economic
from bulkio.errors import BulkioError, Misuse
from bulkio.journal import Journal, JournalFault, Progress
from bulkio.model.checked import Checked
from bulkio.model.event import Event, PassStarted, RunEnded, RunStarted
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.model.plan import Action, Plan, Step
from bulkio.upload.book import Book
from bulkio.upload.cutoff import cut_off
from bulkio.upload.doubts import settle_doubtful
from bulkio.upload.earlier import to_settle
from bulkio.upload.first_pass import settle_first
from bulkio.upload.outcomes import at_once
from bulkio.upload.pace import Pace
from bulkio.upload.second_pass import settle_second
from bulkio.upload.stop import Stop
from bulkio.upload.voyage import LOOK, Finished, Voyage

_STAGES = ((Kind.CUSTOMER_GROUPS,), (Kind.CUSTOMERS,), (Kind.CONTACTS, Kind.DELIVERY_LOCATIONS))
_SENT = frozenset({Action.CREATE, Action.UPDATE})
_Settle = Callable[[Voyage, Step], Awaitable[None]]


async def upload(
    plan: Plan,
    checked: Checked,
    api: Economic,
    journal: Journal,
    run: str,
    *,
    concurrency: int = 8,
    share: float = 1.0,
    batch: int = 100,
    stop: Stop | None = None,
    attempt: int = 1,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.time,
) -> AsyncGenerator[Event, None]:
    """Sends what the plan says, at most `concurrency` requests at a time and `share` of the agreement's tokens, and says what happens.

    Every row of the plan settles exactly once; every `batch` rows of a kind are a checkpoint. Nothing raises for what the agreement or the
    network do: a fault that ends the run is named in `RunEnded.fault`. A run that goes on is a further `attempt`, and `progress` is how far it
    has come: rows that have their end keep it. `clock` is seconds since 1970.
    """
    started = time.monotonic()
    voyage = Voyage(
        run=run,
        agreement=plan.agreement_number,
        api=api,
        journal=journal,
        tables=checked.tables,
        stop=stop or Stop(),
        pace=Pace(concurrency, share),
        attempt=attempt,
        progress=progress or Progress({}, {}),
        clock=clock,
    )
    book = Book(voyage, batch)
    yield RunStarted(run, _count(plan, frozenset(Action)), _count(plan, _SENT))
    try:
        await _recognise(voyage)
        voyage.open_intents = to_settle(journal, plan)
    except BulkioError as fault:
        voyage.halt(fault)
    async with aclosing(_passes(voyage, plan, concurrency)) as happenings:
        async for happening in happenings:
            for event in await book.enter(happening):
                yield event
    for event in await book.close():
        yield event
    yield _end(voyage, book, time.monotonic() - started)


async def _recognise(voyage: Voyage) -> None:
    """Makes sure that this is the agreement of the plan, and that somebody is there. Raises `NothingSent`, `Misuse`."""
    found = await voyage.api.agreement()
    if found.number != voyage.agreement:
        raise Misuse("plan_of_other_agreement", expected=voyage.agreement, found=found.number)


def _end(voyage: Voyage, book: Book, seconds: float) -> RunEnded:
    stopped = voyage.fault is not None or (voyage.stop.requested and book.counts[Status.PENDING] > 0)
    fault, facts = (voyage.fault.code, voyage.fault.parameters) if voyage.fault is not None else (None, {})
    with suppress(JournalFault):  # it ends the run anyhow, and the rows say what is left
        voyage.journal.finish(voyage.run, stopped=stopped, fault=fault)
    return RunEnded(voyage.run, dict(book.counts), stopped, dict(voyage.api.calls), seconds, fault, facts)


def _count(plan: Plan, actions: frozenset[Action]) -> dict[Kind, int]:
    return {kind: sum(step.action in actions for step in steps) for kind, steps in plan.steps.items()}


async def _passes(voyage: Voyage, plan: Plan, concurrency: int) -> AsyncGenerator[Event | Finished, None]:
    for kinds in _STAGES:
        steps = [step for kind in kinds for step in plan.steps.get(kind, ())]
        for kind in kinds:
            if plan.steps.get(kind):
                yield PassStarted(kind, len(plan.steps[kind]))
        for finished in _at_once(voyage, steps):
            yield finished
        async with aclosing(_worked(voyage, _in_order(voyage, steps), settle_first, concurrency)) as happenings:
            async for happening in happenings:
                yield happening
    records, voyage.awaiting = voyage.awaiting, {}
    second = [step for step in plan.steps.get(Kind.CUSTOMERS, ()) if step.identity in records]
    if second:
        yield PassStarted(Kind.CUSTOMERS, len(second), second=True)
        async with aclosing(_worked(voyage, second, partial(settle_second, records), concurrency)) as happenings:
            async for happening in happenings:
                yield happening


def _at_once(voyage: Voyage, steps: Sequence[Step]) -> Iterator[Finished]:
    """The rows that need no call, or have their end from an earlier attempt."""
    for step in steps:
        outcome = voyage.progress.ended.get(step.place) or at_once(step)
        if outcome is not None:
            voyage.note(step, outcome)
            yield Finished(step, outcome)


def _in_order(voyage: Voyage, steps: Sequence[Step]) -> list[Step]:
    """The rows to send. Locations with a number go before those that the server numbers, which would take it from them."""
    left = (step for step in steps if step.action in _SENT and step.place not in voyage.progress.ended)
    return sorted(left, key=_numbered_by_the_server)


def _numbered_by_the_server(step: Step) -> bool:
    return step.kind is Kind.DELIVERY_LOCATIONS and "location_number" not in step.values


async def _worked(
    voyage: Voyage, steps: Sequence[Step], settle: _Settle, concurrency: int
) -> AsyncGenerator[Event | Finished, None]:
    """What happens while a few workers settle the steps between them; what they are cut off from is settled here."""
    events = voyage.events
    work = asyncio.create_task(_work(voyage, steps, settle, concurrency))
    work.add_done_callback(lambda _: None if events.full() else events.put_nowait(None))
    try:
        while not (work.done() and events.empty()):
            if (happening := await events.get()) is not None:
                yield happening
        await work
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
    for finished in cut_off(voyage, steps):
        yield finished


async def _work(voyage: Voyage, steps: Sequence[Step], settle: _Settle, concurrency: int) -> None:
    left = iter(steps)

    async def worker() -> None:
        for step in left:
            await settle(voyage, step)

    async def workers() -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(concurrency, len(steps))):
                group.create_task(worker())
        await settle_doubtful(voyage)

    working = asyncio.create_task(workers())
    watching = asyncio.create_task(_cut(voyage, working))
    try:
        with suppress(asyncio.CancelledError):
            await working
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


async def _cut(voyage: Voyage, working: asyncio.Task[None]) -> None:
    """Ends the work where the user will not even wait for what is in flight."""
    while not voyage.stop.at_once:  # noqa: ASYNC110  # the wish comes from another thread
        await asyncio.sleep(LOOK)
    working.cancel()
