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


@dataclass(frozen=True)
class Limits:
    """Tokens a window, and calls a day (the fair use policy's figure)."""

    tokens: int = 10_000
    seconds: int = 60
    calls_a_day: int = 50_000


class Meter:
    """Counts tokens and calls; tokens come back evenly, calls all at once a day after the first (invention `rate-window`)."""

    def __init__(
        self, limits: Limits | None = None, *, enforced: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with nothing used."""
        self._limits = limits or Limits()
        self._enforced = enforced
        self._clock = clock
        self._used = 0.0
        self._seen = self._day_began = clock()
        self._calls = 0

    def charge(self) -> int:
        """Charge one call; gives the whole seconds to wait instead when a limit is enforced and used up."""
        self._refill()
        wait = self._wait() if self._enforced else 0
        if not wait:
            self._used = min(self._limits.tokens, self._used + _COST)
            self._calls += 1
        return wait

    def _refill(self) -> None:
        moment = self._clock()
        drained = (moment - self._seen) * self._limits.tokens / self._limits.seconds
        self._used = max(0.0, self._used - drained)
        self._seen = moment
        if moment - self._day_began >= _DAY_SECONDS:
            self._day_began, self._calls = moment, 0

    def _wait(self) -> int:
        if self._calls >= self._limits.calls_a_day:
            return math.ceil(self._day_began + _DAY_SECONDS - self._seen)
        lacking = self._used + _COST - self._limits.tokens
        return math.ceil(lacking * self._limits.seconds / self._limits.tokens) if lacking > 0 else 0

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The state as the API tells it."""
        limits = self._limits
        state = f"token-limit-{limits.tokens}-per-{limits.seconds}-seconds: {round(self._used)}/{limits.tokens}"
        return (("X-CallCost", str(_COST)), ("X-RateLimiting", state))
