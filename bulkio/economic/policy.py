"""What to do after an answer: the one retry policy of the product, a pure function of what came and when.

Why a replay is safe, and when it is not, is in the reference, `economic-customersapi.md`, "Exactly-once creation": a key is remembered for one hour,
so the same bytes under the same key may be sent again well within it, and never after.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from bulkio.economic.answers import Accepted, Answer, Forbidden, Rejected, Throttled, Unanswered
from bulkio.errors import BulkioError, NoConnection, NoPermission, QuotaUsedUp

REPLAY_WINDOW = 50 * 60.0
"""Seconds from the first posting within which the same key is still known to the server, ten minutes of its hour kept back."""
TRIES = 6
"""How often a request is tried before its outcome is left in doubt."""
THROTTLED_FOR = 15 * 60.0
"""Seconds of being told to wait after which the quota, not the pace, must be what is spent."""
LONGEST_WAIT = 10 * 60.0
"""Seconds. A server that asks for more has closed for today."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_CLOCK_SLACK = 5.0
"""Seconds that a clock may be set back before the time since posting is no longer believed."""


@dataclass(frozen=True, slots=True)
class Again:
    """Send the same bytes under the same key after so many seconds. `counts` is false where the try was never looked at."""

    after: float
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Settle:
    """The answer is the row's end: it is in, or it is refused."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether it was done cannot be told by asking again; the record has to be looked up."""


@dataclass(frozen=True, slots=True)
class Stop:
    """No other row would fare better: the run ends here."""

    error: BulkioError


Decision = Again | Settle | Doubt | Stop


def decide(answer: Answer, attempt: int, posted_at: float, now: float, *, left: bool = True) -> Decision:
    """What to do after the `attempt`-th counted try (from 1) of a request first posted at `posted_at`, both times in seconds of one clock.

    `left` says whether an earlier try of it may have left this machine; the caller knows, the last answer does not. A 403
    settles, since a role that is missing for one kind of record must not cost the others.
    """
    match answer:
        case Accepted() | Rejected():
            return Settle()
        case Forbidden():
            refused = NoPermission("wrong_tokens", host=answer.host, text=answer.text)
            return Stop(refused) if answer.status == 401 else Settle()
        case Throttled():
            return _after_throttling(answer, attempt, posted_at, now)
        case Unanswered():
            return _after_silence(answer, attempt, posted_at, now, left)


def _after_throttling(answer: Throttled, attempt: int, posted_at: float, now: float) -> Decision:
    waited = max(0.0, now - posted_at)
    if waited > THROTTLED_FOR or answer.after > LONGEST_WAIT:
        return Stop(QuotaUsedUp("quota_used_up", host=answer.host, minutes=round(max(waited, answer.after) / 60)))
    pause = max(1.0, min(waited, _LONGEST_PAUSE))  # doubles the time waited so far: backoff without a count
    return Again(max(answer.after, pause) * _jitter(attempt, posted_at), counts=False)


def _after_silence(answer: Unanswered, attempt: int, posted_at: float, now: float, left: bool) -> Decision:
    if answer.replayed:
        return Doubt()
    if attempt < TRIES and -_CLOCK_SLACK <= now - posted_at <= REPLAY_WINDOW and answer.after <= LONGEST_WAIT:
        return Again(max(answer.after, _pause(attempt)) * _jitter(attempt, posted_at))
    if answer.left or left:
        return Doubt()
    return Stop(NoConnection("no_connection", host=answer.host))


def _pause(attempt: int) -> float:
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (max(1, attempt) - 1))


def _jitter(attempt: int, posted_at: float) -> float:
    """Between 1 and 1.25, the same for the same try: requests that failed together must not come back together."""
    return 1 + crc32(f"{attempt}:{posted_at!r}".encode()) / 0xFFFFFFFF / 4
