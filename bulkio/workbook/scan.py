"""The streaming scan of a sheet: patterns over whole rows at a time, columns of values out, nothing lost.

A count guards it: as many cells must be matched as `<c` is seen, and every spelling of a cell's attributes is read strictly once. Whatever
does not fit raises Exotic, and the part is respelled by a full parser (`canonical`) and scanned again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bulkio.model.table import CellKind
from bulkio.workbook.addresses import Area, area_of, number_of
from bulkio.workbook.archive import Archive
from bulkio.workbook.canonical import SheetWriter, canonical
from bulkio.workbook.cells import Shape, Shapes
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.pieces import Section, decoded_text, sections

CELL = re.compile(r'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>(?:(?<=/>)|(?:<v>([^<]*)</v>)?(.*?)</c>)', re.DOTALL)
ROW = re.compile(r"<row\b([^>]*)>")
ROW_NUMBER = re.compile(r' r="([0-9]{1,7})"')
HIDDEN = re.compile(r' hidden="(?:1|true)"')
MERGED = re.compile(r'<mergeCell\b[^>]*\bref="([^"]*)"')

Objects = NDArray[np.object_]


@dataclass(slots=True)
class Scanned:
    """The cells of a sheet that hold something, in the order in which they stand: four columns of equal length."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    texts: Objects
    kinds: NDArray[np.uint8]
    hidden: frozenset[int]
    merged: tuple[Area, ...]


@dataclass(slots=True)
class _Gathered:
    rows: list[NDArray[np.int32]] = field(default_factory=list)
    columns: list[NDArray[np.int32]] = field(default_factory=list)
    texts: list[Objects] = field(default_factory=list)
    kinds: list[NDArray[np.uint8]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    merged: tuple[Area, ...] = ()
    count: int = 0


def scan(archive: Archive, part: str, shapes: Shapes) -> Scanned:
    """Scan a sheet part; raises NotAWorkbook where it is damaged, unsafe or too large."""
    try:
        return _scanned(decoded_text(archive.stream(part)), archive, shapes)
    except Exotic:
        return scan_canonical(archive, part, shapes)


def scan_canonical(archive: Archive, part: str, shapes: Shapes) -> Scanned:
    """Scan a sheet part by way of the full parser."""
    try:
        return _scanned(canonical(archive, part, SheetWriter()), archive, shapes)
    except Exotic as fault:
        raise archive.damaged(f"the part {part} cannot be understood") from fault


def _scanned(texts: Iterable[str], archive: Archive, shapes: Shapes) -> Scanned:
    gathered = _Gathered()
    for section, text in sections(texts):
        if section is Section.ROWS:
            _gather(text, gathered, shapes)
            if gathered.count > archive.limits.cells:
                raise archive.too_large("the number of cells", gathered.count, archive.limits.cells)
        elif section is Section.TAIL:
            gathered.merged = tuple(area for area in map(area_of, MERGED.findall(text)) if area is not None)
    scanned = Scanned(
        rows=_joined(gathered.rows, np.int32),
        columns=_joined(gathered.columns, np.int32),
        texts=_joined(gathered.texts, np.object_),
        kinds=_joined(gathered.kinds, np.uint8),
        hidden=frozenset(gathered.hidden),
        merged=gathered.merged,
    )
    _check_extent(scanned, archive)
    return scanned


def _joined(pieces: list[NDArray], kind: type) -> NDArray:
    return np.concatenate(pieces) if pieces else np.empty(0, kind)


def _check_extent(scanned: Scanned, archive: Archive) -> None:
    for what, found, limit in (
        ("the last row", scanned.rows, archive.limits.rows),
        ("the last column", scanned.columns, archive.limits.columns),
    ):
        last = int(found.max(initial=0))
        if last > limit:
            raise archive.too_large(what, last, limit)


def _gather(text: str, gathered: _Gathered, shapes: Shapes) -> None:
    cells = CELL.findall(text)
    if len(cells) != text.count("<c"):
        raise Exotic
    _gather_hidden(text, gathered.hidden)
    if not cells:
        return
    letters, rows, attributes, values, rests = zip(*cells, strict=True)
    count = len(cells)
    gathered.count += count
    order = np.fromiter(map(shapes.__getitem__, attributes), np.int32, count)
    texts, kinds = _shown(order, values, rests, shapes)
    kept = kinds != CellKind.BLANK
    gathered.rows.append(np.fromiter(map(int, rows), np.int32, count)[kept])
    gathered.columns.append(np.fromiter(map(number_of, letters), np.int32, count)[kept])
    gathered.texts.append(texts[kept])
    gathered.kinds.append(kinds[kept])


def _shown(
    order: NDArray[np.int32], values: tuple[str, ...], rests: tuple[str, ...], shapes: Shapes
) -> tuple[Objects, NDArray[np.uint8]]:
    """What the cells show and of which kind; cells of one spelling are shown together."""
    count = len(values)
    texts: Objects = np.empty(count, object)
    kinds = np.zeros(count, np.uint8)
    stored: Objects = np.empty(count, object)
    stored[:] = values
    for number in np.unique(order).tolist():
        shape: Shape = shapes.at(number)
        if shape.blank:
            continue
        places = np.flatnonzero(order == number)
        texts[places], kinds[places] = shape.show(stored[places].tolist())
    if any(rests):
        for place in [place for place, rest in enumerate(rests) if rest]:
            texts[place], kinds[place] = shapes.at(int(order[place])).show_rest(values[place], rests[place])
    return texts, kinds


def _gather_hidden(text: str, hidden: set[int]) -> None:
    if HIDDEN.search(text) is None:
        return
    for attributes in ROW.findall(text):
        if HIDDEN.search(attributes):
            number = ROW_NUMBER.search(attributes)
            if number is None:
                raise Exotic
            hidden.add(int(number[1]))
