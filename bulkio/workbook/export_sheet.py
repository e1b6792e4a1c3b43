"""One sheet of an export: dressed by openpyxl, its rows streamed straight into the part.

openpyxl's own write-only mode takes several times as long, and cannot keep a formula together with its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell as StyledCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.language import Language, translate
from bulkio.workbook.export_cells import Cell, Writer
from bulkio.workbook.export_columns import ColumnType, ExportColumn, ExportSheet
from bulkio.workbook.styles import (
    AMOUNT_ALIGNMENT,
    AMOUNT_FORMAT,
    AMOUNT_HEADER_ALIGNMENT,
    DATE_FORMATS,
    FOLDED,
    HEADER_ALIGNMENT,
    HEADER_BORDER,
    HEADER_HEIGHT,
    NAVY,
    TEXT_ALIGNMENT,
    TEXT_FORMAT,
    TOTAL_BORDER,
    WHOLE_FORMAT,
    Role,
    font,
    header_fill,
    header_font,
    header_width,
    pages_wide,
    set_page,
)

AT_ONCE = 2_000
"""Rows turned into XML before they are written out: large enough for speed, small enough for memory."""
CHUNK = 1 << 20
BREAK = "\n"
LINE = 15
"""Points for a line of text."""
MOST_LINES = 6
"""A row grows no higher than this, however long a note in it is."""
_FORMATS = {
    ColumnType.TEXT: TEXT_FORMAT,
    ColumnType.INTEGER: WHOLE_FORMAT,
    ColumnType.DECIMAL: AMOUNT_FORMAT,
}
_END = b"</sheetData>"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')


@dataclass(frozen=True, slots=True)
class Streamed:
    """A sheet whose rows stand as XML in a temporary file, waiting for their place in the package."""

    sheet: Worksheet
    rows: IO[bytes]
    last: int
    """The last row written, a row of totals included."""

    def chunks(self, skeleton: bytes) -> Iterator[bytes]:
        """The sheet's part: the skeleton with the rows in it."""
        head, _, tail = skeleton.partition(_END)
        extent = f'<dimension ref="A1:{get_column_letter(self.sheet.max_column)}{self.last}"'
        yield _DIMENSION.sub(extent.encode(), head, count=1)
        self.rows.seek(0)
        while chunk := self.rows.read(CHUNK):
            yield chunk
        yield _END + tail


def stream(workbook: Workbook, export: ExportSheet, rows: IO[bytes], language: Language) -> Streamed:
    """Make the sheet and write its rows to the temporary file."""
    sheet = workbook.create_sheet(export.title)
    body = _Body(export.columns, _cells(sheet, export.columns, language))
    for index, column in enumerate(export.columns, 1):
        _write_header(sheet, index, column, language)
    for chunk in body.chunks(export.rows):
        rows.write(chunk)
    _dress(sheet, body.row)
    totals = body.totals(sheet, translate("Total", language))
    rows.write(totals.encode())
    return Streamed(sheet, rows, body.row + bool(totals))


class _Body:
    """The rows below the header, counted and summed as they pass."""

    def __init__(self, columns: tuple[ExportColumn, ...], cells: tuple[Cell, ...]) -> None:
        self.columns = columns
        self.cells = cells
        self.row = 1
        self.sums = {index: Decimal(0) for index, column in enumerate(columns) if column.total}

    def chunks(self, rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
        writers = tuple(map(_writer, self.columns, self.cells))
        remaining = iter(rows)
        while some := list(islice(remaining, AT_ONCE)):
            yield "".join([self._xml(writers, values) for values in some]).encode()

    def totals(self, sheet: Worksheet, word: str) -> str:
        """A last row with a sum that follows the filter, its value beside the formula for those who do not calculate."""
        if not self.sums or self.row == 1:
            return ""
        row = self.row + 1
        cells = "".join(self._total(sheet, index, row, word) for index in range(len(self.columns)))
        return f'<row r="{row}">{cells}</row>'

    def _xml(self, writers: tuple[Writer, ...], values: Sequence[object]) -> str:
        self.row += 1
        row = self.row
        for index in self.sums:
            self._add(index, values[index])
        cells = "".join([write(value, row) for write, value in zip(writers, values, strict=True)])
        return f'<row r="{row}"{_height(values) if BREAK in cells else ""}>{cells}</row>'

    def _add(self, index: int, value: object) -> None:
        if isinstance(value, (int, float, Decimal)):
            self.sums[index] += Decimal(str(value))

    def _total(self, sheet: Worksheet, index: int, row: int, word: str) -> str:
        letter = self.cells[index].letter
        if index not in self.sums:
            style = _style(sheet, "General", TEXT_ALIGNMENT, total=True)
            cell = Cell(letter, style, style, word, word)
            return cell.text(word, row) if index == 0 else cell.empty(row)
        shown = WHOLE_FORMAT if self.columns[index].type is ColumnType.INTEGER else AMOUNT_FORMAT
        style = _style(sheet, shown, AMOUNT_ALIGNMENT, total=True)
        formula = f"SUBTOTAL(109,{letter}2:{letter}{self.row})"
        return Cell(letter, style, style, word, word).formula(formula, self.sums[index], row)


def _height(values: Sequence[object]) -> str:
    """Room for the row's text of most lines; LibreOffice does not make it by itself."""
    lines = 1 + max(str(value).count(BREAK) for value in values)
    return f' ht="{LINE * min(lines, MOST_LINES)}" customHeight="1"'


def _writer(column: ExportColumn, cell: Cell) -> Writer:
    return cell.text if column.type is ColumnType.TEXT else cell.any


def _cells(sheet: Worksheet, columns: tuple[ExportColumn, ...], language: Language) -> tuple[Cell, ...]:
    yes, no = translate("yes", language), translate("no", language)
    return tuple(
        _cell(sheet, get_column_letter(index), column.type, number_format(column.type, language), (yes, no))
        for index, column in enumerate(columns, 1)
    )


def _cell(sheet: Worksheet, letter: str, column_type: ColumnType, shown: str, words: tuple[str, str]) -> Cell:
    aligned = AMOUNT_ALIGNMENT if column_type is ColumnType.DECIMAL else TEXT_ALIGNMENT
    return Cell(letter, _style(sheet, shown, aligned), _style(sheet, shown, FOLDED), *words)


def _style(sheet: Worksheet, shown: str, aligned: Alignment, *, total: bool = False) -> int:
    """The number under which the workbook keeps a style; the cell that asks for it stands in no sheet."""
    cell = StyledCell(sheet, row=1, column=1)
    cell.number_format, cell.font, cell.alignment = shown, font(bold=total), aligned
    if total:
        cell.border = TOTAL_BORDER
    return cell.style_id


def number_format(column_type: ColumnType, language: Language) -> str:
    """How a column's values are shown."""
    if column_type is ColumnType.DATE:
        return DATE_FORMATS[language]
    return _FORMATS.get(column_type, "General")


def _write_header(sheet: Worksheet, index: int, column: ExportColumn, language: Language) -> None:
    role = Role.REQUIRED if column.required else Role.OPTIONAL
    cell = sheet.cell(1, index)
    cell.value, cell.data_type = column.header + " *" * column.required, "s"
    cell.font, cell.fill = header_font(role), header_fill(role)
    cell.alignment = AMOUNT_HEADER_ALIGNMENT if column.type is ColumnType.DECIMAL else HEADER_ALIGNMENT
    cell.border = HEADER_BORDER
    dimension = sheet.column_dimensions[get_column_letter(index)]
    dimension.width = header_width(column.header, column.width)
    dimension.number_format = number_format(column.type, language)


def _dress(sheet: Worksheet, last: int) -> None:
    """Freeze and filter the header, and set the page; the filter leaves the totals alone."""
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{last}"
    sheet.print_title_rows = "1:1"
    set_page(sheet, pages_wide(sheet))
    sheet.sheet_properties.tabColor = NAVY
