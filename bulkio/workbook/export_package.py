"""A workbook's parts on their way to disk: the same bytes for the same content, complete or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from bulkio.workbook.whole import complete_or_nothing

CONTENT_TYPES = "[Content_Types].xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Every part carries this date: the time of writing would make two equal workbooks differ."""


def parts_of(workbook: Workbook) -> dict[str, bytes]:
    """The parts of an openpyxl workbook, the list of content types first, as other readers expect it.

    The writer is called directly since `Workbook.save` stamps the time of saving into the properties.
    """
    stream = BytesIO()
    ExcelWriter(workbook, ZipFile(stream, "w")).save()
    with ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return {CONTENT_TYPES: parts.pop(CONTENT_TYPES), **parts}


def write_package(target: Path, parts: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write the parts as an .xlsx beside the target, then put it in the target's place.

    Raises CannotWrite where the folder or the file does not take it; the target is then as it was.
    """
    with complete_or_nothing(target) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, chunks in parts:
            with archive.open(_entry(name), "w") as part:
                for chunk in chunks:
                    part.write(chunk)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, date_time=EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    return entry
