"""The token bucket and the daily quota, and the headers that tell of them (economic-rest, section 1.2).

The headers are on every answer. The limits are enforced only where that was asked for.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

_COST = 3
_DAY_SECONDS = 86_400.0
_KEPT_EVERY = 50


@dataclass(frozen=True)
class Limits:
    """Tokens a window, and calls a day (the fair use policy's figure)."""

    tokens: int = 10_000
    seconds: int = 60
    calls_a_day: int = 50_000


@dataclass
class Day:
    """The calls of one day, from its first one on, in seconds since 1970."""

    began: float
    calls: int = 0


class Meter:
    """Counts tokens and calls; tokens come back evenly, calls all at once a day after the first (inventions `rate-window`,
    `day-of-calls`). `keep` is given the day every fifty calls, so that it outlives the server.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        day: Day | None = None,
        keep: Callable[[Day], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Start with nothing used; without limits nothing is enforced."""
        self._limits = limits or Limits()
        self._enforced = limits is not None
        self._clock = clock
        self._keep = keep
        self._used = 0.0
        self._seen = clock()
        self._day = day or Day(self._seen)

    def charge(self) -> int:
        """Charge one call; gives the whole seconds to wait instead when a limit is enforced and used up."""
        self._refill()
        wait = self._wait() if self._enforced else 0
        if not wait:
            self._used = min(self._limits.tokens, self._used + _COST)
            self._count()
        return wait

    def _count(self) -> None:
        self._day.calls += 1
        if self._enforced and self._keep is not None and self._day.calls % _KEPT_EVERY == 0:
            self._keep(self._day)

    def _refill(self) -> None:
        moment = self._clock()
        passed = max(0.0, moment - self._seen)  # clocks are set back now and then
        self._used = max(0.0, self._used - passed * self._limits.tokens / self._limits.seconds)
        self._seen = moment
        if not 0 <= moment - self._day.began < _DAY_SECONDS:
            self._day = Day(moment)

    def _wait(self) -> int:
        if self._day.calls >= self._limits.calls_a_day:
            return math.ceil(self._day.began + _DAY_SECONDS - self._seen)
        lacking = self._used + _COST - self._limits.tokens
        return math.ceil(lacking * self._limits.seconds / self._limits.tokens) if lacking > 0 else 0

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The state as the API tells it."""
        limits = self._limits
        state = f"token-limit-{limits.tokens}-per-{limits.seconds}-seconds: {round(self._used)}/{limits.tokens}"
        return (("X-CallCost", str(_COST)), ("X-RateLimiting", state))
