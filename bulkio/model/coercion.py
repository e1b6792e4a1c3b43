"""What is sent otherwise than its cell shows it: nothing is changed silently."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkio.model.place import Place


class CoercionKind(StrEnum):
    """Why the two differ."""

    SPACES = "spaces"
    """Space at the ends was taken away."""
    NUMBER = "number"
    """A number is written in another way: `12.500,50`, `007`."""
    WORD = "word"
    """A word stands for yes or no, or for words of the API."""
    LOOKUP = "lookup"
    """A name stands for an entry of the agreement, which is sent by its number."""


@dataclass(frozen=True, slots=True)
class Change:
    """One spelling and what is sent for it, with the rows it stands in."""

    shown: str
    sent: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coercion:
    """One column's cells that are sent otherwise than shown, for one reason. `place` names sheet, header and letter."""

    place: Place
    field: str
    kind: CoercionKind
    changes: tuple[Change, ...]

    @property
    def count(self) -> int:
        """How many cells."""
        return sum(len(change.rows) for change in self.changes)
