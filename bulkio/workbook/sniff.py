"""What a file is by its bytes, whatever its name says: every foreign format gets a code of its own."""

from __future__ import annotations

import codecs
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from bulkio.errors import NotAWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
RAW_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""The first record of .xls streams of Excel 2 to 5 that stand outside an OLE file (MS-XLS 2.4.21)."""

SAMPLE = 1 << 16
OLE_SAMPLE = 1 << 25
TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".tab"})
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"})
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class Form(Enum):
    """How a file's bytes are laid out."""

    ARCHIVE = auto()
    """A zip archive: .xlsx and its kin, .xlsb, .ods."""
    OLD_EXCEL = auto()
    TEXT = auto()


def form_of(stream: BinaryIO, path: Path) -> Form:
    """How a file is to be read; leaves the stream at its start. Raises NotAWorkbook for what holds no table, or names itself what it is not."""
    start = stream.read(SAMPLE)
    more = stream.read(OLE_SAMPLE) if start.startswith(OLE) else b""
    stream.seek(0)
    if start.startswith(ZIP):
        return Form.ARCHIVE
    if not start:
        raise NotAWorkbook("empty_file", path=str(path))
    if start.startswith(OLE):
        return _ole_form(start + more, path)
    if start.startswith(RAW_BIFF):
        raise NotAWorkbook("old_xls", path=str(path))
    named_text = path.suffix.lower() in TEXT_SUFFIXES
    if not (named_text or _is_text(start)):
        raise NotAWorkbook("not_a_workbook", path=str(path))
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        raise NotAWorkbook("looks_like_csv", path=str(path))
    return Form.TEXT


def refuse_foreign(stream: BinaryIO, path: Path) -> None:
    """Raise NotAWorkbook unless the file is a zip archive; leaves the stream at its start."""
    form = form_of(stream, path)
    if form is not Form.ARCHIVE:
        raise NotAWorkbook("old_xls" if form is Form.OLD_EXCEL else "looks_like_csv", path=str(path))


def _ole_form(content: bytes, path: Path) -> Form:
    """An OLE file is an encrypted workbook, an .xls, or something else; the names of its streams tell."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotAWorkbook("encrypted_workbook", path=str(path))
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return Form.OLD_EXCEL
    raise NotAWorkbook("not_a_workbook", path=str(path))


def _is_text(start: bytes) -> bool:
    """Text of a table; markup is none, since a web page that is named .xlsx is no csv."""
    if start.startswith(TEXT_MARKS):
        return True
    return not start.lstrip().startswith(b"<") and not CONTROLS.intersection(start)
