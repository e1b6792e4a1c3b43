"""The sheet in front of an export: what it is, totals that are formulas, and charts of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.language import Language
from bulkio.workbook.addresses import letters_of
from bulkio.workbook.export_cells import plain_number
from bulkio.workbook.export_columns import ExportSheet
from bulkio.workbook.styles import (
    AMOUNT_FORMAT,
    AMOUNT_HEADER_ALIGNMENT,
    DATE_FORMATS,
    HEADER_BORDER,
    NAVY,
    RULED,
    TEXT_ALIGNMENT,
    WHOLE_FORMAT,
    WRAPPED,
    Role,
    font,
    header_fill,
    header_font,
    set_page,
)

WIDTHS = (44, 28, 28, 28)
CHART_COLUMN = "F"
CHART_ROWS = 13
"""Rows that a chart covers."""
_FORMULA = re.compile(
    rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?/>|(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v></v>'
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of English names without its sign of equality, and the value it has."""

    text: str
    value: Decimal | int


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a sheet."""

    text: str
    sheet: str


Value = str | int | Decimal | date | Formula | Link | None


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines below a heading, and below headers where there are any. `chart` is the number of the column that a chart shows by the first one."""

    heading: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    chart: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The sheet's title and its blocks, from the top."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The sheet as openpyxl has it, and the values of its formulas by address, which openpyxl cannot keep."""

    sheet: Worksheet
    values: dict[str, str] = field(default_factory=dict)

    def part(self, content: bytes) -> bytes:
        """The sheet's part with the values beside their formulas, for readers that do not calculate."""
        return _FORMULA.sub(self._valued, content)

    def _valued(self, found: re.Match[bytes]) -> bytes:
        head, address = (found[1], found[2]) if found[1] else (found[3], found[4])
        return head + f"<v>{self.values[address.decode()]}</v>".encode()


def span(sheet: ExportSheet, header: str, rows: int) -> str:
    """The cells of a column below its header; `rows` is how many there are, at least one."""
    at = next(number for number, column in enumerate(sheet.columns, 1) if column.header == header)
    letter, title = letters_of(at), sheet.title.replace("'", "''")
    return f"'{title}'!${letter}$2:${letter}${rows + 1}"


def write_overview(workbook: Workbook, overview: Overview, language: Language) -> Written:
    """Make the sheet as the workbook's next one."""
    sheet = workbook.create_sheet(overview.title)
    written = Written(sheet)
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = NAVY
    row, free = 1, 1
    for block in overview.blocks:
        first = _write_block(written, block, row, language)
        row = first + len(block.rows) + 1
        if block.chart is not None and block.rows:
            _draw(sheet, block, first, free)
            free += CHART_ROWS
    set_page(sheet, 1)
    return written


def _write_block(written: Written, block: Block, row: int, language: Language) -> int:
    """Write a block; gives the row of its first line."""
    sheet = written.sheet
    title = sheet.cell(row, 1)
    _say(title, block.heading)
    title.font = font(size=14, color=NAVY, bold=True)
    if block.headers:
        row += 1
        for column, text in enumerate(block.headers, 1):
            cell = sheet.cell(row, column)
            _say(cell, text)
            cell.font, cell.fill, cell.border = header_font(Role.OPTIONAL), header_fill(Role.OPTIONAL), HEADER_BORDER
            cell.alignment = WRAPPED if column == 1 else AMOUNT_HEADER_ALIGNMENT
    for line, values in enumerate(block.rows, row + 1):
        for column, value in enumerate(values, 1):
            _write(written, sheet.cell(line, column), value, language)
    return row + 1


def _write(written: Written, cell: Cell | MergedCell, value: Value, language: Language) -> None:
    cell.font, cell.border, cell.alignment = font(), RULED, WRAPPED
    if isinstance(value, Formula):
        cell.value = f"={value.text}"
        written.values[cell.coordinate] = plain_number(value.value)
        value = value.value
    elif isinstance(value, Link):
        _say(cell, value.text)
        sheet = value.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
        cell.font = font(color=NAVY)
    elif isinstance(value, str):
        _say(cell, value)
        cell.alignment = WRAPPED if cell.column == 1 else TEXT_ALIGNMENT
    else:
        cell.value = value
    cell.number_format = _shown(value, language)


def _shown(value: Value, language: Language) -> str:
    if isinstance(value, date):
        return DATE_FORMATS[language]
    if isinstance(value, Decimal):
        return AMOUNT_FORMAT
    return WHOLE_FORMAT if isinstance(value, int) else "General"


def _say(cell: Cell | MergedCell, text: str) -> None:
    """Text is text, whatever it begins with."""
    cell.value = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", text)
    cell.data_type = "s"


def _draw(sheet: Worksheet, block: Block, first: int, at: int) -> None:
    last = first + len(block.rows) - 1
    column = block.chart or 0
    chart = BarChart()
    chart.type, chart.title, chart.legend = "col", block.heading, None
    chart.height, chart.width = 6.4, 17
    chart.add_data(Reference(sheet, min_col=column + 1, min_row=first - 1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.series[0].graphicalProperties.solidFill = NAVY
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    sheet.add_chart(chart, f"{CHART_COLUMN}{at}")
