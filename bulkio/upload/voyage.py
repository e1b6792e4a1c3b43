"""What one run shares between its workers: where it writes, what it has learnt, and whether it goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bulkio.economic import Economic
from bulkio.errors import BulkioError
from bulkio.journal import Journal, OpenIntent, Progress
from bulkio.model.checked import CheckedTable
from bulkio.model.event import Event, Waited
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Step
from bulkio.upload.pace import Pace
from bulkio.upload.stop import Stop

QUEUED = 256
"""Events that may wait for a slow consumer before the workers wait for it."""
LOOK = 0.1
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
    pace: Pace
    attempt: int = 1
    """Which attempt of the run this is."""
    progress: Progress = field(default_factory=lambda: Progress({}, {}))
    """How far earlier attempts of the run came."""
    clock: Callable[[], float] = time.time
    open_intents: dict[str, list[OpenIntent]] = field(default_factory=dict)
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
    flying: set[Place] = field(default_factory=set)
    """Rows whose request may have had an effect, and whose end is not told yet."""
    told: set[Place] = field(default_factory=set)
    """Rows whose end is told."""
    untold: dict[Place, Finished] = field(default_factory=dict)
    """Ends that wait for a slow consumer."""
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

    async def finish(self, finished: Finished) -> None:
        """Tells a row's end, once; it is not lost where the run is cut short while the consumer is slow."""
        place = finished.step.place
        self.untold[place] = finished
        await self.events.put(finished)
        del self.untold[place]
        self.told.add(place)
        self.flying.discard(place)

    async def hold(self, reason: str, seconds: float) -> None:
        """Keeps everybody from sending for so long; says so once."""
        until = asyncio.get_running_loop().time() + seconds
        if until > self.held_until:
            self.held_until = until
            await self.events.put(Waited(reason, seconds))

    async def say(self, reason: str, seconds: float) -> None:
        """Says that one request waits."""
        await self.events.put(Waited(reason, seconds))

    async def turn(self) -> bool:
        """Waits until it may send; false where the run ends first."""
        loop = asyncio.get_running_loop()
        while not self.ending and (left := self.held_until - loop.time()) > 0:  # noqa: ASYNC110  # the wish to stop comes from another thread
            await asyncio.sleep(min(left, LOOK))
        return not self.ending

    async def embark(self) -> bool:
        """Waits for its turn and for a place; false where the run ends first. True is to be followed by `pace.leave`."""
        return await self.turn() and await self.pace.enter(lambda: self.ending)

    async def sleep(self, seconds: float, patience: float) -> bool:
        """Waits; false where a fault or the user ends the run first. After the wish to stop it waits `patience` seconds at most."""
        loop = asyncio.get_running_loop()
        until, asked = loop.time() + seconds, None
        while self.fault is None and (left := until - loop.time()) > 0:
            asked = loop.time() if asked is None and self.stop.requested else asked
            if asked is not None and until - asked > patience:
                return False
            await asyncio.sleep(min(left, LOOK))
        return self.fault is None


_IN = frozenset({Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.REFUSED})
"""With a number, a refused row is in but for a field."""
