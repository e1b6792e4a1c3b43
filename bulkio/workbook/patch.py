"""Single cells of the user's own workbook exchanged where they stand: the parts of those sheets are patched, everything else is copied byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from stat import S_IMODE

from bulkio.errors import CannotWrite
from bulkio.workbook.addresses import letters_of, number_of
from bulkio.workbook.annotate_cells import text_of
from bulkio.workbook.annotate_edges import column_styles
from bulkio.workbook.annotate_plain import plainly
from bulkio.workbook.annotate_rows import ATTRIBUTES, CELL, LAST_CELL, NUMBER, ROW_CUSTOM, STYLE
from bulkio.workbook.archive import Archive, open_archive
from bulkio.workbook.draft import Draft
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.limits import LIMITS, Limits
from bulkio.workbook.package import open_package
from bulkio.workbook.pieces import Section, decoded_text, sections
from bulkio.workbook.whole import complete_or_nothing
from bulkio.workbook.zipping import ZipWriter

FORMULA = re.compile(r"<f[ />]")


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell is to hold: a text, a number as it is spelled, or nothing (None)."""

    sheet: str
    row: int
    letter: str
    value: str | None
    number: bool = False


def patch_cells(source: Path, target: Path, cells: Sequence[CellValue], digest: str, limits: Limits = LIMITS) -> None:
    """Write `source` with these cells exchanged to `target`, which may be the same file; complete or not at all.

    `digest` is the SHA-256 of the file as it was read. Formats stay. Raises NotAWorkbook, and CannotWrite where the file was changed since,
    where a cell holds a formula, or where the target does not take it.
    """
    with complete_or_nothing(target) as stream, open_archive(source, limits) as archive:
        if archive.digest != digest:
            raise CannotWrite("workbook_changed_meanwhile", path=str(source))
        mode = S_IMODE(source.stat().st_mode)
        package = open_package(archive)
        draft = Draft(archive, package.workbook)
        parts = {sheet.title: sheet.part for sheet in package.sheets}
        for title, values in _by_sheet(cells):
            draft.put_bytes(parts[title], _patched(archive, parts[title], values))
        draft.write(ZipWriter(stream))
    target.chmod(mode)


def _by_sheet(cells: Sequence[CellValue]) -> Iterator[tuple[str, list[CellValue]]]:
    for title, found in groupby(sorted(cells, key=lambda cell: cell.sheet), key=lambda cell: cell.sheet):
        yield title, list(found)


def _patched(archive: Archive, part: str, cells: Sequence[CellValue]) -> bytes:
    """The whole part anew. What is spelled otherwise than Excel and its kin do is respelled first."""
    try:
        return "".join(_pieces(decoded_text(archive.stream(part)), cells)).encode()
    except Exotic:
        return "".join(_pieces(iter((plainly(archive, part),)), cells)).encode()


def _pieces(texts: Iterator[str], cells: Sequence[CellValue]) -> Iterator[str]:
    wanted: dict[int, dict[int, CellValue]] = {}
    for cell in cells:
        wanted.setdefault(cell.row, {})[number_of(cell.letter)] = cell
    styles: Mapping[int, int] = {}
    for section, text in sections(texts):
        if section is Section.HEAD:
            styles = column_styles(text)
        yield text if section is not Section.ROWS else _rows(text, wanted, styles)
    if wanted:
        raise Exotic


def _rows(chunk: str, wanted: dict[int, dict[int, CellValue]], styles: Mapping[int, int]) -> str:
    """Whole rows with the wanted cells exchanged; a row that was met is no longer wanted."""
    first, *rows = chunk.split("<row")
    if "<!" in chunk or "<?" in chunk or chunk.count("<c") != chunk.count(LAST_CELL):
        raise Exotic
    pieces = [first]
    for row in rows:
        opened = ATTRIBUTES.match(row)
        found = NUMBER.search(opened[1]) if opened is not None and opened[1] else None
        if opened is None or found is None:
            raise Exotic
        cells = wanted.pop(int(found[1]), None)
        pieces.append("<row" + (row if cells is None else _row(row, opened, cells, styles)))
    return "".join(pieces)


def _row(row: str, opened: re.Match[str], wanted: Mapping[int, CellValue], styles: Mapping[int, int]) -> str:
    end = row.rfind("</row>")
    if opened[2] or end < 0:
        raise Exotic
    body = row[opened.end() : end]
    found = {number_of(cell[1]): cell[0] for cell in CELL.finditer(body)}
    left = CELL.sub("", body)
    if "<c" in left:
        raise Exotic
    for column, cell in wanted.items():
        found[column] = _cell(cell, found.get(column), _bare_style(opened[1], column, styles))
    return f"{row[: opened.end()]}{''.join(found[column] for column in sorted(found))}{left}{row[end:]}"


def _bare_style(attributes: str, column: int, styles: Mapping[int, int]) -> str:
    """The style of a cell that is not there yet: its row's, or its column's."""
    found = STYLE.search(attributes) if ROW_CUSTOM.search(attributes) else None
    style = found[1] if found else styles.get(column)
    return f' s="{style}"' if style else ""


def _cell(cell: CellValue, before: str | None, bare: str) -> str:
    """The cell's new spelling, in its old style. A formula stays: what hangs on it is not ours to know."""
    style = bare
    if before is not None:
        if FORMULA.search(before):
            raise CannotWrite("cell_holds_a_formula", sheet=cell.sheet, cell=f"{cell.letter}{cell.row}")
        found = STYLE.search(before, 0, before.index(">"))
        style = found[0] if found else ""
    address = f'<c r="{letters_of(number_of(cell.letter))}{cell.row}"{style}'
    if cell.value is None:
        return f"{address}/>"
    if cell.number:
        return f"{address}><v>{cell.value}</v></c>"
    return address + text_of(cell.value)
