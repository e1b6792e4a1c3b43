"""The rows of a sheet with our cells in them: what is there stays as it is spelled, cells are put in, taken out or given another style."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from bulkio.workbook.addresses import letters_of, number_of
from bulkio.workbook.annotate_cells import Beside
from bulkio.workbook.annotate_chunks import CLOSED, last_column, rows_of, spanned
from bulkio.workbook.annotate_styles import Styles
from bulkio.workbook.annotation import Tone
from bulkio.workbook.exotic import Exotic

ATTRIBUTES = re.compile(r"( [^<>]*?)?(/?)>")
NUMBER = re.compile(r' r="([0-9]{1,7})"')
SPANS = re.compile(r' spans="([0-9]+):([0-9]+)"')
ROW_CUSTOM = re.compile(r' customFormat="(?:1|true)"')
LETTERS = re.compile(r"[A-Z]{1,3}")
LAST_CELL = '<c r="'
CELL = re.compile(r'<c r="([A-Z]{1,3})[0-9]{1,7}"((?: [^<>]*?)?)(/>|>.*?</c>)', re.DOTALL)
STYLE = re.compile(r' s="([0-9]+)"')


class Collision(Exception):
    """A cell with a value stands where our columns were to be."""

    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


@dataclass(slots=True)
class RowEdits:
    """What is to happen to the rows of one sheet.

    `first` and `last` bound our columns (nothing where there are none); `beside` spells our cells; `paint` the tones of faulty cells by row
    and column. `top` is the first row that our columns reach; what stands above it is not in their way. `stale` are columns an earlier annotation wrote.
    `column_styles` are those of whole columns, for cells that are not there yet.
    """

    first: int
    last: int
    top: int
    beside: Beside
    paint: Mapping[int, Mapping[int, Tone]]
    styles: Styles
    stale: frozenset[int] = frozenset()
    column_styles: Mapping[int, int] = field(default_factory=dict)


class RowPatcher:
    """Patches chunk after chunk; rows must come in ascending order."""

    def __init__(self, edits: RowEdits) -> None:
        self._edits = edits
        painted = np.fromiter(edits.paint, np.int64, len(edits.paint))
        self._wanted = array("q", np.union1d(edits.beside.rows(), painted).tobytes())
        self._at = 0
        self._row = 0
        self.bottom = 0
        """The last row there is."""

    def patched(self, chunk: str) -> str:
        """Whole rows with our cells in them. Raises Exotic where they are not plainly spelled, Collision where our columns are taken."""
        if "<!" in chunk or "<?" in chunk or chunk.count("<c") != chunk.count(LAST_CELL):
            raise Exotic
        at_once = self._at_once(chunk)
        if at_once is not None:
            return at_once
        first, *rows = chunk.split("<row")
        if first and not first.isspace():
            raise Exotic
        return first + "".join([piece for row in rows for piece in self._patched(row)])

    def _at_once(self, chunk: str) -> str | None:
        """The quick way for rows that end before our columns; None where one needs a closer look. Painted rows are taken to their cells."""
        edits = self._edits
        if edits.stale or edits.styles.painted_before or "<extLst" in chunk:
            return None
        widened = spanned(chunk, edits.last) if edits.last else chunk
        found = rows_of(widened) if widened is not None else None
        if found is None or not self._fits(*found):
            return None
        numbers, pieces = found
        self._at = bisect_right(self._wanted, numbers[-1], lo=self._at)
        self._row = self.bottom = numbers[-1]
        line, paint = edits.beside.line, edits.paint
        for at, number in enumerate(numbers):
            pieces[at] = self._painted(pieces[at], number) if number in paint else pieces[at] + line(number)
        return CLOSED.join(pieces)

    def _fits(self, numbers: list[int], pieces: list[str]) -> bool:
        """Whether the rows go on where the last ones ended, leave our columns free, and lack none of ours."""
        if numbers[0] <= self._row or last_column(pieces) >= self._edits.first:
            return False
        wanted = self._wanted[self._at : bisect_right(self._wanted, numbers[-1], lo=self._at)]
        return set(wanted) <= set(numbers) and not pieces[0].partition("<row")[0].strip()

    def _painted(self, piece: str, number: int) -> str:
        before, _, row = piece.partition("<row")
        opened = ATTRIBUTES.match(row)
        if opened is None:
            raise Exotic
        return f"{before}<row{self._reworked(row + CLOSED, number, opened).removesuffix(CLOSED)}"

    def rest(self) -> str:
        """Rows of ours below the last row there is."""
        return "".join(self._missing(None))

    def _patched(self, row: str) -> Iterator[str]:
        opened = ATTRIBUTES.match(row)
        found = NUMBER.search(opened[1]) if opened is not None and opened[1] else None
        if opened is None or found is None:
            raise Exotic
        number = int(found[1])
        if number <= self._row:
            raise Exotic
        yield from self._missing(number)
        self._row = self.bottom = number
        yield "<row" + self._edited(row, number, opened)

    def _missing(self, before: int | None) -> Iterator[str]:
        """New rows for what is wanted before a row, or at the end."""
        while self._at < len(self._wanted) and (before is None or self._wanted[self._at] < before):
            number = self._wanted[self._at]
            self._at += 1
            self.bottom = max(self.bottom, number)
            yield "<row" + self._rebuilt(f' r="{number}"', [], "", number) + "</row>"
        if self._at < len(self._wanted) and self._wanted[self._at] == before:
            self._at += 1

    def _edited(self, row: str, number: int, opened: re.Match[str]) -> str:
        edits = self._edits
        if number in edits.paint or edits.stale or _last_column(row) >= edits.first or self._has_paint(row):
            return self._reworked(row, number, opened)
        end = row.rfind("</row>")
        if not opened[2] and (end < 0 or "<extLst" in row):
            return self._reworked(row, number, opened)
        cells = edits.beside.line(number)
        if not cells:
            return row
        attributes = self._spanned(opened[1])
        if opened[2]:
            return f"{attributes}>{cells}</row>{row[opened.end() :]}"
        return f"{attributes}>{row[opened.end() : end]}{cells}{row[end:]}"

    def _has_paint(self, row: str) -> bool:
        before = self._edits.styles.painted_before
        return bool(before) and any(int(style) in before for style in STYLE.findall(row))

    def _reworked(self, row: str, number: int, opened: re.Match[str]) -> str:
        """The row taken to its cells and put together again."""
        end = row.rfind("</row>")
        if opened[2]:
            return self._rebuilt(opened[1], [], "", number) + "</row>" + row[opened.end() :]
        if end < 0:
            raise Exotic
        body = row[opened.end() : end]
        cells = [(number_of(found[1]), found[0]) for found in CELL.finditer(body)]
        left = CELL.sub("", body)
        if "<c" in left or (left and not left.isspace()):
            raise Exotic
        return self._rebuilt(opened[1], cells, left, number) + row[end:]

    def _rebuilt(self, attributes: str, cells: list[tuple[int, str]], left: str, number: int) -> str:
        styles = self._edits.styles
        kept = {column: _restyled(text, styles.original) for column, text in self._staying(cells, number)}
        for column, tone in self._edits.paint.get(number, {}).items():
            text = kept.get(column) or f'<c r="{letters_of(column)}{number}"{self._bare_style(attributes, column)}/>'
            kept[column] = _restyled(text, partial(styles.painted, tone=tone))
        kept |= self._edits.beside.cells(number)
        return f"{self._spanned(attributes)}>{''.join([kept[column] for column in sorted(kept)])}{left}"

    def _staying(self, cells: list[tuple[int, str]], number: int) -> Iterator[tuple[int, str]]:
        """The cells that stay. Our own of an earlier time go; a blank one gives way; one with a value makes us move."""
        edits = self._edits
        for column, text in cells:
            ours = number >= edits.top and edits.first <= column <= edits.last
            if number >= edits.top and column in edits.stale:
                continue
            if ours and not text.endswith("/>"):
                raise Collision(column)
            yield column, text

    def _bare_style(self, attributes: str, column: int) -> str:
        """The style a cell has before it is there: its row's, or its column's."""
        found = STYLE.search(attributes) if ROW_CUSTOM.search(attributes) else None
        style = found[1] if found else self._edits.column_styles.get(column)
        return f' s="{style}"' if style else ""

    def _spanned(self, attributes: str) -> str:
        """The row's attributes; its spans reach over our columns."""
        if not self._edits.last or " spans=" not in attributes:
            return attributes
        return SPANS.sub(lambda found: f' spans="{found[1]}:{max(int(found[2]), self._edits.last)}"', attributes)


def _last_column(row: str) -> int:
    """The column of a row's last cell, 0 where it has none."""
    start = row.rfind(LAST_CELL) + len(LAST_CELL)
    if start < len(LAST_CELL):
        return 0
    letters = LETTERS.match(row, start)
    if letters is None:
        raise Exotic
    return number_of(letters[0])


def _restyled(cell: str, style: Callable[[int], int]) -> str:
    """A cell with its style exchanged; everything else in it stays as it is spelled."""
    end = cell.index(">")
    found = STYLE.search(cell, 0, end)
    before = int(found[1]) if found else 0
    after = style(before)
    if after == before:
        return cell
    if found:
        return f'{cell[: found.start()]} s="{after}"{cell[found.end() :]}'
    place = cell.index('"', len(LAST_CELL)) + 1
    return f'{cell[:place]} s="{after}"{cell[place:]}'
