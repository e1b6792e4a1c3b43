"""The few still parts of the screens: the banner above, a ledger of counts, the bars of an upload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bulkio.language import Language, translate
from bulkio.tui.cells import cells, fit, fit_right, on_one_line
from bulkio.tui.figures import count, count_or_dash
from bulkio.tui.progress import Lane, Progress

NAME_WIDTH = 20
"""Cells for a sheet's title, so that ledgers below one another stand in line."""


class Banner(Widget):
    """The line above every screen: what it is, and on the right what it is about."""

    def __init__(self, title: str, about: str, badge: str = "", real: bool = False) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._badge = badge
        self._real = real

    def tell(self, badge: str, real: bool) -> None:
        """Another badge; `real` is the colour of what wants care."""
        self._badge, self._real = badge, real
        self.refresh()

    def render(self) -> Content:
        """Title left, agreement or file right, the badge last."""
        left = Content.assemble((" bulkio ", "bold $text-primary"), (f" {self._title}", "bold"))
        badge_style = "bold $warning" if self._real else "$text-success"
        badge = Content.styled(f"  {self._badge} ", badge_style) if self._badge else Content(" ")
        room = self.size.width - left.cell_length - badge.cell_length - 2
        about = fit_right(self._about, max(0, min(room, cells(on_one_line(self._about)))))
        gap = " " * max(0, self.size.width - left.cell_length - badge.cell_length - cells(about))
        return Content.assemble(left, gap, about, badge)


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of a ledger: its heading, and the colour of what is not zero."""

    heading: str
    style: str = ""


class Ledger(Static):
    """A small table of counts: a line a sheet, figures in columns, zero as a dash."""

    def __init__(self, title: str, language: Language, total: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own parameter
        super().__init__(id=id)
        self._title = title
        self._language = language
        self._total = total
        self._figures: Sequence[Figure] = ()
        self._lines: Sequence[tuple[str, Sequence[int]]] = ()

    def show(self, figures: Sequence[Figure], lines: Sequence[tuple[str, Sequence[int]]]) -> None:
        """Show these counts, each line's in the order of the figures."""
        self._figures = figures
        self._lines = lines
        self.refresh(layout=True)

    def render(self) -> Content:
        """The whole table; columns move together and a long title is cut before a figure is."""
        widths = [max(cells(figure.heading), 5) for figure in self._figures]
        gap = self._gap(widths)
        name = max(8, min(NAME_WIDTH, self.size.width - sum(widths) - gap * len(widths)))
        lines = [self._heading(widths, gap, name), *(self._line(line, widths, gap, name) for line in self._shown())]
        return Content("\n").join(lines)

    def _shown(self) -> list[tuple[str, Sequence[int]]]:
        lines = list(self._lines)
        if self._total and len(lines) > 1:
            sums = [sum(column) for column in zip(*(counts for _, counts in lines), strict=True)]
            lines.append((translate("All rows", self._language), sums))
        return lines

    def _gap(self, widths: Sequence[int]) -> int:
        room = self.size.width - NAME_WIDTH - sum(widths)
        return max(1, min(3, room // max(1, len(widths))))

    def _heading(self, widths: Sequence[int], gap: int, name: int) -> Content:
        headings = (
            " " * gap + fit_right(figure.heading, width) for figure, width in zip(self._figures, widths, strict=True)
        )
        return Content.assemble((fit(self._title, name), "bold"), ("".join(headings), "$text-muted"))

    def _line(self, line: tuple[str, Sequence[int]], widths: Sequence[int], gap: int, name: int) -> Content:
        sheet, counts = line
        parts = [Content(fit(sheet, name))]
        for figure, width, number in zip(self._figures, widths, counts, strict=True):
            text = " " * gap + fit_right(count_or_dash(number, self._language), width)
            parts.append(Content.styled(text, figure.style if number else "$text-disabled"))
        return Content("").join(parts)


class Bars(Widget):
    """A bar a sheet and one for all, heavy where it is done and thin where it is not."""

    def __init__(self, progress: Progress, titles: dict[str, str], language: Language) -> None:
        super().__init__(id="bars")
        self._progress = progress
        self._titles = titles
        self._language = language

    def render(self) -> Content:
        """As many lines as the run has lanes, and one more."""
        lines = [self._bar(self._title(lane), lane.share, self._of(lane)) for lane in self._progress.lanes]
        share = self._progress.share if self._progress.lanes else 0.0
        lines.append(self._bar(translate("All rows", self._language), share, f"{int(share * 100)} %", bold=True))
        return Content("\n").join(lines)

    def _title(self, lane: Lane) -> str:
        title = self._titles.get(lane.kind, lane.kind)
        return translate("{sheet}: links", self._language, sheet=title) if lane.second else title

    def _of(self, lane: Lane) -> str:
        done, rows = (count(number, self._language) for number in (lane.through, lane.rows))
        return translate("{done} of {rows}", self._language, done=done, rows=rows)

    def _bar(self, title: str, share: float, figures: str, bold: bool = False) -> Content:
        room = max(4, self.size.width - NAME_WIDTH - 22)
        halves = int(share * room * 2)
        full, half = divmod(halves, 2)
        weight = "bold" if bold else ""
        return Content.assemble(
            (fit(title, NAME_WIDTH) + " ", weight),
            ("━" * full + "╸" * half, "$success" if share >= 1 else "$primary"),
            ("─" * (room - full - half), "$text-disabled"),
            (fit_right(figures, 20), weight),
        )
