"""Binary workbooks (.xlsb): the same cells as in .xlsx, stored as records (MS-XLSB 2.1.7)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from bulkio.model.table import CellKind
from bulkio.workbook.addresses import Area
from bulkio.workbook.archive import Archive
from bulkio.workbook.binary_records import packed_number, records, unpack, wide_string
from bulkio.workbook.book import Page
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.formats import Show, show_numbered, show_plain
from bulkio.workbook.package import relations
from bulkio.workbook.scan import Cell, Scanned, scanned_of

ROW, CELL_BLANK, CELL_RK, CELL_ERROR, CELL_BOOLEAN, CELL_REAL, CELL_TEXT, CELL_SHARED = range(8)
FORMULA_TEXT, FORMULA_NUMBER, FORMULA_BOOLEAN, FORMULA_ERROR = range(8, 12)
STRING_ITEM, FORMAT, STYLE, SHEET, PROPERTIES, MERGED, CELL_STYLES, END_CELL_STYLES = (
    19,
    44,
    47,
    156,
    153,
    176,
    617,
    618,
)
RICH_TEXT = 62
HIDDEN_ROW = 0x10
SINCE_1904 = 0x1
ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
"""Error values by their byte, in .xlsb and .xls alike (MS-XLSB 2.5.97.2)."""
NUMBERS = frozenset({CELL_RK, CELL_REAL, FORMULA_NUMBER})


@dataclass(slots=True)
class _Facts:
    """What the cells of all sheets refer to."""

    strings: list[str] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)


def binary_pages(archive: Archive, workbook: str) -> tuple[Page, ...]:
    """The sheets of a binary workbook. Raises NotAWorkbook where it is damaged."""
    related = relations(archive, workbook)
    by_type = {one.type: one.target for one in related.values() if not one.external}
    try:
        sheets, since_1904 = _sheets(archive, workbook)
        facts = _Facts(
            _strings(archive, by_type.get("sharedStrings")), _shows(archive, by_type.get("styles"), since_1904)
        )
    except Exotic as fault:
        raise archive.damaged(workbook) from fault
    parts = [(title, hidden, related[link].target) for title, hidden, link in sheets if link in related]
    return tuple(_page(archive, title, hidden, part, facts) for title, hidden, part in parts if "worksheets" in part)


def _page(archive: Archive, title: str, hidden: bool, part: str, facts: _Facts) -> Page:
    return Page(title, lambda: _scanned(archive, part, facts), hidden)


def _sheets(archive: Archive, workbook: str) -> tuple[list[tuple[str, bool, str]], bool]:
    """Title, whether it is hidden, and relation of each sheet; and whether dates count from 1904."""
    sheets = []
    since_1904 = False
    for number, data in records(archive.stream(workbook)):
        if number == SHEET:
            state = unpack("<I", data, 0)[0]
            link = wide_string(data, 8)
            after = 12 + len(link.encode("utf-16-le"))
            sheets.append((wide_string(data, after), bool(state), link))
        elif number == PROPERTIES:
            since_1904 = bool(unpack("<I", data, 0)[0] & SINCE_1904)
    return sheets, since_1904


def _strings(archive: Archive, part: str | None) -> list[str]:
    if part is None or part not in archive:
        return []
    return [wide_string(data, 1) for number, data in records(archive.stream(part)) if number == STRING_ITEM]


def _shows(archive: Archive, part: str | None, since_1904: bool) -> list[Show]:
    """How each cell style shows a number."""
    if part is None or part not in archive:
        return []
    codes: dict[int, str] = {}
    formats: list[int] = []
    in_cell_styles = False
    for number, data in records(archive.stream(part)):
        if number == FORMAT:
            codes[unpack("<H", data, 0)[0]] = wide_string(data, 2)
        elif number in {CELL_STYLES, END_CELL_STYLES}:
            in_cell_styles = number == CELL_STYLES
        elif number == STYLE and in_cell_styles:
            formats.append(unpack("<H", data, 2)[0])
    made = {one: show_numbered(one, codes, since_1904) for one in set(formats)}
    return [made[one] for one in formats]


def _scanned(archive: Archive, part: str, facts: _Facts) -> Scanned:
    hidden: set[int] = set()
    merged: list[Area] = []
    try:
        return scanned_of(
            _cells(archive, part, facts, hidden, merged), str(archive.path), archive.limits, hidden, merged
        )
    except Exotic as fault:
        raise archive.damaged(part) from fault


def _cells(archive: Archive, part: str, facts: _Facts, hidden: set[int], merged: list[Area]) -> Iterator[Cell]:
    row = 0
    for number, data in records(archive.stream(part)):
        if number == ROW:
            row = unpack("<I", data, 0)[0] + 1
            if len(data) > 11 and data[11] & HIDDEN_ROW:
                hidden.add(row)
        elif number == MERGED:
            top, bottom, left, right = unpack("<IIII", data, 0)
            merged.append(Area(left + 1, top + 1, right + 1, bottom + 1))
        elif CELL_RK <= number <= FORMULA_ERROR or number == RICH_TEXT:
            column, style = unpack("<II", data, 0)
            text, kind = _shown(number, data, style & 0xFFFFFF, facts)
            if kind is not CellKind.BLANK:
                yield row, column + 1, text, kind


def _shown(number: int, data: bytes, style: int, facts: _Facts) -> tuple[str | None, CellKind]:
    if number in NUMBERS:
        value = packed_number(unpack("<I", data, 8)[0]) if number == CELL_RK else _double(data)
        show = facts.shows[style] if style < len(facts.shows) else show_plain
        return show(repr(value))
    if number in {CELL_ERROR, FORMULA_ERROR}:
        return ERRORS.get(unpack("<B", data, 8)[0], "#N/A"), CellKind.ERROR
    if number in {CELL_BOOLEAN, FORMULA_BOOLEAN}:
        return "TRUE" if unpack("<B", data, 8)[0] else "FALSE", CellKind.BOOLEAN
    return _text(number, data, facts)


def _text(number: int, data: bytes, facts: _Facts) -> tuple[str | None, CellKind]:
    if number == CELL_SHARED:
        place = unpack("<I", data, 8)[0]
        if place >= len(facts.strings):
            raise Exotic
        text = facts.strings[place]
    else:
        text = wide_string(data, 9 if number == RICH_TEXT else 8)
    return (text, CellKind.TEXT) if text else (None, CellKind.BLANK)


def _double(data: bytes) -> float:
    if len(data) < 16:
        raise Exotic
    value: float = struct.unpack_from("<d", data, 8)[0]
    return value
