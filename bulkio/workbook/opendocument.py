"""OpenDocument spreadsheets (.ods): one pass of a full parser over `content.xml`.

python-calamine would read the values, but shows an error as a blank cell, a number padded with zeros without them, and lays out every repeated cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from bulkio.errors import NotAWorkbook
from bulkio.model.table import CellKind
from bulkio.workbook.addresses import Area
from bulkio.workbook.archive import Archive
from bulkio.workbook.book import Page
from bulkio.workbook.dates import iso_text
from bulkio.workbook.numbers import plain
from bulkio.workbook.scan import Cell, refuse_beyond, scanned_of

CONTENT = "content.xml"
SPACES = re.compile(r"[ \t\r\n]+")
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|Err:[0-9]{3}")
HIDDEN = frozenset({"collapse", "filter"})
DEPTH = 200
CELLS = frozenset({"table-cell", "covered-table-cell"})
APART = frozenset({"annotation", "shapes", "tracked-changes", "frame", "custom-shape"})
"""Elements whose text is no cell's."""


@dataclass(slots=True)
class _Table:
    """A table as it comes in: its cells, which rows are hidden, which cells are merged."""

    title: str
    cells: list[Cell] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


class _Refused(Exception):
    """The part declares a document type, or nests deeper than any table."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def opendocument_pages(archive: Archive) -> tuple[Page, ...]:
    """The sheets of an OpenDocument file. Raises NotAWorkbook where it is damaged, encrypted, unsafe or too large."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise NotAWorkbook("encrypted_workbook", path=str(archive.path))
    content = _Content(archive)
    _parse(archive, content)
    return tuple(_page(table, archive) for table in content.tables)


def _page(table: _Table, archive: Archive) -> Page:
    path, limits = str(archive.path), archive.limits
    return Page(table.title, lambda: scanned_of(table.cells, path, limits, table.hidden, table.merged))


def _parse(archive: Archive, content: _Content) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.data
    parser.StartDoctypeDeclHandler = content.doctype
    try:
        for chunk in archive.stream(CONTENT):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as fault:  # LookupError: an encoding that is none
        raise archive.damaged(CONTENT) from fault
    except _Refused as fault:
        raise archive.has_dtd(CONTENT) if fault.code == "has_dtd" else archive.damaged(CONTENT) from fault


class _Content:
    """What the parser tells, put together to tables."""

    def __init__(self, archive: Archive) -> None:
        self.tables: list[_Table] = []
        self._path, self._limits = str(archive.path), archive.limits
        self._depth = 0
        self._apart = 0
        self._row, self._rows, self._column = 0, 1, 0
        self._of_row: list[Cell] = []
        self._facts: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._in_paragraph = False
        self._count = 0

    def doctype(self, *_declaration: object) -> None:
        """A document type is declared."""
        raise _Refused("has_dtd")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if self._depth > DEPTH:
            raise _Refused("damaged_workbook")
        name = _local(name)
        if self._apart or name in APART:
            self._apart += 1
            return
        facts = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            self.tables.append(_Table(facts.get("name", "")))
            self._row, self._rows = 0, 1
        elif name == "table-row":
            self._open_row(facts)
        elif name in CELLS:
            self._facts = _types(attributes)
            self._paragraphs = []
        elif name == "p":
            self._paragraphs.append("")
            self._in_paragraph = True
        elif self._in_paragraph:
            self._space(name, facts)

    def end(self, name: str) -> None:
        """An element closes."""
        self._depth -= 1
        if self._apart:
            self._apart -= 1
            return
        name = _local(name)
        if name == "p":
            self._in_paragraph = False
        elif name in CELLS:
            self._close_cell(covered=name != "table-cell")
        elif name == "table-row":
            self._close_row()

    def data(self, text: str) -> None:
        """Character data; runs of white space are one space, as the standard has it."""
        if self._in_paragraph and not self._apart:
            self._paragraphs[-1] += SPACES.sub(" ", text)

    def _space(self, name: str, facts: dict[str, str]) -> None:
        if name == "s":
            self._paragraphs[-1] += " " * min(_count(facts.get("c", "1")), self._limits.text + 1)
        elif name in {"tab", "line-break"}:
            self._paragraphs[-1] += "\t" if name == "tab" else "\n"
        refuse_beyond(self._path, "characters in a cell", len(self._paragraphs[-1]), self._limits.text)

    def _open_row(self, facts: dict[str, str]) -> None:
        self._row += self._rows if self._row else 1
        self._rows = _count(facts.get("number-rows-repeated", "1"))
        self._column = 0
        self._of_row = []
        if self.tables and facts.get("visibility") in HIDDEN:
            self.tables[-1].hidden.update(range(self._row, min(self._row + self._rows, self._limits.rows)))

    def _close_row(self) -> None:
        if not self._of_row or not self.tables:
            return
        last = self._row + self._rows - 1
        refuse_beyond(self._path, "rows", last, self._limits.rows)
        self._count += len(self._of_row) * self._rows
        refuse_beyond(self._path, "cells", self._count, self._limits.cells)
        self.tables[-1].cells += [
            (row, column, text, kind) for row in range(self._row, last + 1) for _, column, text, kind in self._of_row
        ]

    def _close_cell(self, *, covered: bool) -> None:
        repeated = _count(self._facts.get("number-columns-repeated", "1"))
        first = self._column + 1
        self._column += repeated
        if covered:
            return
        across, down = (_count(self._facts.get(f"number-{what}-spanned", "1")) for what in ("columns", "rows"))
        if (across > 1 or down > 1) and self.tables:
            self.tables[-1].merged.append(Area(first, self._row, first + across - 1, self._row + down - 1))
        text, kind = _shown(self._facts, "\n".join(self._paragraphs))
        if kind is not CellKind.BLANK:
            refuse_beyond(self._path, "columns", self._column, self._limits.columns)
            self._of_row += [(self._row, column, text, kind) for column in range(first, self._column + 1)]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _types(attributes: dict[str, str]) -> dict[str, str]:
    """A cell's attributes; LibreOffice's own type goes before the standard's, since only it knows errors."""
    facts = {_local(key): value for key, value in attributes.items() if not key.endswith("}value-type")}
    kinds = {key.rpartition("}")[0]: value for key, value in attributes.items() if key.endswith("}value-type")}
    own = next((kind for space, kind in kinds.items() if "calcext" in space), "")
    return facts | {"value-type": own or next(iter(kinds.values()), "")}


def _count(text: str) -> int:
    """A number of repetitions; what is none counts once."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _shown(facts: dict[str, str], text: str) -> tuple[str | None, CellKind]:
    """What a cell shows and of which kind."""
    kind = facts.get("value-type", "")
    if kind == "error" or (facts.get("formula") and ERROR.fullmatch(text)):
        return text or "#N/A", CellKind.ERROR
    show = _WAYS.get(kind)
    if show is not None:
        return show(facts, text)
    waits = facts.get("formula") and not kind and not text
    return (None, CellKind.UNCALCULATED) if waits else _text(facts, text)


def _text(facts: dict[str, str], text: str) -> tuple[str | None, CellKind]:
    shown = text or facts.get("string-value", "")
    return (shown, CellKind.TEXT) if shown else (None, CellKind.BLANK)


def _number(facts: dict[str, str], text: str) -> tuple[str | None, CellKind]:
    """The number itself; its text where that is padded with zeros, or says TRUE or FALSE."""
    stored = facts.get("value", "")
    if text in {"TRUE", "FALSE"} and stored in {"1", "0"}:
        return text, CellKind.BOOLEAN
    try:
        number = plain(stored)
    except ValueError:
        return _text(facts, text)
    digits = re.sub(r"[ \-/().]", "", text)
    padded = (
        digits.isascii() and digits.isdigit() and digits.startswith("0") and digits.lstrip("0") == number.lstrip("0")
    )
    return (text if padded and len(digits) > 1 else number), CellKind.NUMBER


def _percentage(facts: dict[str, str], text: str) -> tuple[str | None, CellKind]:
    return (text.replace(",", "."), CellKind.NUMBER) if text.endswith("%") else _number(facts, text)


def _date(facts: dict[str, str], text: str) -> tuple[str | None, CellKind]:
    return text or iso_text(facts.get("date-value", "")), CellKind.DATE


def _time(facts: dict[str, str], text: str) -> tuple[str | None, CellKind]:
    return text or facts.get("time-value", ""), CellKind.DATE


def _boolean(facts: dict[str, str], _text: str) -> tuple[str | None, CellKind]:
    return facts.get("boolean-value", "").upper(), CellKind.BOOLEAN


_WAYS: dict[str, Callable[[dict[str, str], str], tuple[str | None, CellKind]]] = {
    "string": _text,
    "float": _number,
    "currency": _number,
    "percentage": _percentage,
    "date": _date,
    "time": _time,
    "boolean": _boolean,
}
