"""The issue list as a grid shows it: groups of the same fault, each of which opens to its places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from bulkio.language import Language
from bulkio.model.issue import Issue, Severity
from bulkio.model.place import Place
from bulkio.tui.cells import CUT
from bulkio.tui.faults import SIGNS, Group
from bulkio.tui.figures import count
from bulkio.tui.grid import Tone


class IssueList:
    """A line a group, and below an open one a line a place."""

    titles: Sequence[str] = ("",)
    frozen = 0

    def __init__(self, groups: Sequence[Group], language: Language, opened: frozenset[str] = frozenset()) -> None:
        self.groups = groups
        self.widths: Sequence[int] = (20,)
        self._language = language
        self._open: set[int] = {index for index, one in enumerate(groups) if one.title in opened}
        self._starts: list[int] = []
        self._index()

    @property
    def rows(self) -> int:
        """Lines now."""
        return self._starts[-1]

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """A group's count and words, or a place and its value."""
        index, within = self._at(row)
        group = self.groups[index]
        if within == 0:
            tone = Tone.ERROR if group.severity is Severity.ERROR else Tone.WARNING
            fold = "▾" if index in self._open else "▸"
            return f"{fold} {SIGNS[group.severity]} {self._headline(group)}", tone
        issue = group.issues[within - 1]
        return f"    {spot(issue.place)}  {issue.value or ''}", Tone.PLAIN

    def toggle(self, row: int) -> None:
        """Open a closed group, close an open one; a place is left alone."""
        index, within = self._at(row)
        if within == 0:
            self._open ^= {index}
            self._index()

    def open_titles(self) -> frozenset[str]:
        """The titles of the open groups, so that a new list can open them again."""
        return frozenset(self.groups[index].title for index in self._open)

    def issue_at(self, row: int) -> Issue:
        """The issue of a place's line, or the first of a group's."""
        index, within = self._at(row)
        return self.groups[index].issues[max(0, within - 1)]

    def is_place(self, row: int) -> bool:
        """Whether the line is a place and not a group."""
        return self._at(row)[1] > 0

    def _headline(self, group: Group) -> str:
        return f"{count(len(group.issues), self._language)} × {group.title}"

    def _at(self, row: int) -> tuple[int, int]:
        index = bisect_right(self._starts, row) - 1
        return index, row - self._starts[index]

    def _index(self) -> None:
        lines = (1 + (len(group.issues) if index in self._open else 0) for index, group in enumerate(self.groups))
        self._starts = [0, *accumulate(lines)]


def spot(place: Place) -> str:
    """The place in the words of Excel: `Customers F12`, a row without a cell as `Customers 12`."""
    within = place.cell or (str(place.row) if place.row is not None else place.column)
    return " ".join(part for part in (place.sheet, within) if part) or CUT
