"""Workbooks built part by part, so that a test says exactly which bytes are read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind, Table, Workbook
from bulkio.workbook import LIMITS, Limits, read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

HEADER = ("Customer number", "Name", "City", "Credit limit", "Own reference")
"""Columns A to E of the customers sheets that tests write by hand."""


def string(address: str, text: str, attributes: str = "") -> str:
    """A cell with its text inside it, as Excel's own users of `inlineStr` write it."""
    return f'<c r="{address}"{attributes} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def header_row(row: int = 1, headers: Sequence[str] = HEADER) -> str:
    cells = "".join(string(f"{LETTERS[at]}{row}", text) for at, text in enumerate(headers))
    return f'<row r="{row}">{cells}</row>'


def sheet_xml(rows: str, before: str = "", after: str = "", main: str = MAIN) -> str:
    return f'{DECLARATION}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings_xml(items: Sequence[str]) -> str:
    """Shared strings, each given as what stands inside its `<si>`."""
    return f'{DECLARATION}<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles_xml(formats: Sequence[str | int]) -> str:
    """Style 0 is General; then one for each format code, or built-in format by its number."""
    codes = [code for code in formats if isinstance(code, str)]
    numbers = {code: 164 + at for at, code in enumerate(codes)}
    listed = "".join(f'<numFmt numFmtId="{numbers[code]}" formatCode="{code}"/>' for code in codes)
    ids = [0, *(numbers[code] if isinstance(code, str) else code for code in formats)]
    styles = "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for number in ids)
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{listed}</numFmts>'
        f'<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="{len(ids)}">{styles}</cellXfs></styleSheet>'
    )


@dataclass(frozen=True)
class Book:
    """The parts of a workbook. `sheets` are whole sheet parts by title; `more` adds parts or replaces them, None removes one."""

    sheets: Mapping[str, str | bytes]
    strings: str | None = None
    styles: str | None = None
    properties: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    main: str = MAIN
    office: str = OFFICE
    more: Mapping[str, str | bytes | None] = field(default_factory=dict)

    def parts(self) -> dict[str, str | bytes]:
        listed = "".join(
            f'<sheet name="{title}" sheetId="{number}" r:id="rId{number}"{self._state(title)}/>'
            for number, title in enumerate(self.sheets, 1)
        )
        related = [
            (f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number, _ in enumerate(self.sheets, 1)
        ]
        parts: dict[str, str | bytes] = {"[Content_Types].xml": self._content_types()}
        parts["_rels/.rels"] = self._relations([("rId1", "officeDocument", "xl/workbook.xml")])
        parts["xl/workbook.xml"] = (
            f'{DECLARATION}<workbook xmlns="{self.main}" xmlns:r="{self.office}">{self.properties}'
            f"<sheets>{listed}</sheets></workbook>"
        )
        parts |= {f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(self.sheets.values(), 1)}
        for name, kind, xml in (("strings", "sharedStrings", self.strings), ("styles", "styles", self.styles)):
            if xml is not None:
                related.append((f"r{name}", kind, f"{kind}.xml"))
                parts[f"xl/{kind}.xml"] = xml
        parts["xl/_rels/workbook.xml.rels"] = self._relations(related)
        changed = {**parts, **self.more}
        return {name: data for name, data in changed.items() if data is not None}

    def save(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts().items():
                archive.writestr(name, data)
        return path

    def with_part(self, name: str, data: str | bytes | None) -> Book:
        return replace(self, more={**self.more, name: data})

    def _state(self, title: str) -> str:
        return f' state="{self.states[title]}"' if title in self.states else ""

    def _relations(self, related: Sequence[tuple[str, str, str]]) -> str:
        listed = "".join(
            f'<Relationship Id="{one}" Type="{self.office}/{kind}" Target="{target}"/>' for one, kind, target in related
        )
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'

    def _content_types(self) -> str:
        office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        return (
            f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="{office}.worksheet+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/></Types>'
        )


def customers(rows: str, *, strings: Sequence[str] | None = None, formats: Sequence[str | int] = ()) -> Book:
    """A workbook with one customers sheet: the header in row 1, then these rows."""
    return Book(
        {"Customers": sheet_xml(header_row() + rows)},
        strings=None if strings is None else strings_xml(strings),
        styles=styles_xml(formats),
    )


def saved(book: Book, folder: Path, limits: Limits = LIMITS) -> Workbook:
    """The workbook as it is read."""
    return read(book.save(folder / "book.xlsx"), limits)


def customers_table(book: Book, folder: Path) -> Table:
    return saved(book, folder).tables[Kind.CUSTOMERS]


def shown(table: Table, row: int, column: str = "name") -> tuple[str | None, CellKind]:
    """What a cell shows, and what it stores."""
    text = table.frame.loc[row, column]
    return (None if text is None else str(text)), CellKind(int(str(table.kinds.loc[row, column])))


def codes(issues: Sequence[Issue]) -> list[str]:
    return [issue.code for issue in issues]
