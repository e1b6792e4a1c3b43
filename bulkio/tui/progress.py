"""How far an upload is: the engine's events folded into the few figures that a person watches."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from bulkio.model.event import (
    BatchCommitted,
    Event,
    PassStarted,
    RowSent,
    RowSettled,
    RunEnded,
    RunStarted,
    Waited,
)
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status

WINDOW = 10.0
"""Seconds over which the rate is taken."""


@dataclass(slots=True)
class Lane:
    """One pass over one kind: how many of its rows are through."""

    kind: Kind
    rows: int
    second: bool = False
    through: int = 0

    @property
    def share(self) -> float:
        """Between 0 and 1; a lane without rows is through."""
        return min(1.0, self.through / self.rows) if self.rows else 1.0


@dataclass(slots=True)
class Progress:
    """The state of the upload screen. Times are seconds of the caller's own clock, handed in with each event."""

    began: float
    run: str = ""
    lanes: list[Lane] = field(default_factory=list)
    counts: Counter[Status] = field(default_factory=Counter)
    failures: list[Outcome] = field(default_factory=list)
    waiting: Waited | None = None
    waiting_until: float = 0.0
    ended: bool = False
    to_send: int = 0
    sent: int = 0
    _linking: set[Kind] = field(default_factory=set)
    _moves: deque[float] = field(default_factory=deque)

    def take(self, event: Event, now: float) -> None:
        """Fold one event in."""
        match event:
            case RunStarted():
                self._start(event)
            case PassStarted(kind, rows, True):
                self._linking.add(kind)
                self.lanes.append(Lane(kind, rows, second=True))
            case RowSent(kind, second):
                self._pass(kind, second, now)
            case RowSettled():
                self._settle(event, now)
            case Waited(_, seconds):
                self.waiting, self.waiting_until = event, now + seconds
            case RunEnded():
                self.ended = True
            case PassStarted() | BatchCommitted():
                return

    def lane(self, kind: Kind, second: bool = False) -> Lane | None:
        """The lane of a pass, or None where the run has none."""
        return next((one for one in self.lanes if one.kind is kind and one.second is second), None)

    @property
    def share(self) -> float:
        """Of all lanes together, between 0 and 1; rows that will come again for their links are counted from the first."""
        rows = sum(lane.rows for lane in self.lanes if not lane.second)
        links = max(sum(lane.rows for lane in self.lanes if lane.second), self._awaiting_links())
        through = sum(lane.through for lane in self.lanes)
        return min(1.0, through / (rows + links)) if rows + links else 1.0

    def rate(self, now: float) -> float:
        """Rows sent a second, over the last ten."""
        while self._moves and self._moves[0] < now - WINDOW:
            self._moves.popleft()
        span = min(WINDOW, now - self.began)
        return len(self._moves) / span if span > 0 else 0.0

    def left(self, now: float) -> float | None:
        """Seconds until the last row is sent at this rate, or None while that is anybody's guess."""
        pace = self.rate(now)
        unsent = min(max(0, self.to_send - self.sent), self._unsettled())
        links = sum(lane.rows - lane.through for lane in self.lanes if lane.second)
        return (unsent + links) / pace if pace > 0 and now - self.began >= 2 else None

    def _start(self, event: RunStarted) -> None:
        self.run = event.run
        self.to_send = sum(event.to_send.values())
        self.lanes = [Lane(kind, event.rows[kind]) for kind in Kind if kind in event.rows]

    def _pass(self, kind: Kind, second: bool, now: float) -> None:
        if not second:
            self._step(kind, False)
            self.sent += 1
        self._moves.append(now)

    def _settle(self, event: RowSettled, now: float) -> None:
        outcome = event.outcome
        self.counts[outcome.status] += 1
        if outcome.status in (Status.REFUSED, Status.IN_DOUBT):
            self.failures.append(outcome)
        linking = outcome.kind in self._linking
        self._step(outcome.kind, linking)
        if event.seconds > 0:
            self._moves.append(now)
            self.sent += 0 if linking else 1

    def _step(self, kind: Kind, second: bool) -> None:
        lane = self.lane(kind, second)
        if lane is not None:
            lane.through += 1

    def _awaiting_links(self) -> int:
        settled = sum(self.counts.values())
        first = sum(lane.through for lane in self.lanes if not lane.second)
        return max(0, first - settled)

    def _unsettled(self) -> int:
        return sum(lane.rows - lane.through for lane in self.lanes if not lane.second)
