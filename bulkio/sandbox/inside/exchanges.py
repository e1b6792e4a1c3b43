"""The last requests with their answers, in memory, for as long as the server runs."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime

from bulkio.sandbox.calls import Call
from bulkio.sandbox.clock import now
from bulkio.sandbox.desk import Sealed
from bulkio.sandbox.trouble.fates import Fate

_KEPT = 200
LONGEST = 16_384
"""Bytes kept of a body."""


@dataclass(frozen=True)
class Exchange:
    """One request and what became of it; `status` is None where nothing was done and nothing answered."""

    number: int
    moment: datetime
    method: str
    target: str
    status: int | None
    trouble: str
    seconds: float
    sent: bytes
    answered: bytes


class Exchanges:
    """Keeps the last 200; headers, and with them the tokens, are not kept."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._kept: deque[Exchange] = deque(maxlen=_KEPT)
        self._count = 0

    def note(self, call: Call, fate: Fate, sealed: Sealed | None, seconds: float) -> None:
        """Keep one, and forget the oldest."""
        self._count += 1
        self._kept.append(
            Exchange(
                self._count,
                now(),
                call.method,
                call.address[:LONGEST],
                sealed.status if sealed else None,
                str(replace(fate, delay=0.0)),
                seconds,
                call.body[:LONGEST],
                sealed.body[:LONGEST] if sealed else b"",
            )
        )

    @property
    def count(self) -> int:
        """How many there were since the start."""
        return self._count

    def newest_first(self) -> list[Exchange]:
        """Those that are kept."""
        return list(reversed(self._kept))

    def find(self, number: int) -> Exchange | None:
        """The one with this number, if it is still kept."""
        return next((one for one in self._kept if one.number == number), None)
