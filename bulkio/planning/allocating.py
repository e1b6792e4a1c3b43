"""Numbers for customers that have none, given before anything is sent, so that a second run finds the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.model.outcome import Status
from bulkio.planning.rows import Row, is_number

HIGHEST = 999_999_999
"""The highest customer number of the classic host."""


class Allocation:
    """Gives the next free number, upwards from the highest in use, then whatever is free below."""

    def __init__(self, taken: Iterable[int], start: int | None = None) -> None:
        self._taken = set(taken)
        self._next = start if start is not None else max(self._taken, default=0) + 1
        self._wrapped = False

    def take(self) -> int | None:
        """A number that nobody has; None where all are used."""
        while True:
            if not 1 <= self._next <= HIGHEST:
                if self._wrapped:
                    return None
                self._next, self._wrapped = 1, True
            number = self._next
            self._next += 1
            if number not in self._taken:
                self._taken.add(number)
                return number


def numbers_in_use(existing: Iterable[int], rows: Iterable[Row], known: Mapping[str, KnownRow]) -> set[int]:
    """Numbers in the agreement, anywhere on the sheet (refused rows too), or meant for a row whose answer never came."""
    used = {number for number in existing if 1 <= number <= HIGHEST}
    for row in rows:
        text = row.text.get("customer_number", "")
        used |= {number for number in (row.key, int(text) if is_number(text) else None) if number}
    prefix = f"{Kind.CUSTOMERS}:"
    used |= {one.number for name, one in known.items() if one.status is Status.IN_DOUBT and name.startswith(prefix)}
    return {number for number in used if 1 <= number <= HIGHEST}
