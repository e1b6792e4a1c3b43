"""Where outcomes are counted and, batch by batch, made durable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bulkio.journal import JournalFault, Settled
from bulkio.model.event import BatchCommitted, Event, RowSettled
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Step
from bulkio.upload.voyage import Finished, Voyage


class Book:
    """Takes what the workers say, and says what the consumer may know: that a row settled, that a batch is on the disk."""

    def __init__(self, voyage: Voyage, batch: int) -> None:
        self.counts: Counter[Status] = Counter()
        self._voyage = voyage
        self._batch = batch
        self._waiting: dict[Kind, list[Settled]] = {kind: [] for kind in Kind}
        self._batches: Counter[Kind] = Counter()
        self._settled: Counter[Kind] = Counter()

    async def enter(self, event: Event | Finished) -> list[Event]:
        """The events that follow from one."""
        if not isinstance(event, Finished):
            return [event]
        progress = self._voyage.progress
        outcome = _as_a_whole(event.outcome, progress.done.get(event.step.identity))
        self.counts[outcome.status] += 1
        waiting = self._waiting[outcome.kind]
        waiting.append(_settled(event.step, outcome))
        settled = RowSettled(outcome, event.seconds)
        return [settled, *await self._commit(outcome.kind)] if len(waiting) >= self._batch else [settled]

    async def close(self) -> list[Event]:
        """Makes durable what is left of every kind."""
        return [event for kind in Kind for event in await self._commit(kind)]

    async def _commit(self, kind: Kind) -> list[Event]:
        batch, self._waiting[kind] = self._waiting[kind], []
        if not batch:
            return []
        try:
            await self._voyage.journal.settle(self._voyage.run, self._voyage.agreement, batch)
        except JournalFault as fault:
            self._voyage.halt(fault)
            return []
        self._batches[kind] += 1
        self._settled[kind] += len(batch)
        return [BatchCommitted(kind, self._batches[kind], self._settled[kind])]


def _as_a_whole(outcome: Outcome, done: Status | None) -> Outcome:
    """A record that an earlier attempt of the run made was created by the run, whatever was left to do now."""
    if done is None or outcome.status not in {Status.UPDATED, Status.UNCHANGED}:
        return outcome
    return replace(outcome, status=done)


def _settled(step: Step, outcome: Outcome) -> Settled:
    reference = step.values.get("own_reference")
    return Settled(
        outcome,
        step.identity,
        step.customer_number,
        None if reference is None else str(reference),
        step.digest,
    )
