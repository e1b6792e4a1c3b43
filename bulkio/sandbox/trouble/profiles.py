"""The named profiles of `--chaos`: how a day at the API's end may go, in figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from bulkio.sandbox.rate import Limits


@dataclass(frozen=True)
class Latency:
    """Seconds on the way, log-normal as round trips are: half of them below `median`, none above `longest`."""

    median: float = 0.0
    spread: float = 0.5
    longest: float = 10.0

    def draw(self, dice: Random) -> float:
        """One call's delay."""
        if self.median <= 0:
            return 0.0
        return min(self.longest, dice.lognormvariate(math.log(self.median), self.spread))


@dataclass(frozen=True)
class Trait:
    """One kind of trouble in a profile: its odds a call, how many calls in a row it takes, and its seconds."""

    odds: float
    calls: tuple[int, int] = (1, 1)
    seconds: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Profile:
    """A named mixture of trouble. `limits` are enforced where it has some."""

    name: str
    summary: str
    latency: Latency = Latency()
    traits: Mapping[str, Trait] = field(default_factory=dict)
    limits: Limits | None = None


_STORM = Trait(0.01, calls=(4, 12), seconds=(1, 2))
_TRICKLE = Trait(0.02, seconds=(0.2, 2))
_RARE = Trait(0.004)

PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("calm", "a good day: 60 ms a call, nothing goes wrong", Latency(0.06, 0.4, 1.0)),
        Profile(
            "slow",
            "a bad line: 0.4 s a call with a long tail, answers that trickle",
            Latency(0.4, 0.9, 8.0),
            {"slow-body": Trait(0.05, seconds=(0.5, 4))},
        ),
        Profile(
            "busy",
            "a crowded server: a small bucket that is enforced, waves of 429, now and then 503",
            Latency(0.12, 0.6, 3.0),
            {"429": _STORM, "503": Trait(0.005, calls=(1, 3), seconds=(1, 2))},
            Limits(tokens=1_500, seconds=15),
        ),
        Profile(
            "flaky",
            "a flaky line: 5xx before and after the write, HTML, resets before, after and in the middle of an answer",
            Latency(0.05, 0.6, 2.0),
            {
                "500": Trait(0.01), "502": Trait(0.01), "503": Trait(0.01, calls=(1, 3)), "html": _RARE,
                "500-after": _RARE, "502-after": Trait(0.01), "504-after": _RARE, "html-after": _RARE,
                "reset-before": Trait(0.01), "reset-after": Trait(0.02), "reset-body": Trait(0.01), "slow-body": _TRICKLE,
            },
        ),
        Profile(
            "storm",
            "waves: long runs of 429 and of 503, many calls in a row cut off",
            Latency(0.08, 0.7, 3.0),
            {
                "429": Trait(0.02, calls=(4, 12), seconds=(1, 2)), "503": Trait(0.01, calls=(3, 8), seconds=(0, 2)),
                "reset-before": Trait(0.004, calls=(5, 12)), "reset-after": _RARE,
            },
        ),
        Profile(
            "worst",
            "everything above at once, calls that are never answered, a server that is killed and comes back",
            Latency(0.15, 1.0, 8.0),
            {
                "429": Trait(0.02, calls=(4, 15), seconds=(1, 2)), "500": Trait(0.02), "502": Trait(0.02),
                "503": Trait(0.01, calls=(2, 6)), "504": Trait(0.01), "html": Trait(0.01),
                "500-after": Trait(0.01), "502-after": Trait(0.02), "503-after": Trait(0.01), "504-after": Trait(0.01),
                "html-after": Trait(0.01), "reset-before": Trait(0.01, calls=(1, 8)), "reset-after": Trait(0.03),
                "reset-body": Trait(0.02), "slow-body": Trait(0.02, seconds=(0.5, 5)),
                "silence-before": Trait(0.001, seconds=(40, 60)), "silence-after": Trait(0.002, seconds=(40, 60)),
                "restart-before": Trait(0.001, seconds=(0.5, 4)), "restart-after": Trait(0.002, seconds=(0.5, 4)),
            },
            Limits(),
        ),
    )
}  # fmt: skip
