"""The agreement a flow works with, and how to reach it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bulkio.economic import Economic
from bulkio.errors import Misuse


@dataclass(frozen=True, slots=True)
class Destination:
    """An agreement by name. `practice` marks the built-in twin; `number` is what `/self` must say before anything is written."""

    name: str
    practice: bool
    connect: Callable[[], AbstractAsyncContextManager[Economic]]
    number: int | None = None

    def expect(self, number: int) -> None:
        """Raise `Misuse` where the tokens open another agreement than the one that was added under this name."""
        if self.number is not None and number != self.number:
            raise Misuse("other_agreement", name=self.name, expected=self.number, found=number)
