"""The user's wish to stop."""

from __future__ import annotations

import threading


class Stop:
    """Asked for from any thread; the engine finishes the requests in flight and leaves the rest pending."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def request(self) -> None:
        """Ask the run to end. Asking again changes nothing."""
        self._asked.set()

    @property
    def requested(self) -> bool:
        """Whether it was asked for."""
        return self._asked.is_set()
