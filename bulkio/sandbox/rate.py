"""The rate headers that every answer carries (economic-rest, section 1.2); nothing is enforced."""

from __future__ import annotations

import time

_CAPACITY = 10_000
_WINDOW_SECONDS = 60.0
_COST = 3


class Meter:
    """Counts the tokens used in the window; they drain evenly (invention `rate-window`)."""

    def __init__(self) -> None:
        """Start with nothing used."""
        self._used = 0.0
        self._seen = time.monotonic()

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Charge one call and tell the state."""
        moment = time.monotonic()
        drained = (moment - self._seen) * _CAPACITY / _WINDOW_SECONDS
        self._used = min(_CAPACITY, max(0.0, self._used - drained) + _COST)
        self._seen = moment
        limit = f"token-limit-{_CAPACITY}-per-60-seconds: {round(self._used)}/{_CAPACITY}"
        return (("X-CallCost", str(_COST)), ("X-RateLimiting", limit))
