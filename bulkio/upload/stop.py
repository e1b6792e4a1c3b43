"""The user's wish to stop."""

from __future__ import annotations

import threading


class Stop:
    """Asked for from any thread: the engine finishes the requests in flight and leaves the rest pending.

    Asked for a second time, it waits for none of them: what was in flight is in doubt, and a later run settles it.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._at_once = threading.Event()

    def request(self) -> None:
        """Ask the run to end. Asking again changes nothing."""
        self._asked.set()

    def insist(self) -> None:
        """Ask the run to end without waiting for answers."""
        self._asked.set()
        self._at_once.set()

    @property
    def requested(self) -> bool:
        """Whether it was asked for."""
        return self._asked.is_set()

    @property
    def at_once(self) -> bool:
        """Whether not even the requests in flight are to be waited for."""
        return self._at_once.is_set()
