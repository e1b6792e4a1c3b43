"""Which call meets which fate: drawn from a seed, or written down beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import Protocol

from bulkio.sandbox.calls import Call
from bulkio.sandbox.rate import Limits
from bulkio.sandbox.trouble.fates import SPARED, Fate, read_fate
from bulkio.sandbox.trouble.profiles import Profile


class Schedule(Protocol):
    """Deals one fate to each call, in the order in which calls arrive."""

    @property
    def limits(self) -> Limits | None:
        """The limits to enforce, where the schedule asks for it."""

    def deal(self, call: Call) -> Fate:
        """The fate of the next call."""


class Seeded:
    """The schedule of a profile: the n-th call meets the same fate each time the seed is the same."""

    def __init__(self, profile: Profile, seed: int) -> None:
        """Nothing dealt yet."""
        self.profile = profile
        self.seed = seed
        self.limits = profile.limits
        self._dealt = 0
        self._lasting = SPARED
        self._left = 0

    def deal(self, call: Call) -> Fate:
        """The next fate; what comes in waves goes on until its wave is over."""
        dice = Random(f"{self.seed}/{self._dealt}")  # noqa: S311 - dice, not secrets
        self._dealt += 1
        delay = self.profile.latency.draw(dice)
        if self._left == 0:
            self._begin(dice)
        self._left = max(0, self._left - 1)
        befallen, self._lasting = self._lasting, self._lasting if self._left else SPARED
        return Fate(delay, befallen.kind, befallen.seconds)

    def _begin(self, dice: Random) -> None:
        throw = dice.random()
        for kind, trait in self.profile.traits.items():
            throw -= trait.odds
            if throw < 0:
                self._lasting = Fate(0.0, kind, round(dice.uniform(*trait.seconds), 2))
                self._left = dice.randint(*trait.calls)
                return


def is_write(call: Call) -> bool:
    """Whether a call asks for a change."""
    return call.method != "GET"


class Scripted:
    """A schedule written down: the n-th call that `applies` meets the n-th fate, all others and all later ones none.

    Fates are written as `read_fate` reads them; an empty text is a call that is left alone.
    """

    def __init__(self, fates: Iterable[str], applies: Callable[[Call], bool] = is_write) -> None:
        """Nothing dealt yet. Raises ValueError where a fate is not known."""
        self.limits: Limits | None = None
        self.met: Counter[str] = Counter()
        self._fates = iter([read_fate(text) for text in fates])
        self._applies = applies

    def deal(self, call: Call) -> Fate:
        """The next fate of the script; `met` counts what was dealt."""
        fate = next(self._fates, SPARED) if self._applies(call) else SPARED
        self.met[fate.kind] += 1
        return fate
