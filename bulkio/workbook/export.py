"""An agreement's records as a workbook: streamed row by row, complete or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

from openpyxl import Workbook

from bulkio.language import Language
from bulkio.workbook.export_columns import ColumnType, ExportColumn, ExportSheet
from bulkio.workbook.export_package import parts_of, write_package
from bulkio.workbook.export_sheet import Streamed, stream
from bulkio.workbook.whole import refusals_said

__all__ = ["ColumnType", "ExportColumn", "ExportSheet", "write_export"]


def write_export(target: Path, sheets: Sequence[ExportSheet], language: str) -> None:
    """Write the sheets, each with a frozen header, a filter, and formats of the language.

    Rows are read once, in order, and never all held in memory. Raises CannotWrite; the target is then as it was.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = workbook.properties.lastModifiedBy = "bulkio"
    with refusals_said(target), ExitStack() as files:
        kept = [files.enter_context(TemporaryFile()) for _ in sheets]
        streamed = [stream(workbook, sheet, rows, Language(language)) for sheet, rows in zip(sheets, kept, strict=True)]
        write_package(target, _parts(workbook, streamed))


def _parts(workbook: Workbook, streamed: Sequence[Streamed]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Openpyxl numbers the parts of its sheets in their order."""
    by_part = {f"xl/worksheets/sheet{number}.xml": one for number, one in enumerate(streamed, 1)}
    for name, content in parts_of(workbook).items():
        yield name, by_part[name].chunks(content) if name in by_part else iter((content,))
