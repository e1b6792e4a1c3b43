"""Any sound XML spelling of a sheet or of the shared strings, respelled as the quick scanner expects it.

A full parser (expat) does what the quick scanner does not: prefixes, other encodings, comments, CDATA, attributes in any order, rows and
cells without an address. What it writes holds only what reading needs, so that there is one scanner and not two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from bulkio.workbook.addresses import letters_of, number_of
from bulkio.workbook.archive import Archive
from bulkio.workbook.text import attribute

ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
TEXT_PARENTS = frozenset({"v", "t"})


DEPTH = 100
"""Elements within one another; a sheet with all its extensions stays under 20."""


class _DocumentType(Exception):
    """The part declares a document type."""


class _TooDeep(Exception):
    """The part nests deeper than any sheet."""


def canonical(archive: Archive, part: str, writer: SheetWriter | StringsWriter) -> Iterator[str]:
    """The part as a writer respells it; raises NotAWorkbook where it is no sound XML or declares a document type."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: writer.start(name.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda name: writer.end(name.rpartition("}")[2])
    parser.CharacterDataHandler = writer.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        yield from _fed(parser, archive.stream(part), writer)
    except (expat.ExpatError, LookupError, _TooDeep) as fault:  # LookupError: an encoding that is none
        raise archive.damaged(part) from fault
    except _DocumentType as fault:
        raise archive.has_dtd(part) from fault


def _refuse(*_declaration: object) -> None:
    raise _DocumentType


def _fed(parser: expat.XMLParserType, chunks: Iterable[bytes], writer: SheetWriter | StringsWriter) -> Iterator[str]:
    for chunk in chunks:
        parser.Parse(chunk, False)
        yield writer.taken()
    parser.Parse(b"", True)
    yield writer.taken()


class Writer:
    """Collects the respelled text and the character data of the element that is open."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._wanted = False

    def taken(self) -> str:
        """What was written since the last call."""
        text = "".join(self._out)
        self._out.clear()
        return text

    def _enter(self, name: str) -> None:
        self._path.append(name)
        if len(self._path) > DEPTH:
            raise _TooDeep

    def data(self, text: str) -> None:
        """Character data."""
        if self._wanted:
            self._text.append(text)


class StringsWriter(Writer):
    """Shared strings: one plain `<si><t>…</t></si>` each, runs joined, phonetic runs left out."""

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element opens."""
        self._enter(name)
        self._wanted = name == "t" and "rPh" not in self._path

    def end(self, name: str) -> None:
        """An element closes."""
        self._path.pop()
        self._wanted = False
        if name == "si":
            self._out.append(f"<si><t>{_kept(''.join(self._text))}</t></si>")
            self._text.clear()
        elif name == "sst":
            self._out.append("</sst>")


def _kept(text: str) -> str:
    """Text as character data; Excel's own escapes in it stay what they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


class SheetWriter(Writer):
    """A sheet: addresses filled in, `r s t` in that order, formulas reduced to a mark, merged ranges after the rows."""

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._column = 0
        self._cell: list[str] = []
        self._out.append("<worksheet>")
        self._opening = {
            "sheetData": self._open_rows,
            "row": self._open_row,
            "c": self._open_cell,
            "f": self._open_formula,
            "mergeCell": self._open_merged,
        }
        self._closing = {
            "worksheet": lambda: self._out.append("</worksheet>"),
            "sheetData": lambda: self._out.append("</sheetData>"),
            "row": lambda: self._out.append("</row>"),
            "c": self._close_cell,
            "v": self._close_value,
            "is": self._close_inline,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._enter(name)
        self._wanted = False
        if "extLst" in self._path:
            return
        self._wanted = name in TEXT_PARENTS and "c" in self._path and "rPh" not in self._path
        if name in self._opening:
            self._opening[name](attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        self._wanted = False
        if name in self._closing and "extLst" not in self._path:
            self._closing[name]()
        self._path.pop()

    def _open_rows(self, _attributes: dict[str, str]) -> None:
        self._out.append("<sheetData>")

    def _open_merged(self, attributes: dict[str, str]) -> None:
        self._out.append(f'<mergeCell ref="{attribute(attributes.get("ref", ""))}"/>')

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
        self._column = 0
        hidden = ' hidden="1"' if attributes.get("hidden") in {"1", "true"} else ""
        self._out.append(f'<row r="{self._row}"{hidden}>')

    def _open_cell(self, attributes: dict[str, str]) -> None:
        address = ADDRESS.fullmatch(attributes.get("r", ""))
        self._column = number_of(address[1].upper()) if address else self._column + 1
        row = int(address[2]) if address else self._row
        style = f' s="{attribute(attributes["s"])}"' if attributes.get("s") else ""
        type_ = f' t="{attribute(attributes["t"])}"' if attributes.get("t") else ""
        self._out.append(f'<c r="{letters_of(self._column)}{row}"{style}{type_}>')

    def _open_formula(self, _attributes: dict[str, str]) -> None:
        self._cell.append("<f/>")

    def _close_value(self) -> None:
        self._cell.append(f"<v>{_kept(''.join(self._text))}</v>")
        self._text.clear()

    def _close_inline(self) -> None:
        self._cell.append(f"<is><t>{_kept(''.join(self._text))}</t></is>")
        self._text.clear()

    def _close_cell(self) -> None:
        self._text.clear()
        self._out.append("".join(self._cell) + "</c>")
        self._cell.clear()
