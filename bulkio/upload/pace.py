"""How many requests at a time, and how many a minute: as much as the agreement's limits allow, and no more.

The classic and the newer host draw on one bucket of tokens; every answer says how full it is (`X-RateLimiting`) and what the call cost
(`X-CallCost`). Other programs draw on it too, which the same header shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bulkio.economic import Answer, Rate, Throttled, Unanswered

START = 8
"""Requests at a time to begin with, where so many are allowed."""
_RESERVE = 0.01
"""Of the bucket: what is under way when the header was written is not in it."""
_SLOWER = 1.5
"""Times the best time of an answer: from there on, more requests at a time only wait for one another."""
_LESS, _MORE = 0.7, 0.004
"""What being turned away takes of the pace, and what each answer gives back."""
_LOOK = 0.1
"""Seconds between two looks at whether the run ends, while waiting."""


class Pace:
    """Lets workers through one by one; shared by all of a run, on one event loop.

    `most` bounds the requests at a time; how many there are is found: doubled while answers come as fast as before, then one by one, halved when
    the server shows trouble. `share` is the part of the bucket that the run may fill; the rest is left to the agreement's other users.
    """

    def __init__(self, most: int, share: float = 1.0) -> None:
        self.most = most
        self.width = min(START, most)
        self._share = share
        self._under_way = 0
        self._doubling = True
        self._best = float("inf")
        self._good = 0
        self._rate: Rate | None = None
        self._used = 0.0
        self._at = 0.0
        self._drains = 1.0
        self._free = asyncio.Event()

    async def enter(self, ending: Callable[[], bool]) -> bool:
        """Waits for a place and for tokens; false where the run ends first. To be followed by one `leave`."""
        while self._under_way >= self.width:
            if ending():
                return False
            self._free.clear()
            await self._until_free()
        self._under_way += 1
        if await self._tokens(ending):
            return True
        self._give_back()
        return False

    def answered(self, answer: Answer, rate: Rate | None, seconds: float) -> None:
        """Learns from an answer, or from none; `rate` is the bucket as it was last told of."""
        if rate is not None and not isinstance(answer, Unanswered | Throttled):
            self._rate = rate
            self._used = rate.used + rate.cost * max(0, self._under_way - 1)
            self._at = asyncio.get_running_loop().time()
        if isinstance(answer, Throttled):
            self._turned_away()
        if isinstance(answer, Unanswered | Throttled):
            self._doubling, self._good = False, 0
            self.width = max(1, self.width // 2)
        else:
            self._drains = min(1.0, self._drains + _MORE)
            self._widen(seconds)

    def _turned_away(self) -> None:
        """The bucket is full, and drains slower than it is told to: others draw on it."""
        self._drains = max(0.1, self._drains * _LESS)
        if self._rate is not None:
            self._used = float(self._rate.limit)
            self._at = asyncio.get_running_loop().time()

    def leave(self) -> None:
        """The request is over."""
        self._under_way -= 1
        self._free.set()

    def _widen(self, seconds: float) -> None:
        self._best = min(self._best, seconds)
        self._good += 1
        if self._good < 2 * self.width:
            return
        self._good = 0
        if seconds > _SLOWER * self._best:
            self._doubling = False
            return
        self.width = min(self.most, self.width * 2 if self._doubling else self.width + 1)
        self._free.set()

    async def _until_free(self) -> None:
        try:
            async with asyncio.timeout(_LOOK):
                await self._free.wait()
        except TimeoutError:
            return  # a look at whether the run ends is due

    async def _tokens(self, ending: Callable[[], bool]) -> bool:
        """Takes the call's tokens in advance, and waits until the bucket has drained so far; evenly, as it is told to."""
        rate = self._rate
        if rate is None or rate.limit <= 0 or rate.window <= 0:
            return not ending()
        loop = asyncio.get_running_loop()
        a_second = rate.limit / rate.window * self._drains
        self._used = max(0.0, self._used - (loop.time() - self._at) * a_second) + rate.cost
        self._at = loop.time()
        until = self._at + max(0.0, self._used - rate.limit * self._share * (1 - _RESERVE)) / a_second
        while not ending() and (left := until - loop.time()) > 0:  # noqa: ASYNC110  # the wish to stop comes from another thread
            await asyncio.sleep(min(left, _LOOK))
        return not ending()

    def _give_back(self) -> None:
        if self._rate is not None:
            self._used = max(0.0, self._used - self._rate.cost)
        self.leave()
