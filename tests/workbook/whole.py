"""A whole workbook, ours or not, as our scanner sees its cells, and as python-calamine sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import python_calamine

from bulkio.model.table import CellKind
from bulkio.workbook import LIMITS
from bulkio.workbook.archive import open_archive
from bulkio.workbook.cells import Shapes, Strings
from bulkio.workbook.formats import shows
from bulkio.workbook.package import open_package
from bulkio.workbook.scan import Scanned, scan
from bulkio.workbook.strings import shared_strings

Cells = dict[tuple[int, int], tuple[str | None, CellKind]]
Peers = dict[tuple[int, int], object]
MOMENTS = (dt.date, dt.time, dt.timedelta)


def scanned_sheets(path: Path) -> Iterator[tuple[str, Scanned]]:
    with open_archive(path, LIMITS) as archive:
        package = open_package(archive)
        strings = Strings(shared_strings(archive, package.strings))
        shapes = Shapes(strings, shows(archive, package.styles, package.since_1904))
        for sheet in package.sheets:
            yield sheet.title, scan(archive, sheet.part, shapes)


def cells_of(scanned: Scanned) -> Cells:
    columns = (scanned.rows, scanned.columns, scanned.texts, scanned.kinds)
    listed = zip(*(column.tolist() for column in columns), strict=True)
    return {(row, column): (text, CellKind(kind)) for row, column, text, kind in listed}


def peer_cells(path: Path, title: str) -> Peers:
    """python-calamine's values by row and column, blanks left out."""
    workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    sheet = workbook.get_sheet_by_name(title)
    return {
        (row, column): value
        for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }


def differences(ours: Cells, peers: Peers) -> dict[tuple[int, int], tuple[object, object]]:
    """Cells in which the two differ beyond what is known: the peer drops errors, trims texts that lack `xml:space`, and
    makes dates of numbers before the calendar begins."""
    return {
        place: (ours.get(place), peers.get(place))
        for place in ours.keys() | peers.keys()
        if not _agree(ours.get(place, (None, CellKind.BLANK)), peers.get(place))
    }


def _agree(ours: tuple[str | None, CellKind], peer: object) -> bool:
    text, kind = ours
    if peer is None:
        return (text or "").isspace() or kind in {CellKind.BLANK, CellKind.ERROR, CellKind.UNCALCULATED}
    if isinstance(peer, bool):
        return ours == (str(peer).upper(), CellKind.BOOLEAN)
    if isinstance(peer, (int, float)):
        return kind is CellKind.NUMBER and _same_number(text or "", peer)
    if isinstance(peer, MOMENTS):
        return kind is CellKind.DATE or (kind is CellKind.NUMBER and (text or "").startswith("-"))
    return kind is CellKind.TEXT and peer in {text, (text or "").strip()}


def _same_number(text: str, peer: float) -> bool:
    """Whether the shown number is the stored one to Excel's 15 digits; a padded or percent format is another matter."""
    try:
        return Decimal(text) == Decimal(f"{peer:.15g}")
    except InvalidOperation:
        return text.endswith("%") or any(mark in text for mark in "-/ ()")
