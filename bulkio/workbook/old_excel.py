"""Old workbooks (.xls): python-calamine reads the values, a pass over the records what it hides.

That is error cells, which it shows as blanks, the formats that pad a number with zeros or make it a date, hidden rows and merged cells (MS-XLS 2.4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path

import python_calamine

from bulkio.errors import NotAWorkbook
from bulkio.model.table import CellKind
from bulkio.workbook.addresses import Area
from bulkio.workbook.binary import ERRORS
from bulkio.workbook.binary_records import unpack
from bulkio.workbook.book import Page
from bulkio.workbook.compound import workbook_stream
from bulkio.workbook.dates import iso
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.formats import Show, show_numbered, show_plain
from bulkio.workbook.limits import Limits
from bulkio.workbook.scan import Cell, Scanned, scanned_of

FORMULA, END, SINCE_1904, PASSWORD, SHEET, MANY_NUMBERS, STYLE, MERGED = 0x06, 0x0A, 0x22, 0x2F, 0x85, 0xBD, 0xE0, 0xE5
NUMBER, ERROR_OR_BOOLEAN, ROW, PACKED, FORMAT = 0x203, 0x205, 0x208, 0x27E, 0x41E
CELLS = frozenset({FORMULA, NUMBER, ERROR_OR_BOOLEAN, PACKED})
BEGINS = frozenset({0x09, 0x209, 0x409, 0x809})
HIDDEN_ROW = 0x20
EPOCH, EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
Place = tuple[int, int]


@dataclass(slots=True)
class _Facts:
    """What one sheet's records say beside its values: styles and errors by row and column, counted from 1."""

    styles: dict[Place, int] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


@dataclass(slots=True)
class _Globals:
    """What the records before the sheets say: where each sheet begins, and what its cells refer to."""

    starts: list[int] = field(default_factory=list)
    formats: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    since_1904: bool = False
    encrypted: bool = False


def old_pages(path: Path, data: bytes, limits: Limits) -> tuple[Page, ...]:
    """The sheets of an old workbook. Raises NotAWorkbook where it is damaged or protected with a password."""
    try:
        with _panics_said():
            return _pages(path, data, limits)
    except python_calamine.PasswordError as fault:
        raise NotAWorkbook("encrypted_workbook", path=str(path)) from fault
    except (Exotic, python_calamine.CalamineError, OSError, ValueError) as fault:
        raise NotAWorkbook("damaged_workbook", path=str(path), part="Workbook") from fault


@contextmanager
def _panics_said() -> Iterator[None]:
    """Turns the library's panics, which no `except Exception` sees, into the signal of a damaged part; its type has no public name."""
    try:
        yield
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":
            raise Exotic from fault
        raise


def _pages(path: Path, data: bytes, limits: Limits) -> tuple[Page, ...]:
    stream = workbook_stream(data)
    if stream is None:
        raise Exotic
    found = _globals(stream)
    if found.encrypted:
        raise NotAWorkbook("encrypted_workbook", path=str(path))
    workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    if len(found.starts) != len(workbook.sheet_names):
        raise Exotic
    shows = [show_numbered(one, found.codes, found.since_1904) for one in found.formats]
    epoch = EPOCH_1904 if found.since_1904 else EPOCH
    return tuple(
        Page(title, partial(_scanned, _Sheet(path, limits, workbook, title, _facts(stream, start), shows, epoch)))
        for title, start in zip(workbook.sheet_names, found.starts, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet to be scanned, with all that its cells refer to."""

    path: Path
    limits: Limits
    workbook: python_calamine.CalamineWorkbook
    title: str
    facts: _Facts
    shows: list[Show]
    epoch: dt.datetime


def _scanned(sheet: _Sheet) -> Scanned:
    facts = sheet.facts
    try:
        with _panics_said():
            return scanned_of(_cells(sheet), str(sheet.path), sheet.limits, facts.hidden, facts.merged)
    except (Exotic, python_calamine.CalamineError, ValueError) as fault:
        raise NotAWorkbook("damaged_workbook", path=str(sheet.path), part=sheet.title) from fault


def _cells(sheet: _Sheet) -> Iterator[Cell]:
    errors = sheet.facts.errors
    yield from ((row, column, text, CellKind.ERROR) for (row, column), text in errors.items())
    values = sheet.workbook.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
    for row, line in enumerate(values, 1):
        for column, value in enumerate(line, 1):
            if value != "" and (row, column) not in errors:
                style = sheet.facts.styles.get((row, column), -1)
                show = sheet.shows[style] if 0 <= style < len(sheet.shows) else show_plain
                yield row, column, *_shown(value, show, sheet.epoch)


def _shown(value: object, show: Show, epoch: dt.datetime) -> tuple[str, CellKind]:
    """What a value shows by its format; dates go back to the number they are stored as."""
    if isinstance(value, str):
        return value, CellKind.TEXT
    if isinstance(value, bool):
        return str(value).upper(), CellKind.BOOLEAN
    if isinstance(value, (int, float)):
        return show(repr(value))
    moment = _moment(value, epoch)
    text, kind = show(repr((moment - epoch) / dt.timedelta(days=1)))
    return (text, kind) if kind is CellKind.DATE else (iso(moment), CellKind.DATE)


def _moment(value: object, epoch: dt.datetime) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, dt.time):
        return dt.datetime.combine(epoch.date(), value)
    if isinstance(value, dt.timedelta):
        return epoch + value
    raise ValueError(value)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from here to the end of their part; what begins within a part (a chart) is passed over."""
    depth = 0
    while at + 4 <= len(stream):
        number, length = unpack("<HH", stream, at)
        depth += (number in BEGINS) - (number == END)
        if depth <= 1:
            yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if depth <= 0:
            return


def _globals(stream: bytes) -> _Globals:
    found = _Globals()
    for number, data in _records(stream, 0):
        if number == SHEET:
            found.starts.append(unpack("<I", data, 0)[0])
        elif number == STYLE:
            found.formats.append(unpack("<H", data, 2)[0])
        elif number == FORMAT:
            found.codes[unpack("<H", data, 0)[0]] = _code(data)
        elif number == SINCE_1904:
            found.since_1904 = bool(unpack("<H", data, 0)[0])
        elif number == PASSWORD:
            found.encrypted = True
    return found


def _code(data: bytes) -> str:
    """A format's code: its length, whether its characters take two bytes, and they."""
    length, wide = unpack("<HB", data, 2)
    return (
        data[5 : 5 + 2 * length].decode("utf-16-le", "replace") if wide & 1 else data[5 : 5 + length].decode("latin-1")
    )


def _facts(stream: bytes, start: int) -> _Facts:
    facts = _Facts()
    for number, data in _records(stream, start):
        if number == ROW:
            if unpack("<H", data, 12)[0] & HIDDEN_ROW:
                facts.hidden.add(unpack("<H", data, 0)[0] + 1)
        elif number in CELLS:
            _note_cell(facts, number, data)
        elif number == MANY_NUMBERS:
            row, first = unpack("<HH", data, 0)
            for place in range((len(data) - 6) // 6):
                facts.styles[row + 1, first + place + 1] = unpack("<H", data, 4 + 6 * place)[0]
        elif number == MERGED:
            for place in range(unpack("<H", data, 0)[0]):
                top, bottom, left, right = unpack("<HHHH", data, 2 + 8 * place)
                facts.merged.append(Area(left + 1, top + 1, right + 1, bottom + 1))
    return facts


def _note_cell(facts: _Facts, number: int, data: bytes) -> None:
    row, column, style = unpack("<HHH", data, 0)
    place = (row + 1, column + 1)
    facts.styles[place] = style
    if number == ERROR_OR_BOOLEAN and unpack("<B", data, 7)[0]:
        facts.errors[place] = ERRORS.get(unpack("<B", data, 6)[0], "#N/A")
    if number == FORMULA and data[6:7] == b"\x02" and data[12:14] == b"\xff\xff":
        facts.errors[place] = ERRORS.get(unpack("<B", data, 8)[0], "#N/A")
