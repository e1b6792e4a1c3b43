"""A cell that the user corrects in the review, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bulkio.model.kind import Kind


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell: what it showed, and what it is to hold (None for a blank one)."""

    kind: Kind
    row: int
    field: str
    before: str | None
    after: str | None

    def back(self) -> Correction:
        """The same the other way round."""
        return replace(self, before=self.after, after=self.before)


Change = tuple[Correction, ...]
"""What is done, undone and done again as one."""


@dataclass(frozen=True, slots=True)
class History:
    """All changes in their order. The first `at` of them are in force, the first `held` of them are in the file.

    Undoing moves `at` back, also behind `held`; writing moves `held` to `at`.
    """

    changes: tuple[Change, ...] = field(default=())
    at: int = 0
    held: int = 0

    def with_change(self, change: Change) -> History:
        """A new change in force. What was undone is forgotten, but for what the file holds: that was undone by a change of its own."""
        if self.at >= self.held:
            return replace(self, changes=(*self.changes[: self.at], change), at=self.at + 1)
        undone = _back(self.changes[self.at : self.held])
        return replace(self, changes=(*self.changes[: self.held], undone, change), at=self.held + 2)

    def undone(self) -> tuple[History, Change]:
        """One step back, and what to apply for it; IndexError where there is none."""
        if self.at == 0:
            raise IndexError(self.at)
        return replace(self, at=self.at - 1), _back((self.changes[self.at - 1],))

    def redone(self) -> tuple[History, Change]:
        """One step forward again, and what to apply for it; IndexError where there is none."""
        return replace(self, at=self.at + 1), self.changes[self.at]

    def written(self) -> History:
        """The file holds what is in force."""
        return replace(self, held=self.at)

    def unwritten(self) -> Change:
        """What leads from the file to what is in force, each cell once."""
        if self.at >= self.held:
            steps = [one for change in self.changes[self.held : self.at] for one in change]
        else:
            steps = list(_back(self.changes[self.at : self.held]))
        merged: dict[tuple[Kind, int, str], Correction] = {}
        for one in steps:
            cell = (one.kind, one.row, one.field)
            merged[cell] = replace(one, before=merged[cell].before) if cell in merged else one
        return tuple(one for one in merged.values() if one.before != one.after)


def _back(changes: tuple[Change, ...]) -> Change:
    return tuple(one.back() for change in reversed(changes) for one in reversed(change))
