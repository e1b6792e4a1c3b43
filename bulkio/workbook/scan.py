"""The streaming scan of a sheet: patterns over whole rows at a time, columns of values out, nothing lost.

Nothing is skipped over: what stands between matched cells must be the tags of rows, every spelling of a cell's attributes is read strictly
once, and so is everything in a cell beside its value. Whatever does not fit raises Exotic, and the part is respelled by a full parser
(`canonical`) and scanned again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import compress, islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bulkio.errors import NotAWorkbook
from bulkio.model.table import CellKind
from bulkio.workbook.addresses import Area, area_of, number_of
from bulkio.workbook.archive import Archive
from bulkio.workbook.canonical import SheetWriter, canonical
from bulkio.workbook.cells import Shapes
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.limits import Limits
from bulkio.workbook.pieces import Section, decoded_text, sections

CELL = re.compile(
    r'<c r="([A-Z]{1,3}+)[0-9]{1,7}+"([^>]{0,200}+)>'
    r'(?:<(?:v|is><t(?: xml:space="preserve")?)>([^<]*+)</(?:v|t></is)></c>|(?<=/>)|'
    r"((?:[^<]*+<(?!/?c[ >]))*+[^<]*+)</c>)"
)
"""A cell: its column, its other attributes, its value, or whatever else it holds. `CELL.split` gives these in turn, and what is between.

No part of it can run past the next cell: where a cell is never closed, the time spent must not grow with the square of what follows.
"""

GROUPS = CELL.groups + 1
EMPTY_ROWS = r"(?:<row(?: [^<>]*)?(?:/>|>\s*</row>)\s*)*+"
NEXT = re.compile(r"(?:</row>)?<row( [^<>]*)(?<!/)>")
"""What stands before a row's first cell as a rule; `OPENS` is the whole truth, and slower."""
OPENS = re.compile(rf"\s*(?:</row>\s*)?{EMPTY_ROWS}<row( [^<>]*)>\s*")
CLOSES = re.compile(rf"\s*(?:</row>\s*)?{EMPTY_ROWS}")
ROW_NUMBER = re.compile(r' r="([0-9]{1,7})"')
HIDDEN = re.compile(r' hidden="(?:1|true)"')
MERGED = re.compile(r'<mergeCell\b[^>]*\bref="([^"]*)"')

Item = TypeVar("Item", bound=np.generic)
Objects = NDArray[np.object_]
Kinds = NDArray[np.uint8]
Order = NDArray[np.int32]


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


Cell = tuple[int, int, str | None, CellKind]
"""Row, column, what it shows, what it stores."""
BATCH = 1 << 16


def scanned_of(
    cells: Iterable[Cell],
    path: str,
    limits: Limits,
    hidden: Collection[int] = (),
    merged: Collection[Area] = (),
) -> Scanned:
    """The cells of a page of another format, within the same limits; `hidden` and `merged` may fill while the cells come."""
    gathered = _Gathered()
    cells = iter(cells)
    while batch := list(islice(cells, BATCH)):
        rows, columns, texts, kinds = zip(*batch, strict=True)
        gathered.count += len(batch)
        refuse_beyond(path, "cells", gathered.count, limits.cells)
        column: Objects = np.empty(len(texts), object)
        column[:] = texts
        refuse_beyond(path, "rows", max(rows), limits.rows)
        refuse_beyond(path, "columns", max(columns), limits.columns)
        gathered.rows.append(np.array(rows, np.int32))
        gathered.columns.append(np.array(columns, np.int32))
        gathered.texts.append(column)
        gathered.kinds.append(np.array(kinds, np.uint8))
    gathered.merged = tuple(merged)
    gathered.hidden = set(hidden)
    return _complete(gathered, path, limits)


def refuse_beyond(path: str, what: str, found: int, limit: int) -> None:
    """Raise NotAWorkbook for what passes a limit."""
    if found > limit:
        raise NotAWorkbook("too_large", path=path, what=what, found=found, limit=limit)


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
        raise archive.damaged(part) from fault


def _scanned(texts: Iterable[str], archive: Archive, shapes: Shapes) -> Scanned:
    gathered = _Gathered()
    for section, text in sections(texts):
        if section is Section.ROWS:
            _gather(text, gathered, shapes, archive)
            refuse_beyond(str(archive.path), "cells", gathered.count, archive.limits.cells)
        elif section is Section.TAIL:
            gathered.merged = tuple(area for area in map(area_of, MERGED.findall(text)) if area is not None)
    return _complete(gathered, str(archive.path), archive.limits)


def _complete(gathered: _Gathered, path: str, limits: Limits) -> Scanned:
    scanned = Scanned(
        rows=_joined(gathered.rows, np.int32),
        columns=_joined(gathered.columns, np.int32),
        texts=_joined(gathered.texts, np.object_),
        kinds=_joined(gathered.kinds, np.uint8),
        hidden=frozenset(gathered.hidden),
        merged=gathered.merged,
    )
    refuse_beyond(path, "rows", int(scanned.rows.max(initial=0)), limits.rows)
    refuse_beyond(path, "columns", int(scanned.columns.max(initial=0)), limits.columns)
    return scanned


def _joined(pieces: list[NDArray[Item]], kind: type[Item]) -> NDArray[Item]:
    return np.concatenate(pieces) if pieces else np.empty(0, kind)


def _gather(text: str, gathered: _Gathered, shapes: Shapes, archive: Archive) -> None:
    pieces = CELL.split(text)
    between = pieces[::GROUPS]
    if CLOSES.fullmatch(between.pop()) is None:
        raise Exotic
    count = len(between)
    if not count:
        return
    gathered.count += count
    rows = _rows(between, gathered.hidden)
    _check_lengths(text, pieces, archive)
    columns = np.fromiter(map(COLUMNS.__getitem__, pieces[1::GROUPS]), np.int32, count)
    order = np.fromiter(map(shapes.__getitem__, pieces[2::GROUPS]), np.int32, count)
    texts, kinds = _shown(order, pieces[3::GROUPS], pieces[4::GROUPS], shapes)
    kept = kinds != CellKind.BLANK
    gathered.rows.append(rows[kept])
    gathered.columns.append(columns[kept])
    gathered.texts.append(texts[kept])
    gathered.kinds.append(kinds[kept])


def _check_lengths(text: str, pieces: list[str], archive: Archive) -> None:
    limit = archive.limits.text
    if len(text) > limit:
        longest = max((len(piece) for piece in (*pieces[3::GROUPS], *pieces[4::GROUPS]) if piece), default=0)
        if longest > limit:
            raise archive.too_large("characters in a cell", longest, limit)


def _rows(between: list[str], hidden: set[int]) -> NDArray[np.int32]:
    """The row of each cell, from the row that opens before it; raises Exotic where something else stands between cells."""
    count = len(between)
    starts, numbers = [], []
    for place in compress(range(count), between):
        opened = NEXT.fullmatch(between[place]) or OPENS.fullmatch(between[place])
        if opened is not None:
            starts.append(place)
            numbers.append(_row_number(opened[1], hidden))
        elif not between[place].isspace():
            raise Exotic
    if not starts or starts[0]:
        raise Exotic
    return np.repeat(np.array(numbers, np.int32), np.diff(starts, append=count))


def _row_number(attributes: str, hidden: set[int]) -> int:
    found = ROW_NUMBER.search(attributes)
    if found is None:
        raise Exotic
    number = int(found[1])
    if HIDDEN.search(attributes) is not None:
        hidden.add(number)
    return number


def _shown(order: Order, values: list[str | None], rests: list[str | None], shapes: Shapes) -> tuple[Objects, Kinds]:
    """What the cells show and of which kind; cells of one spelling are shown together."""
    count = len(values)
    texts: Objects = np.empty(count, object)
    kinds: Kinds = np.zeros(count, np.uint8)
    stored: Objects = np.empty(count, object)
    stored[:] = values
    if any(rests):
        for place in list(compress(range(count), rests)):
            texts[place], kinds[place] = shapes.at(int(order[place])).show_rest(rests[place] or "")
            order[place] = -1
    for number in np.unique(order).tolist():
        if number >= 0 and not shapes.at(number).blank:
            places = np.flatnonzero(order == number)
            texts[places], kinds[places] = shapes.at(number).show(stored[places].tolist())
    return texts, kinds


class _Columns(dict[str, int]):
    """Numbers of columns by their letters; a plain dictionary is quicker than a cached function."""

    def __missing__(self, letters: str) -> int:
        self[letters] = number = number_of(letters)
        return number


COLUMNS = _Columns()
