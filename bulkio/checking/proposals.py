"""The usual mend of a fault, where there is one that only drops what e-conomic does not take. Nothing here is done unasked."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from bulkio.model.issue import Issue
from bulkio.model.snapshot import Choice

_BETWEEN = re.compile(r"[\s,;]+")
_NEITHER = re.compile(r"\D+")


def proposed(issue: Issue, choices: tuple[Choice, ...] = ()) -> str | None:
    """What the cell could hold instead, or None where only its owner can know. `choices` are the agreement's, where the column has a list."""
    if issue.value is None:
        return None
    mend = _MENDS.get(issue.code)
    found = mend(issue) if mend is not None else _nearest(issue.value, choices)
    return found if found and found != issue.value else None


def _emails(issue: Issue) -> str | None:
    parts = [part.removeprefix("mailto:").strip("<>") for part in _BETWEEN.split(issue.value or "") if part]
    return " ".join(parts) if len(parts) > 1 and all("@" in part for part in parts) else None


def _digits(issue: Issue) -> str:
    return _NEITHER.sub("", issue.value or "")


def _cut(issue: Issue) -> str | None:
    limit = issue.parameters.get("limit")
    return (issue.value or "")[:limit].rstrip() if isinstance(limit, int) else None


def _nearest(value: str, choices: tuple[Choice, ...]) -> str | None:
    usable = {one.name.casefold(): str(one.number) for one in choices if not one.barred}
    near = get_close_matches(value.casefold(), usable, n=1, cutoff=0.75)
    return usable[near[0]] if near else None


_MENDS: dict[str, Callable[[Issue], str | None]] = {
    "bad_email": _emails,
    "not_digits": _digits,
    "too_long": _cut,
}
