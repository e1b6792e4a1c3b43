"""What is to become of one call, and how that is written in a header or a script."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

KINDS: dict[str, str] = {
    "429": "refused unread; the value is its Retry-After",
    "500": "the API's own failure, nothing done",
    "502": "a gateway's HTML page, nothing done",
    "503": "a gateway's HTML page, nothing done; the value is its Retry-After",
    "504": "a gateway's HTML page, nothing done",
    "html": "200 and a page to sign in to, nothing done",
    "500-after": "done, then the API's own failure",
    "502-after": "done, then a gateway's HTML page",
    "503-after": "done, then a gateway's HTML page",
    "504-after": "done, then a gateway's HTML page",
    "html-after": "done, then 200 and a page to sign in to",
    "reset-before": "connection reset, nothing done",
    "reset-after": "done, then connection reset before the answer",
    "reset-body": "done, then connection reset in the middle of the answer",
    "silence-before": "nothing done and no answer for the value's seconds, then reset",
    "silence-after": "done, and no answer for the value's seconds, then reset",
    "restart-before": "the server is killed with nothing done, and is back after the value's seconds",
    "restart-after": "done, then the server is killed, and is back after the value's seconds",
    "slow-body": "done, the answer's body trickling in over the value's seconds",
}
"""Every kind of trouble with what it does; `-after` is after the write and before the answer."""
LOST_AFTER = ("reset-after", "silence-after", "restart-after")
"""Kinds that are done and never answered."""

_USUAL_SECONDS = {
    "429": 1.0, "silence-before": 60.0, "silence-after": 60.0, "slow-body": 1.0,
    "restart-before": 1.0, "restart-after": 1.0,
}  # fmt: skip
_LONGEST_SECONDS = 86_400.0


@dataclass(frozen=True)
class Fate:
    """What befalls one call: seconds on the way, then one kind of trouble or none, with its number of seconds."""

    delay: float = 0.0
    kind: str = ""
    seconds: float = 0.0

    def __str__(self) -> str:
        words = ([f"delay={self.delay:.3f}"] if self.delay else []) + ([self.kind] if self.kind else [])
        return "+".join(words) + (f"={self.seconds:g}" if self.kind and self.seconds else "")


SPARED = Fate()


def read_fate(text: str) -> Fate:
    """A fate as it is written: `reset-after`, `429=3`, `delay=0.2+502`. Raises ValueError with what it did not know."""
    fate = SPARED
    for part in filter(None, text.replace(" ", "").split("+")):
        word, _, value = part.partition("=")
        fate = _with(fate, word.lower(), value)
    return fate


def _with(fate: Fate, word: str, value: str) -> Fate:
    seconds = _seconds(value) if value else _USUAL_SECONDS.get(word, 0.0)
    if word == "delay":
        return replace(fate, delay=seconds)
    if word not in KINDS:
        message = f"'{word}' is no trouble; there is delay, {', '.join(KINDS)}"
        raise ValueError(message)
    return replace(fate, kind=word, seconds=seconds)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= _LONGEST_SECONDS:
        message = f"'{text}' is no number of seconds between 0 and {_LONGEST_SECONDS:g}"
        raise ValueError(message)
    return seconds
