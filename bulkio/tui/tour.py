"""The way from fault to fault, over all sheets, forwards and backwards, from wherever the cursor stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.tui.sheet_rows import SheetRows


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in reading order: the sheet's turn, Excel's row (0 for the sheet as a whole), the grid's column."""

    turn: int
    row: int
    column: int
    kind: Kind = field(compare=False)


class Tour:
    """All spots with a fault or warning, and where the last step led."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._spots = spots
        self._last: tuple[Spot, Spot] | None = None

    def __len__(self) -> int:
        return len(self._spots)

    def arrive(self, spot: Spot, here: Spot) -> None:
        """Remember that the cursor, now `here`, stands for `spot`: a fault of a whole sheet has no cell of its own."""
        self._last = (spot, here)

    def step(self, here: Spot, direction: int) -> Spot:
        """The spot after or before the cursor; past the last comes the first."""
        if self._last is not None and self._last[1] == here:
            here = self._last[0]
        forward = direction > 0
        index = bisect_right(self._spots, here) if forward else bisect_left(self._spots, here) - 1
        return self._spots[index % len(self._spots)]


def first_of(issues: Sequence[Issue], sheets: Mapping[Kind, SheetRows]) -> Spot | None:
    """Where a review begins: at the first fault, or the first warning where there is no fault."""
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    return next(iter(spots_of(errors, sheets) or spots_of(issues, sheets)), None)


def spots_of(issues: Iterable[Issue], sheets: Mapping[Kind, SheetRows]) -> list[Spot]:
    """Where the issues stand, each place once, in reading order; what concerns no sheet has no spot."""
    turns = {rows.table.sheet: (turn, kind) for turn, (kind, rows) in enumerate(sheets.items())}
    spots = set()
    for issue in issues:
        if issue.place.sheet in turns:
            turn, kind = turns[issue.place.sheet]
            column = sheets[kind].column_of(issue.place.letter)
            spots.add(Spot(turn, issue.place.row or 0, column, kind))
    return sorted(spots)
