"""What the response headers say about how much may still be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LIMITING = re.compile(r"limit-(\d{1,9})-per-(\d{1,9})-seconds:\s*(\d{1,9})/(\d{1,9})")
_SECONDS = re.compile(r"\d{1,9}(\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class Rate:
    """The agreement's token bucket as the last response told it: `used` of `limit` tokens within `window` seconds.

    `cost` is what that call cost. Both hosts draw on the one bucket.
    """

    used: int
    limit: int
    window: int
    cost: int


def read_rate(headers: Mapping[str, str]) -> Rate | None:
    """The bucket out of `X-RateLimiting: token-limit-10000-per-60-seconds: 147/10000` and `X-CallCost: 3`, or None."""
    found = _LIMITING.search(headers.get("x-ratelimiting", ""))
    if found is None:
        return None
    return Rate(int(found[3]), int(found[4]), int(found[2]), int(_number(headers.get("x-callcost", ""))))


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait before the next try; 0 where none are named, or not as a number."""
    return _number(headers.get("retry-after", ""))


def _number(text: str) -> float:
    return float(text) if _SECONDS.fullmatch(text.strip()) else 0.0
