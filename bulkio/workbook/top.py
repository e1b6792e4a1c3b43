"""The first rows of a sheet, without reading the rest: enough to find its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bulkio.workbook.addresses import number_of
from bulkio.workbook.archive import Archive
from bulkio.workbook.canonical import SheetWriter, canonical
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.headers import WINDOW
from bulkio.workbook.pieces import Section, decoded_text, sections
from bulkio.workbook.strings import joined, picked_strings
from bulkio.workbook.text import decoded, unescaped

ROW = re.compile(r'<row\b[^>]*? r="([0-9]{1,7})"[^>]*?(?<!/)>(.*?)</row>', re.DOTALL)
CELL = re.compile(r'<c r="([A-Z]{1,3})[0-9]{1,7}"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
TYPE = re.compile(r' t="(\w+)"')
VALUE = re.compile(r"<v(?: [^>]*)?>([^<]*)</v>")

Rows = dict[int, dict[int, str]]


def first_rows(archive: Archive, part: str, strings: str | None) -> Rows:
    """Texts by row and column of the first rows that hold something."""
    try:
        rows = _taken(sections(decoded_text(archive.stream(part))))
    except Exotic:
        rows = _canonical(archive, part)
    wanted = {int(value) for cells in rows.values() for shared, value in cells.values() if shared and value.isdigit()}
    texts = picked_strings(archive, strings, wanted)
    return {
        row: {
            column: text for column, (shared, value) in cells.items() if (text := _text(shared, value, texts)).strip()
        }
        for row, cells in rows.items()
    }


def _canonical(archive: Archive, part: str) -> dict[int, dict[int, tuple[bool, str]]]:
    try:
        return _taken(sections(canonical(archive, part, SheetWriter())))
    except Exotic as fault:
        raise archive.damaged(part) from fault


def _text(shared: bool, value: str, texts: dict[int, str]) -> str:
    if shared:
        return texts.get(int(value), "") if value.isdigit() else ""
    return value


def _taken(pieces: Iterable[tuple[Section, str]]) -> dict[int, dict[int, tuple[bool, str]]]:
    """Cells with a value in the first rows, as (shared string?, value)."""
    rows: dict[int, dict[int, tuple[bool, str]]] = {}
    for section, text in pieces:
        if section is not Section.ROWS:
            continue
        if text.count("<row") and ' r="' not in text:
            raise Exotic
        for number, body in ROW.findall(text):
            cells = dict(_cells(body))
            if cells:
                rows[int(number)] = cells
            if len(rows) >= WINDOW:
                return rows
    return rows


def _cells(body: str) -> Iterator[tuple[int, tuple[bool, str]]]:
    if body.count("<c") != body.count('<c r="'):
        raise Exotic
    for letters, attributes, content in CELL.findall(body):
        found = TYPE.search(attributes)
        type_ = found[1] if found else "n"
        value = VALUE.search(content)
        text = joined(content) if type_ == "inlineStr" else value[1] if value else ""
        if text:
            yield number_of(letters), (type_ == "s", text if type_ == "s" else decoded(unescaped(text)))
