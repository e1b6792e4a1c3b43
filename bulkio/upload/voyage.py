"""What one run shares between its workers: where it writes, what it has learnt, and whether it goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bulkio.economic import Economic
from bulkio.errors import BulkioError
from bulkio.journal import Journal, OpenIntent
from bulkio.model.checked import CheckedTable
from bulkio.model.event import Event, Waited
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Step
from bulkio.upload.stop import Stop

QUEUED = 256
"""Events that may wait for a slow consumer before the workers wait for it."""
_SLICE = 0.1
"""Seconds between two looks at whether the user wants to stop, while waiting."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A row has its outcome; `customer_number` is the owner's, where it has one."""

    step: Step
    outcome: Outcome
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A row that only a look at the agreement can settle, once its pass is over; `outcome` is its end if that finds nothing."""

    step: Step
    key: str
    outcome: Outcome
    seconds: float


@dataclass(slots=True)
class Voyage:
    """One run under way. The only thing here that changes; workers of one event loop share it."""

    run: str
    agreement: int
    api: Economic
    journal: Journal
    tables: Mapping[Kind, CheckedTable]
    stop: Stop
    clock: Callable[[], float] = time.time
    open_intents: dict[str, OpenIntent] = field(default_factory=dict)
    landed: dict[str, int] = field(default_factory=dict)
    """Numbers of the records that are in, by the identity of their step."""
    failed: dict[str, Outcome] = field(default_factory=dict)
    """Outcomes of the steps that are not."""
    awaiting: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """Records as the first pass left them, for customers whose second pass is still to come."""
    doubtful: list[Doubtful] = field(default_factory=list)
    fault: BulkioError | None = None
    held_until: float = 0.0
    """On the loop's clock: nobody sends before."""
    events: asyncio.Queue[Event | Finished | None] = field(default_factory=lambda: asyncio.Queue(QUEUED))

    @property
    def ending(self) -> bool:
        """Whether nothing new may be sent."""
        return self.stop.requested or self.fault is not None

    def halt(self, fault: BulkioError) -> None:
        """Ends the run for a reason that no other row would escape; the first one counts."""
        if self.fault is None:
            self.fault = fault

    def note(self, step: Step, outcome: Outcome) -> None:
        """Remembers a row's end for the rows that hang on it."""
        if outcome.number is not None and outcome.status in _IN:
            self.landed[step.identity] = outcome.number
        else:
            self.failed[step.identity] = outcome

    async def hold(self, reason: str, seconds: float) -> None:
        """Keeps everybody from sending for so long; says so once."""
        until = asyncio.get_running_loop().time() + seconds
        if until > self.held_until:
            self.held_until = until
            await self.events.put(Waited(reason, seconds))

    async def pause(self, reason: str, seconds: float) -> None:
        """Says that one request waits, and waits; cut short when a fault ends the run."""
        await self.events.put(Waited(reason, seconds))
        await self.sleep(seconds)

    async def turn(self) -> bool:
        """Waits until it may send; false where the run ends first."""
        loop = asyncio.get_running_loop()
        while not self.ending and (left := self.held_until - loop.time()) > 0:  # noqa: ASYNC110  # the wish to stop comes from another thread
            await asyncio.sleep(min(left, _SLICE))
        return not self.ending

    async def sleep(self, seconds: float) -> None:
        """Waits, cut short when a fault ends the run."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self.fault is None and (left := until - loop.time()) > 0:  # noqa: ASYNC110  # the fault may come from any worker, and a wait is short
            await asyncio.sleep(min(left, _SLICE))


_IN = frozenset({Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.REFUSED})
"""With a number, a refused row is in but for a field."""
