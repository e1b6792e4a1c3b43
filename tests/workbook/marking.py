"""Workbooks to annotate, and what other programs see in the result."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.language import Language
from bulkio.workbook import Annotation, CellMark, RowMark, Tone, headings

OURS_BEGINS = "bulkio:\n"
HEADERS = ("Customer number", "Name", "Customer group", "Currency", "Payment terms", "VAT zone", "Email")
OFFICE_SECONDS = 120


def customers(path: Path, rows: int = 4, header_row: int = 1) -> Path:
    """A customers workbook with a look of its own, saved by openpyxl."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Customers"
    for column, header in enumerate(HEADERS, 1):
        sheet.cell(header_row, column, header)
    for number in range(rows):
        values: tuple[str | int, ...] = (1000 + number, f"Kunde {number}", 1, "DKK", 1, 1, f"k{number}@example.dk")
        for column, value in enumerate(values, 1):
            sheet.cell(header_row + 1 + number, column, value)
    workbook.save(path)
    return path


def row(
    number: int, status: str = "created", message: str = "", tone: Tone = Tone.GOOD, sheet: str = "Customers"
) -> RowMark:
    return RowMark(sheet, number, status, status, 1000 + number, message, tone)


def fault(number: int, letter: str, text: str = "Wrong.", tone: Tone = Tone.BAD, sheet: str = "Customers") -> CellMark:
    return CellMark(sheet, number, letter, text, tone)


def marks(
    rows: tuple[RowMark, ...], cells: tuple[CellMark, ...] = (), language: Language = Language.ENGLISH
) -> Annotation:
    return Annotation(
        headings(language), rows, cells, (("Rows", str(len(rows))), ("Run", "20260101-0000-abcd")), "bulkio"
    )


def sheet_of(path: Path, title: str = "Customers") -> Worksheet:
    return openpyxl.load_workbook(path)[title]


def values(path: Path, title: str = "Customers") -> list[list[object]]:
    return [list(one) for one in sheet_of(path, title).iter_rows(values_only=True)]


def notes(path: Path, title: str = "Customers") -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for line in sheet_of(path, title).iter_rows()
        for cell in line
        if cell.comment
    }


def fills(path: Path, title: str = "Customers") -> dict[str, str]:
    return {
        cell.coordinate: str(cell.fill.start_color.rgb)
        for line in sheet_of(path, title).iter_rows()
        for cell in line
        if cell.fill.fill_type == "solid"
    }


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(path: Path, changed: dict[str, bytes]) -> Path:
    """The workbook with some parts exchanged."""
    whole = parts(path) | changed
    with ZipFile(path, "w") as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return path


def elements(part: bytes) -> list[str]:
    """The children of a worksheet in the order in which they stand."""
    from lxml import etree

    return [etree.QName(one).localname for one in etree.fromstring(part)]


def by_libreoffice(path: Path, folder: Path) -> Path:
    """What LibreOffice makes of a workbook when it opens and saves it; skips where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    out = folder / "by-libreoffice"
    words = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{folder}/office",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*words, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=OFFICE_SECONDS)
    return out / path.with_suffix(".xlsx").name


def changed_parts(before: Path, after: Path) -> set[str]:
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


OURS = re.compile(
    r"(?:.*[/\\])?(workbook|styles|comments\d*|comment\d+|sheet\d+|table\d+)\.xml|\[Content_Types\]\.xml|.*\.rels|.*\.vml"
)
"""Parts that an annotation may change or add."""
