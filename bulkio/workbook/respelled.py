"""A workbook of another kind as .xlsx, so that results can be written into it: every sheet, every cell at its own place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.table import CellKind
from bulkio.workbook.addresses import letters_of
from bulkio.workbook.archive import archive_of, open_file
from bulkio.workbook.book import Book
from bulkio.workbook.limits import LIMITS, Limits
from bulkio.workbook.opening import open_book
from bulkio.workbook.package import is_opendocument, main_part
from bulkio.workbook.scan import Scanned
from bulkio.workbook.sniff import Form, form_of
from bulkio.workbook.text import attribute, encoded

PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
"""What Excel takes in no sheet's title; a text file's name may have it."""
LONGEST_TITLE = 31
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@contextmanager
def annotatable(path: Path, answers: Answers = AS_FOUND, limits: Limits = LIMITS) -> Iterator[Path]:
    """The workbook itself where its parts can be patched, else a copy as .xlsx for the time of the block.

    Raises what reading raises.
    """
    if _is_patchable(path, limits):
        yield path
        return
    with TemporaryDirectory(prefix="bulkio-") as folder:
        copy = Path(folder) / "workbook.xlsx"
        with open_book(path, answers, limits) as book:
            _write(book, copy)
        yield copy


def _is_patchable(path: Path, limits: Limits) -> bool:
    with open_file(path, limits) as (stream, digest):
        if form_of(stream, path) is not Form.ARCHIVE:
            return False
        with archive_of(stream, path, digest, limits) as archive:
            return not is_opendocument(archive) and not (main_part(archive) or "").endswith(".bin")


def _write(book: Book, target: Path) -> None:
    titles = list(enumerate((_title(page.title) for page in book.pages), 1))
    sheets = "".join(f'<sheet name="{attribute(title)}" sheetId="{at}" r:id="rId{at}"/>' for at, title in titles)
    related = "".join(_relation(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at, _ in titles)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _content_types(len(titles)))
        archive.writestr("_rels/.rels", _relations(_relation("rId1", "officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/workbook.xml",
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relations(related + _relation("rStyles", "styles", "styles.xml"))
        )
        archive.writestr("xl/styles.xml", STYLES)
        for at, page in enumerate(book.pages, 1):
            with archive.open(f"xl/worksheets/sheet{at}.xml", "w") as part:
                part.write(f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
                for row in _rows(page.scan()):
                    part.write(row.encode())
                part.write(b"</sheetData></worksheet>")


def _title(title: str) -> str:
    return FORBIDDEN.sub("_", title)[:LONGEST_TITLE] or "Sheet"


def _content_types(sheets: int) -> str:
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{listed}</Types>'
    )


def _relations(listed: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _relation(one: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{one}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _rows(scanned: Scanned) -> Iterator[str]:
    """The rows as XML, in order; the last of two cells at one place counts, as in reading."""
    order = np.lexsort((scanned.columns, scanned.rows))
    columns = (scanned.rows, scanned.columns, scanned.texts, scanned.kinds)
    rows: dict[int, dict[int, str]] = {}
    for row, column, text, kind in zip(*(column[order].tolist() for column in columns), strict=True):
        if row not in rows:
            yield from _row(rows, scanned.hidden)
            rows = {row: {}}
        rows[row][column] = _cell(f"{letters_of(column)}{row}", text, CellKind(kind))
    yield from _row(rows, scanned.hidden)


def _row(rows: dict[int, dict[int, str]], hidden: frozenset[int]) -> Iterator[str]:
    for row, cells in rows.items():
        mark = ' hidden="1"' if row in hidden else ""
        yield f'<row r="{row}"{mark}>{"".join(cells.values())}</row>'


def _cell(address: str, text: str | None, kind: CellKind) -> str:
    """Numbers and truths as such, everything else as text that no program changes."""
    if text is None:
        return ""
    if kind is CellKind.NUMBER and PLAIN.fullmatch(text):
        return f'<c r="{address}"><v>{text}</v></c>'
    if kind is CellKind.BOOLEAN:
        return f'<c r="{address}" t="b"><v>{int(text == "TRUE")}</v></c>'
    if kind is CellKind.ERROR:
        return f'<c r="{address}" t="e"><v>{encoded(text)}</v></c>'
    return f'<c r="{address}" s="1" t="inlineStr"><is><t xml:space="preserve">{encoded(text)}</t></is></c>'
