"""What a file is by its bytes, whatever its name says: every foreign format gets a code of its own."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from bulkio.errors import NotAWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
RAW_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""The first record of .xls streams of Excel 2 to 5 that stand outside an OLE file (MS-XLS 2.4.21)."""

SAMPLE = 1 << 16
OLE_SAMPLE = 1 << 25
TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def refuse_foreign(stream: BinaryIO, path: str) -> None:
    """Raise NotAWorkbook unless the file is a zip archive; leaves the stream at its start."""
    start = stream.read(SAMPLE)
    if start.startswith(ZIP):
        stream.seek(0)
        return
    if not start:
        raise NotAWorkbook("empty_file", path=path)
    if start.startswith(OLE):
        raise NotAWorkbook(_ole_code(start + stream.read(OLE_SAMPLE)), path=path)
    if start.startswith(RAW_BIFF):
        raise NotAWorkbook("old_xls", path=path)
    raise NotAWorkbook("looks_like_csv" if _is_text(start) else "not_a_workbook", path=path)


def _ole_code(content: bytes) -> str:
    """An OLE file is an encrypted workbook, an .xls, or something else; the names of its streams tell."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted_workbook"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "old_xls"
    return "not_a_workbook"


def _is_text(start: bytes) -> bool:
    """Text of a table; markup is none, since a web page that is named .xlsx is no csv."""
    if start.startswith(TEXT_MARKS):
        return True
    return not start.lstrip().startswith(b"<") and not CONTROLS.intersection(start)
