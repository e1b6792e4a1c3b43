"""A grid that draws only what is seen, so that 200,000 rows are there at once.

Textual's DataTable measures every cell before it shows the first (102 s for 200,000 rows of 12 columns); a view on the Line API
asks its source for the lines on the screen and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from bulkio.tui.cells import fit

GAP = 2
"""Cells between two columns."""


class Tone(StrEnum):
    """What a cell's colour says; a sign in its text says the same."""

    PLAIN = "plain"
    MUTED = "muted"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


class Source(Protocol):
    """What a grid shows. `frozen` columns stay when it scrolls sideways; the last column takes the room that is left."""

    @property
    def titles(self) -> Sequence[str]:
        """The headings; all empty for a list without a heading line."""

    @property
    def widths(self) -> Sequence[int]:
        """Each column's width in cells of the terminal."""

    @property
    def frozen(self) -> int:
        """How many columns stand still."""

    @property
    def rows(self) -> int:
        """How many rows there are now."""

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """A cell's text, sign included, and its tone."""


class NoRows:
    """A grid before it has anything to show."""

    titles: Sequence[str] = ()
    widths: Sequence[int] = ()
    frozen = 0
    rows = 0

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """There is none."""
        raise IndexError(row, column)


class Grid(ScrollView, can_focus=True):
    """A cursor over the cells of a source (`by="cell"`; enter chooses the cell), or over lines: `by="row"` chooses with enter, `by="line"` leaves enter to the screen.

    In lists of lines the last column takes exactly the room that is left, and what does not fit there is cut with a sign.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--title",
        "grid--frozen",
        "grid--line",
        "grid--cursor",
        *(f"grid--{tone}" for tone in Tone),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Up", show=False),
        Binding("down", "move(1, 0)", "Down", show=False),
        Binding("left", "move(0, -1)", "Left", show=False),
        Binding("right", "move(0, 1)", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(-1)", "First column", show=False),
        Binding("end", "edge(1)", "Last column", show=False),
        Binding("ctrl+home", "far(-1)", "First row", show=False),
        Binding("ctrl+end", "far(1)", "Last row", show=False),
        Binding("enter,space", "choose", "Choose", show=False),
    ]

    class Moved(Message):
        """The cursor stands somewhere else."""

        def __init__(self, grid: Grid) -> None:
            super().__init__()
            self.grid = grid

        @property
        def control(self) -> Grid:
            """The grid it happened in."""
            return self.grid

    class Chosen(Moved):
        """Enter, space or a click on the row under the cursor."""

    def __init__(self, by: str = "cell", id: str | None = None) -> None:  # noqa: A002 - Textual's own parameter
        super().__init__(id=id)
        self._by = by
        self._source: Source = NoRows()
        self._offsets: list[int] = [0]
        self._known_rows = 0
        self.row = 0
        self.column = 0

    @property
    def source(self) -> Source:
        """What is shown."""
        return self._source

    def show(self, source: Source, row: int = 0, column: int = 0) -> None:
        """Show another source, or the same one after it changed, with the cursor there."""
        self._source = source
        self._measure()
        self.go_to(row, column)

    def grow(self) -> None:
        """The source has more rows; a cursor that stood on the last one goes with the end."""
        at_end = self.row >= self._known_rows - 1
        self._measure()
        self.go_to(self._source.rows - 1 if at_end else self.row, self.column)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor there, or as near as there is a cell, and bring it into view."""
        self.row = max(0, min(row, self._source.rows - 1))
        self.column = max(0, min(column, len(self._source.widths) - 1))
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        """The last column takes what is left."""
        self._measure()
        self._bring_into_view()

    def action_move(self, rows: int, columns: int) -> None:
        """A step of the cursor."""
        self.go_to(self.row + rows, self.column + columns if self._by == "cell" else 0)

    def action_page(self, direction: int) -> None:
        """A screenful, less one line to keep the thread."""
        self.go_to(self.row + direction * max(1, self._visible_rows - 1), self.column)

    def action_edge(self, direction: int) -> None:
        """The first or last column of the row; in a list, the first or last row."""
        if self._by == "cell":
            self.go_to(self.row, 0 if direction < 0 else len(self._source.widths))
        else:
            self.action_far(direction)

    def action_far(self, direction: int) -> None:
        """The first or last row."""
        self.go_to(0 if direction < 0 else self._source.rows, self.column)

    def action_choose(self) -> None:
        """Enter or space."""
        if self._source.rows:
            self.post_message(self.Chosen(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where lines cannot be chosen, enter belongs to the screen."""
        return self._by != "line" if action == "choose" else True

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; in a list that also chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y - self._heading + self.scroll_offset.y
        if offset.y < self._heading or row >= self._source.rows:
            return
        self.go_to(row, self._column_at(offset.x))
        if self._by == "row":
            self.post_message(self.Chosen(self))

    def render_line(self, y: int) -> Strip:
        """One line of what is seen; nothing else is ever drawn."""
        if y < self._heading:
            return self._line(None)
        row = y - self._heading + self.scroll_offset.y
        if row >= self._source.rows:
            return Strip.blank(self.size.width, self.rich_style)
        return self._line(row)

    @property
    def _heading(self) -> int:
        return 1 if any(self._source.titles) else 0

    @property
    def _visible_rows(self) -> int:
        return max(1, self.scrollable_content_region.height - self._heading)

    @property
    def _frozen_width(self) -> int:
        return self._offsets[min(self._source.frozen, len(self._offsets) - 1)]

    def _measure(self) -> None:
        spans = [width + GAP for width in self._source.widths]
        room = self.scrollable_content_region.width - sum(spans)
        if spans and (room > 0 or self._by != "cell"):
            spans[-1] = max(GAP, spans[-1] + room)
        self._known_rows = self._source.rows
        self._offsets = [0, *accumulate(spans)]
        self.virtual_size = Size(self._offsets[-1], self._source.rows + self._heading)
        self.refresh()

    def _bring_into_view(self) -> None:
        if not self._source.rows:
            return
        self.scroll_to(x=self._wanted_x(), y=self._wanted_y(), animate=False, immediate=True, force=True)

    def _wanted_y(self) -> int:
        top = self.scroll_offset.y
        if self.row < top:
            return self.row
        return max(top, self.row - self._visible_rows + 1)

    def _wanted_x(self) -> int:
        left = self.scroll_offset.x
        if self._by != "cell" or self.column < self._source.frozen:
            return left
        start, end = (self._offsets[self.column + side] - self._frozen_width for side in (0, 1))
        room = self.scrollable_content_region.width - self._frozen_width
        if start < left:
            return start
        return min(start, max(left, end - room))

    def _column_at(self, x: int) -> int:
        if x >= self._frozen_width:
            x += self.scroll_offset.x
        return bisect_right(self._offsets, x) - 1

    def _line(self, row: int | None) -> Strip:
        """The heading (None) or a row: the frozen columns, then what of the others is scrolled into view."""
        frozen = self._source.frozen
        width = self.size.width
        left = self._frozen_width + self.scroll_offset.x
        first = max(frozen, bisect_right(self._offsets, left) - 1)
        last = bisect_right(self._offsets, left + width - self._frozen_width)
        still = Strip([self._segment(row, column) for column in range(min(frozen, len(self._source.widths)))])
        moving = Strip([self._segment(row, column) for column in range(first, min(last, len(self._source.widths)))])
        start = left - self._offsets[min(first, len(self._offsets) - 1)]
        seen = moving.crop(start, start + max(0, width - self._frozen_width))
        return Strip.join([still, seen]).adjust_cell_length(width, self._style("grid--line"))

    def _segment(self, row: int | None, column: int) -> Segment:
        room = self._offsets[column + 1] - self._offsets[column]
        if row is None:
            return Segment(f" {fit(self._source.titles[column], room - GAP)} ", self._style("grid--title"))
        text, tone = self._source.cell(row, column)
        return Segment(f" {fit(text, room - GAP)} ", self._cell_style(row, column, tone))

    def _cell_style(self, row: int, column: int, tone: Tone) -> Style:
        style = self._style("grid--line") + self._style(f"grid--{tone}", partial=True)
        if column < self._source.frozen:
            style += self._style("grid--frozen", partial=True)
        if self._under_cursor(row, column):
            style += self._style("grid--cursor")
        return style

    def _under_cursor(self, row: int, column: int) -> bool:
        return row == self.row and (self._by != "cell" or column == self.column)

    def _style(self, name: str, partial: bool = False) -> Style:
        return self.get_component_rich_style(name, partial=partial)
