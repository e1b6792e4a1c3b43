"""Text files with a separator between columns (csv): encoding and separator are found, said, and may be overruled."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bulkio.entities import ENTITIES
from bulkio.errors import Misuse, NoKnownSheet, NotAWorkbook
from bulkio.model.answers import Answers
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.table import CellKind
from bulkio.workbook.book import Book, Page
from bulkio.workbook.headers import WINDOW, find_header, folded, kind_by_title, language_of
from bulkio.workbook.limits import Limits
from bulkio.workbook.scan import Cell, Scanned, scanned_of

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = (";", ",", "\t", "|")
NAMES = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar"}
"""How a separator is shown, and may be given."""
SAMPLE = 1 << 16
DIRECTIVE = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""Excel's own first line that names the separator; it is no row."""
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
"""How a csv keeps Excel from making a number of `0900`."""
GUARDED = re.compile(r"'[=+\-@\t]")
"""The apostrophe before what Excel would take for a formula, as `--safe-for-excel` writes it."""


def open_delimited(path: Path, data: bytes, digest: str, answers: Answers, limits: Limits) -> Book:
    """The one page of a text file. Raises NotAWorkbook where it cannot be decoded, NoKnownSheet where no row names columns of ours."""
    encoding = _known(path, answers.encoding) if answers.encoding else _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeError as fault:
        raise NotAWorkbook("wrong_encoding", path=str(path), encoding=encoding) from fault
    text = text.removeprefix("\ufeff")
    directive = DIRECTIVE.match(text)
    if directive is not None:
        text = text[directive.end() :]
    delimiter = _delimiter(answers.delimiter, directive[1] if directive else None, text)
    title = _title(path, text, delimiter)
    spelled = {"encoding": encoding, "delimiter": NAMES.get(delimiter, delimiter)}
    if title is None:
        raise NoKnownSheet("no_known_columns", path=str(path), **spelled)
    issue = Issue("read_as_text", Place(title), Severity.WARNING, parameters=spelled)
    return Book(digest, (Page(title, lambda: _scanned(path, text, delimiter, limits)),), (issue,))


def _known(path: Path, encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as fault:
        raise NotAWorkbook("unknown_encoding", path=str(path), encoding=encoding) from fault


def _encoding(data: bytes) -> str:
    """The encoding of the bytes: by their mark, by their zeros, UTF-8 where they are that, else Windows' Western European."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:SAMPLE]:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1" if any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")) else "cp1252"
    return "utf-8"


def _delimiter(answered: str | None, declared: str | None, text: str) -> str:
    """The separator that was named, else the one under which most columns of ours are found."""
    if answered is not None:
        sign = {name: sign for sign, name in NAMES.items()}.get(answered, answered)
        if len(sign) != 1 or sign in '"\r\n':
            raise Misuse("unknown_delimiter", delimiter=answered)
        return sign
    if declared is not None:
        return declared
    return max(DELIMITERS, key=lambda sign: (_recognised(text, sign), text[:SAMPLE].count(sign)))


def _recognised(text: str, delimiter: str) -> int:
    """How many columns of ours the best kind finds with this separator."""
    rows = _first_rows(text, delimiter)
    found = (find_header(kind, rows) for kind in Kind)
    return max((len(header.by_field()) for header in found if header is not None), default=0)


def _title(path: Path, text: str, delimiter: str) -> str | None:
    """The file's name where it is that of a sheet, else the sheet whose columns it names most of; None where they are nobody's.

    The results are written to a sheet of that title, and must be known by it when they are read again.
    """
    if folded(path.stem) in kind_by_title():
        return path.stem
    rows = _first_rows(text, delimiter)
    found = {kind: header for kind in Kind if (header := find_header(kind, rows)) is not None}
    best = max(found, key=lambda kind: (len(found[kind].by_field()), kind is Kind.CUSTOMERS), default=None)
    return None if best is None else ENTITIES[best].sheet(language_of(best, "", found[best]))


def _first_rows(text: str, delimiter: str) -> list[tuple[int, dict[int, str]]]:
    sample = _cells(csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=delimiter))
    try:
        return _texts_by_row((cell[0], cell[1], cell[2]) for cell in sample)
    except csv.Error:
        return []


def _texts_by_row(cells: Iterable[tuple[int, int, str | None]]) -> list[tuple[int, dict[int, str]]]:
    rows: dict[int, dict[int, str]] = {}
    for row, column, text in cells:
        if row not in rows and len(rows) == WINDOW:
            break
        if text and not text.isspace():
            rows.setdefault(row, {})[column] = text
    return list(rows.items())


def _cells(records: Iterable[list[str]]) -> Iterator[Cell]:
    for row, record in enumerate(records, 1):
        for column, value in enumerate(record, 1):
            if value:
                yield row, column, _meant(value), CellKind.TEXT


def _meant(value: str) -> str:
    """The text itself, out of the two ways in which a csv keeps Excel from changing it."""
    kept = KEPT_AS_TEXT.fullmatch(value)
    if kept is not None:
        return kept[1]
    return value[1:] if GUARDED.match(value) else value


def _scanned(path: Path, text: str, delimiter: str, limits: Limits) -> Scanned:
    before = csv.field_size_limit(limits.text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return scanned_of(_cells(reader), str(path), limits)
    except csv.Error as fault:
        raise NotAWorkbook("damaged_workbook", path=str(path), part=f"line {reader.line_num}") from fault
    finally:
        csv.field_size_limit(before)
