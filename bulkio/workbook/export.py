"""An agreement's records as a workbook: streamed row by row, complete or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

from openpyxl import Workbook

from bulkio.language import Language
from bulkio.workbook.export_columns import ColumnType, ExportColumn, ExportSheet
from bulkio.workbook.export_overview import Block, Formula, Link, Overview, Written, span, write_overview
from bulkio.workbook.export_package import parts_of, write_package
from bulkio.workbook.export_sheet import Streamed, stream
from bulkio.workbook.whole import refusals_said

__all__ = [
    "Block",
    "ColumnType",
    "ExportColumn",
    "ExportSheet",
    "Formula",
    "Link",
    "Overview",
    "span",
    "write_export",
]


def write_export(target: Path, sheets: Sequence[ExportSheet], language: str, overview: Overview | None = None) -> None:
    """Write the sheets, each with a frozen header, a filter, and formats of the language; the overview stands before them.

    Rows are read once, in order, and never all held in memory. Raises CannotWrite; the target is then as it was.
    """
    workbook, spoken = Workbook(), Language(language)
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = workbook.properties.lastModifiedBy = "bulkio"
    with refusals_said(target), ExitStack() as files:
        front = None if overview is None else write_overview(workbook, overview, spoken)
        kept = [files.enter_context(TemporaryFile()) for _ in sheets]
        streamed = [stream(workbook, sheet, rows, spoken) for sheet, rows in zip(sheets, kept, strict=True)]
        write_package(target, _parts(workbook, front, streamed))


def _parts(
    workbook: Workbook, front: Written | None, streamed: Sequence[Streamed]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Openpyxl numbers the parts of its sheets in their order."""
    first = 1 if front is None else 2
    by_part = {f"xl/worksheets/sheet{number}.xml": one for number, one in enumerate(streamed, first)}
    for name, content in parts_of(workbook).items():
        if name in by_part:
            yield name, by_part[name].chunks(content)
        elif front is not None and name == "xl/worksheets/sheet1.xml":
            yield name, iter((front.part(content),))
        else:
            yield name, iter((content,))
