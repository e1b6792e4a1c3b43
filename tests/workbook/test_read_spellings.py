"""One sheet in every spelling that XML and the packaging standard allow: the same table comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bulkio.model.kind import Kind
from bulkio.model.table import Table
from tests.workbook.parts import (
    DECLARATION,
    MAIN,
    STRICT_MAIN,
    STRICT_OFFICE,
    Book,
    customers,
    saved,
    sheet_xml,
    string,
    strings_xml,
)

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
ROWS = (
    f'<row r="2"><c r="A2"><v>7</v></c>{string("B2", "Ærø &amp; Søn")}<c r="C2" t="s"><v>1</v></c></row>'
    '<row r="4" hidden="1"><c r="B4" t="s"><v>0</v></c><c r="D4" s="1"><v>12500.5</v></c></row>'
    '<row r="5"><c r="B5" t="e"><v>#N/A</v></c><c r="C5"><f>1+1</f></c><c r="D5" s="1"/></row>'
)
PLAIN = customers(ROWS, strings=["<t>Bo</t>", "<r><t>Sankt </t></r><r><t>Hans</t></r>"], formats=("#,##0.00",))
Change = Callable[[str], str]


def facts(table: Table) -> object:
    return table.frame.to_dict(), table.kinds.to_dict(), table.hidden, table.columns


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> object:
    return facts(saved(PLAIN, tmp_path_factory.mktemp("plain")).tables[Kind.CUSTOMERS])


def test_the_plain_spelling_is_what_it_should_be(
    plain: tuple[dict[str, dict[int, str | None]], object, object, object],
) -> None:
    assert plain[0]["name"] == {2: "Ærø & Søn", 4: "Bo", 5: "#N/A"}
    assert plain[0]["city"] == {2: "Sankt Hans", 4: None, 5: None}
    assert plain[2] == {4}


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")


def turned(xml: str) -> str:
    """Attributes in another order and in single quotes."""
    return re.sub(r'<c r="([^"]+)"( t="[^"]+")', r"<c\2 r='\1'", xml)


SPELLINGS: dict[str, Change] = {
    "prefixed": prefixed,
    "no cell addresses where they say nothing": lambda xml: re.sub(r'<c r="(?:A2|B2|C2|[A-E]1)"', "<c", xml),
    "row numbers left out where they say nothing": lambda xml: xml.replace('<row r="2">', "<row>").replace('<row r="5">', "<row>"),
    "single quotes, another order": turned,
    "comments between cells": lambda xml: xml.replace("<c ", "<!-- a <c r='Z9'> --><c "),
    "comments between rows": lambda xml: xml.replace("<row", "<!-- <row r='9'> --><row"),
    "a comment that looks like a cell": lambda xml: xml.replace(
        '<row r="4"', '<!--<row r="3"><c r="B3"><v>1</v></c></row>--><row r="4"'
    ),
    "spaces and line ends between": lambda xml: xml.replace("<c ", "\r\n   <c ").replace("<row", "\n <row").replace("</row>", "\n</row>\n"),
    "closing tags written out": lambda xml: re.sub(r"<c ([^>]*)/>", r"<c \1></c>", xml),
    "spaces inside tags": lambda xml: xml.replace("</c>", "</c >").replace("<v>", "<v >"),
    "a value in CDATA": lambda xml: xml.replace("<v>12500.5</v>", "<v><![CDATA[12500.5]]></v>"),
    "numeric entities": lambda xml: xml.replace("Æ", "&#198;").replace("ø", "&#xF8;"),
    "instructions between": lambda xml: xml.replace("<row", "<?pi <row?><row", 1),
    "a byte order mark": lambda xml: "\ufeff" + xml,
    "no declaration": lambda xml: xml.removeprefix(DECLARATION),
    "lower-case columns and dollars": lambda xml: xml.replace('r="A2"', 'r="$a$2"'),
    "unused attributes": lambda xml: xml.replace('<c r="A2"', '<c r="A2" cm="1" vm="2" ph="0"'),
    "attributes of other makers": lambda xml: xml.replace(
        "<worksheet ", '<worksheet xmlns:q="urn:q" ').replace('<c r="A2"', '<c r="A2" q:note="&lt;c&gt;"'),
    "extensions in cells": lambda xml: xml.replace(
        "<v>7</v></c>", '<v>7</v><extLst><ext uri="x"><c r="Q9"><v>9</v></c></ext></extLst></c>'),
    "sheet data with attributes": lambda xml: xml.replace("<sheetData>", '<sheetData a="1">'),
    "much before the rows": lambda xml: xml.replace(
        "<sheetData>", "<cols>" + '<col min="1" max="1" width="9"/>' * 30_000 + "</cols><sheetData>"),
    "much after the rows": lambda xml: xml.replace(
        "</worksheet>", "<x>" + "<y/>" * 100_000 + "</x></worksheet>"),
    "empty rows between": lambda xml: xml.replace('<row r="4"', '<row r="3" spans="1:2"/><row r="3"></row><row r="4"'),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_sheet_is_read_alike_in_every_spelling(tmp_path: Path, plain: object, name: str) -> None:
    original = str(PLAIN.parts()[SHEET])
    changed = SPELLINGS[name](original)

    assert changed != original
    assert facts(saved(PLAIN.with_part(SHEET, changed), tmp_path).tables[Kind.CUSTOMERS]) == plain


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252", "UTF-8", "us-ascii"])
@pytest.mark.parametrize("part", [SHEET, STRINGS])
def test_a_part_may_have_another_encoding(tmp_path: Path, plain: object, encoding: str, part: str) -> None:
    xml = str(PLAIN.parts()[part]).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    changed = xml.encode(encoding, "xmlcharrefreplace")

    assert facts(saved(PLAIN.with_part(part, changed), tmp_path).tables[Kind.CUSTOMERS]) == plain


@pytest.mark.parametrize("name", ["prefixed", "comments", "no declaration", "spaces"])
def test_shared_strings_are_read_alike_in_every_spelling(tmp_path: Path, plain: object, name: str) -> None:
    change: dict[str, Change] = {
        "prefixed": prefixed,
        "comments": lambda xml: xml.replace("<si>", "<!-- <si><t>Nej</t></si> --><si>"),
        "no declaration": lambda xml: xml.removeprefix(DECLARATION),
        "spaces": lambda xml: xml.replace("<si>", "\n  <si>\n").replace("</si>", "\n</si>"),
    }
    changed = change[name](str(PLAIN.parts()[STRINGS]))

    assert facts(saved(PLAIN.with_part(STRINGS, changed), tmp_path).tables[Kind.CUSTOMERS]) == plain


def test_a_strict_workbook_is_read_alike(tmp_path: Path, plain: object) -> None:
    parts = {
        name: str(data).replace(MAIN, STRICT_MAIN) for name, data in PLAIN.parts().items() if name.startswith("xl/")
    }
    more = {name: data for name, data in parts.items() if not name.endswith(("workbook.xml", ".rels"))}
    strict = Book(
        {"Customers": parts[SHEET]}, PLAIN.strings, PLAIN.styles, main=STRICT_MAIN, office=STRICT_OFFICE, more=more
    )

    assert facts(saved(strict, tmp_path).tables[Kind.CUSTOMERS]) == plain


@pytest.mark.parametrize("spelled", ["XL/Worksheets/SHEET1.xml", "xl\\worksheets\\sheet1.xml"])
def test_a_part_is_found_whatever_its_case_and_slashes(tmp_path: Path, plain: object, spelled: str) -> None:
    book = PLAIN.with_part(SHEET, None).with_part(spelled, PLAIN.parts()[SHEET])

    assert facts(saved(book, tmp_path).tables[Kind.CUSTOMERS]) == plain


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/../worksheets/sheet1.xml", "./worksheets/sheet%31.xml"]
)
def test_a_relation_may_point_in_any_way(tmp_path: Path, plain: object, target: str) -> None:
    name = "xl/_rels/workbook.xml.rels"
    changed = str(PLAIN.parts()[name]).replace("worksheets/sheet1.xml", target)

    assert facts(saved(PLAIN.with_part(name, changed), tmp_path).tables[Kind.CUSTOMERS]) == plain


def test_rows_out_of_order_come_back_in_order(tmp_path: Path) -> None:
    rows = f'<row r="9">{string("B9", "Ni")}</row><row r="3">{string("B3", "Tre")}</row>'
    table = saved(customers(rows), tmp_path).tables[Kind.CUSTOMERS]

    assert table.frame["name"].to_dict() == {3: "Tre", 9: "Ni"}


def test_a_part_larger_than_a_piece_is_read_whole(tmp_path: Path) -> None:
    """Cells, texts and escapes that fall on the seams between pieces of the stream."""
    names = [f"Kunde {number} Ærø &amp; _x0041_" + "ø" * (number % 97) for number in range(9_000)]
    rows = "".join(f'<row r="{row}"><c r="B{row}" t="s"><v>{row - 2}</v></c></row>' for row in range(2, 9_002))
    book = Book(PLAIN.sheets, strings_xml([f"<t>{name}</t>" for name in names]), PLAIN.styles)
    table = saved(book.with_part(SHEET, sheet_xml(PLAIN_HEADER + rows)), tmp_path).tables[Kind.CUSTOMERS]

    assert table.frame["name"].tolist() == [name.replace("&amp;", "&").replace("_x0041_", "A") for name in names]


PLAIN_HEADER = '<row r="1">' + string("A1", "Customer number") + string("B1", "Name") + "</row>"
