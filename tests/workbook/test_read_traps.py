"""What other readers lose: every trap is read as Excel shows it, and at its own row."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulkio.errors import NotAWorkbook
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind
from bulkio.workbook import read
from tests.workbook.parts import (
    Book,
    codes,
    customers,
    customers_table,
    header_row,
    saved,
    sheet_xml,
    shown,
    string,
    strings_xml,
)
from tests.workbook.traps import TRAPS, trap_workbook


def cell(
    xml: str, folder: Path, formats: tuple[str | int, ...] = (), strings: list[str] | None = None
) -> tuple[str | None, CellKind]:
    """What B2 shows and stores."""
    book = customers(f'<row r="2"><c r="A2"><v>7</v></c>{xml}</row>', strings=strings, formats=formats)
    return shown(customers_table(book, folder), 2)


ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"]


@pytest.mark.parametrize("value", ERRORS)
def test_an_error_cell_is_its_error_and_never_a_blank(tmp_path: Path, value: str) -> None:
    assert cell(f'<c r="B2" t="e"><v>{value}</v></c>', tmp_path) == (value, CellKind.ERROR)


def test_a_formula_whose_result_is_an_error_is_an_error(tmp_path: Path) -> None:
    xml = '<c r="B2" t="e"><f>VLOOKUP(A2,X:Y,2,0)</f><v>#N/A</v></c>'

    assert cell(xml, tmp_path) == ("#N/A", CellKind.ERROR)


@pytest.mark.parametrize("text", ["0900", "12345678", "5798000123456", "007", "1.0", "1E5", "TRUE", "2026-01-02"])
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, text: str) -> None:
    assert cell('<c r="B2" t="s"><v>0</v></c>', tmp_path, strings=[f"<t>{text}</t>"]) == (text, CellKind.TEXT)


@pytest.mark.parametrize("text", ["NA", "None", "nan", "null", "N/A", "#N/A", "-", "0"])
def test_names_that_look_like_nothing_are_names(tmp_path: Path, text: str) -> None:
    assert cell(string("B2", text), tmp_path) == (text, CellKind.TEXT)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("12345678", "12345678"),
        ("12345678.0", "12345678"),
        ("1.2345678E7", "12345678"),
        ("5798000123456", "5798000123456"),
        ("5.798000123456E+12", "5798000123456"),
        ("5.7980001234560000E12", "5798000123456"),
        ("12500.5", "12500.5"),
        ("0.30000000000000004", "0.3"),
        ("12500.499999999998", "12500.5"),
        ("1E-3", "0.001"),
        ("-0", "0"),
        ("0", "0"),
        ("-17.5", "-17.5"),
        ("1E+20", "100000000000000000000"),
        ("123456789012345678", "123456789012346000"),
    ],
)
def test_a_general_number_is_the_number_itself(tmp_path: Path, stored: str, wanted: str) -> None:
    assert cell(f'<c r="B2"><v>{stored}</v></c>', tmp_path) == (wanted, CellKind.NUMBER)


@pytest.mark.parametrize("kind", ["", ' t="n"'])
def test_a_number_is_read_with_and_without_its_type(tmp_path: Path, kind: str) -> None:
    assert cell(f'<c r="B2"{kind}><v>42</v></c>', tmp_path) == ("42", CellKind.NUMBER)


@pytest.mark.parametrize(
    ("code", "stored", "wanted"),
    [
        ("0000", "900", "0900"),
        ("0000", "12345", "12345"),
        ("0000", "0", "0000"),
        ("00000000", "1234567", "01234567"),
        ("00000000;@", "1234567", "01234567"),
        ("00-00-00", "10203", "01-02-03"),
        ("0000\\ 0000", "1234567", "0123 4567"),
        ("&quot;DK-&quot;0000", "42", "DK-0042"),
        ("0000", "-42", "-0042"),
        ("0%", "0.25", "25%"),
        ("0.00%", "0.1234", "12.34%"),
        ("0.00", "12.5", "12.5"),
        ("#,##0.00", "12500.5", "12500.5"),
        ("#,##0.00\\ &quot;kr.&quot;", "12500.5", "12500.5"),
        ("0.00E+00", "12500", "12500"),
        ("@", "900", "900"),
        ("[Red]0", "5", "5"),
    ],
)
def test_a_format_that_carries_meaning_is_shown(tmp_path: Path, code: str, stored: str, wanted: str) -> None:
    assert cell(f'<c r="B2" s="1"><v>{stored}</v></c>', tmp_path, (code,)) == (wanted, CellKind.NUMBER)


@pytest.mark.parametrize(
    ("format_", "stored", "wanted"),
    [
        (14, "45352", "2024-03-01"),
        (22, "45352.5", "2024-03-01 12:00"),
        ("yyyy-mm-dd", "45351", "2024-02-29"),
        ("dd-mm-yyyy", "45352", "01-03-2024"),
        ("dd\\.mm\\.yy", "45352", "01.03.24"),
        ("d/m/yyyy", "45352", "1/3/2024"),
        ("yyyy-mm-dd hh:mm:ss", "45352.999988425924", "2024-03-01 23:59:59"),
        ("hh:mm", "0.75", "18:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("[h]:mm", "1.5", "36:00"),
        ("[$-406]d\\. mmmm yyyy", "45352", "1. marts 2024"),
        ("mmmm", "45352", "March"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45352", "2024-03-01"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "59", "1900-02-28"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
    ],
)
def test_a_date_is_shown_as_its_format_shows_it(tmp_path: Path, format_: str | int, stored: str, wanted: str) -> None:
    assert cell(f'<c r="B2" s="1"><v>{stored}</v></c>', tmp_path, (format_,)) == (wanted, CellKind.DATE)


def test_a_workbook_of_the_old_mac_counts_from_1904(tmp_path: Path) -> None:
    book = customers('<row r="2">' + '<c r="B2" s="1"><v>43890</v></c></row>', formats=("yyyy-mm-dd",))
    since_1904 = Book(book.sheets, styles=book.styles, properties='<workbookPr date1904="1"/>')

    assert shown(customers_table(book, tmp_path), 2) == ("2020-02-29", CellKind.DATE)
    assert shown(customers_table(since_1904, tmp_path), 2) == ("2024-03-01", CellKind.DATE)


@pytest.mark.parametrize("stored", ["-1", "99999999", "1E300"])
def test_a_date_outside_the_calendar_is_its_number(tmp_path: Path, stored: str) -> None:
    text, kind = cell(f'<c r="B2" s="1"><v>{stored}</v></c>', tmp_path, ("yyyy-mm-dd",))

    assert (float(text or ""), kind) == (float(stored), CellKind.NUMBER)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T00:00:00", "2024-03-01"),
        ("2024-03-01T12:30:00Z", "2024-03-01 12:30:00"),
    ],
)
def test_a_date_stored_as_words_is_that_date(tmp_path: Path, stored: str, wanted: str) -> None:
    assert cell(f'<c r="B2" t="d"><v>{stored}</v></c>', tmp_path) == (wanted, CellKind.DATE)


@pytest.mark.parametrize(("stored", "wanted"), [("1", "TRUE"), ("0", "FALSE")])
def test_a_boolean_is_shown_as_excel_shows_it(tmp_path: Path, stored: str, wanted: str) -> None:
    assert cell(f'<c r="B2" t="b"><v>{stored}</v></c>', tmp_path) == (wanted, CellKind.BOOLEAN)


@pytest.mark.parametrize(
    ("xml", "wanted"),
    [
        ('<c r="B2"><f>1+1</f><v>2</v></c>', ("2", CellKind.NUMBER)),
        ('<c r="B2" t="str"><f>"A"&amp;"B"</f><v>AB</v></c>', ("AB", CellKind.TEXT)),
        ('<c r="B2" t="str"><f>IF(A1&lt;2,"","x")</f><v></v></c>', (None, CellKind.BLANK)),
        ('<c r="B2" t="b"><f>TRUE()</f><v>1</v></c>', ("TRUE", CellKind.BOOLEAN)),
        ('<c r="B2"><f>1+1</f></c>', (None, CellKind.UNCALCULATED)),
        ('<c r="B2"><f>1+1</f><v/></c>', (None, CellKind.UNCALCULATED)),
        ('<c r="B2"><f>1+1</f><v></v></c>', (None, CellKind.UNCALCULATED)),
        ('<c r="B2"><f t="shared" ref="B2:B9" si="0">A2*2</f><v>14</v></c>', ("14", CellKind.NUMBER)),
        ('<c r="B2"><f t="shared" si="0"/><v>14</v></c>', ("14", CellKind.NUMBER)),
        ('<c r="B2"><f t="array" ref="B2">SUM(A2:A3)</f><v>14</v></c>', ("14", CellKind.NUMBER)),
    ],
)
def test_a_formula_is_its_cached_result(tmp_path: Path, xml: str, wanted: object) -> None:
    assert cell(xml, tmp_path) == wanted


RICH = '<r><rPr><b/></rPr><t>Ær</t></r><r><t xml:space="preserve">ø </t></r><r><t>A/S</t></r>'


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        (RICH, "Ærø A/S"),
        (RICH + '<rPh sb="0" eb="1"><t>エロ</t></rPh><phoneticPr fontId="1"/>', "Ærø A/S"),
        ('<t xml:space="preserve">  Ærø  </t>', "  Ærø  "),
        ("<t>_x0041_BC</t>", "ABC"),
        ("<t>_x005F_x0041_</t>", "_x0041_"),
        ("<t>a_x000D_\nb</t>", "a\r\nb"),
        ("<t>_xD83D__xDE00_</t>", "😀"),
        ("<t>&amp;lt; &lt;&gt; &quot;&apos; &#248; &#xF8;</t>", "&lt; <> \"' ø ø"),
        ("<t>linje 1\nlinje 2</t>", "linje 1\nlinje 2"),
        ("<t><![CDATA[A < B & C]]></t>", "A < B & C"),
        ("<t>fø<!-- note -->lg</t>", "følg"),
    ],
)
@pytest.mark.parametrize("inline", [False, True])
def test_a_text_is_its_characters_however_it_is_spelled(tmp_path: Path, item: str, wanted: str, inline: bool) -> None:
    xml = f'<c r="B2" t="inlineStr"><is>{item}</is></c>' if inline else '<c r="B2" t="s"><v>0</v></c>'

    assert cell(xml, tmp_path, strings=[item]) == (wanted, CellKind.TEXT)


@pytest.mark.parametrize("item", ["<t/>", "<t></t>", "", "<r><t/></r>"])
def test_an_empty_text_is_a_blank(tmp_path: Path, item: str) -> None:
    assert cell('<c r="B2" t="s"><v>0</v></c>', tmp_path, strings=[item]) == (None, CellKind.BLANK)


def test_rows_keep_their_numbers_whatever_is_between_them(tmp_path: Path) -> None:
    rows = (
        '<row r="2"/><row r="3" spans="1:2"><c r="A3" s="0"/></row>'
        f'<row r="5">{string("B5", "Fem")}</row>'
        f'<row r="6">{string("B6", "   ")}</row>'
        f'<row r="1048576">{string("B1048576", "Sidst")}</row>'
    )
    table = customers_table(customers(rows), tmp_path)

    assert table.frame["name"].to_dict() == {5: "Fem", 1_048_576: "Sidst"}


def test_a_row_with_space_alone_is_no_row_and_space_in_a_row_is_kept(tmp_path: Path) -> None:
    rows = f'<row r="2">{string("A2", " ")}{string("B2", "&#160;")}</row><row r="3">{string("B3", " Bo ")}</row>'
    table = customers_table(customers(rows), tmp_path)

    assert table.frame["name"].to_dict() == {3: " Bo "}


def test_a_row_that_holds_only_an_error_is_a_row(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row><row r="3"><c r="B3"><f>A1</f></c></row>'
    table = customers_table(customers(rows), tmp_path)

    assert table.frame.index.tolist() == [2, 3]
    assert table.kinds["name"].tolist() == [CellKind.ERROR, CellKind.UNCALCULATED]


def test_hidden_rows_are_read_and_announced(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"{hidden}>{string(f"B{row}", f"Kunde {row}")}</row>'
        for row, hidden in ((2, ""), (3, ' hidden="1"'), (4, ' hidden="true"'), (5, ' hidden="0"'))
    )
    book = Book({"Customers": sheet_xml(header_row() + rows + '<row r="9" hidden="1"/>')})
    workbook = saved(book, tmp_path)

    assert workbook.tables[Kind.CUSTOMERS].frame.index.tolist() == [2, 3, 4, 5]
    assert workbook.tables[Kind.CUSTOMERS].hidden == {3, 4}
    (issue,) = [one for one in workbook.issues if one.code == "hidden_rows"]
    assert (issue.severity, issue.parameters["count"]) == (Severity.WARNING, 2)


def test_one_column_may_mix_every_kind(tmp_path: Path) -> None:
    cells = [
        string("B2", "tekst"),
        '<c r="B3"><v>900</v></c>',
        '<c r="B4" s="1"><v>900</v></c>',
        '<c r="B5" s="2"><v>45352</v></c>',
        '<c r="B6" t="b"><v>1</v></c>',
        '<c r="B7" t="e"><v>#N/A</v></c>',
        string("B8", "0900"),
    ]
    rows = "".join(f'<row r="{at}">{xml}</row>' for at, xml in enumerate(cells, 2))
    table = customers_table(customers(rows, formats=("0000", "yyyy-mm-dd")), tmp_path)

    assert table.frame["name"].tolist() == ["tekst", "900", "0900", "2024-03-01", "TRUE", "#N/A", "0900"]
    assert [CellKind(int(kind)).name for kind in table.kinds["name"]] == [
        "TEXT",
        "NUMBER",
        "NUMBER",
        "DATE",
        "BOOLEAN",
        "ERROR",
        "TEXT",
    ]


def test_cells_with_styles_that_the_workbook_lacks_are_plain(tmp_path: Path) -> None:
    assert cell('<c r="B2" s="99"><v>900</v></c>', tmp_path) == ("900", CellKind.NUMBER)


def test_the_frame_and_its_kinds_are_of_one_shape(tmp_path: Path) -> None:
    table = customers_table(customers(f'<row r="2">{string("B2", "Bo")}<c r="D2"><v>5</v></c></row>'), tmp_path)

    assert table.frame.index.tolist() == table.kinds.index.tolist() == [2]
    assert table.frame.columns.tolist() == table.kinds.columns.tolist()
    assert [(one.field, one.header, one.letter) for one in table.columns] == [
        ("customer_number", "Customer number", "A"),
        ("name", "Name", "B"),
        ("city", "City", "C"),
        ("credit_limit", "Credit limit", "D"),
        ("own_reference", "Own reference", "E"),
    ]
    assert {str(kind) for kind in table.frame.dtypes} == {"object"}
    assert {str(kind) for kind in table.kinds.dtypes} == {"uint8"}


def test_merged_cells_are_an_error_at_their_range(tmp_path: Path) -> None:
    rows = f'<row r="2">{string("B2", "Bo")}</row><row r="3">{string("B3", "")}<c r="A3"><v>1</v></c></row>'
    after = '<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="G2:H9"/></mergeCells>'
    workbook = saved(Book({"Customers": sheet_xml(header_row() + rows, after=after)}), tmp_path)

    (issue,) = [one for one in workbook.issues if one.code == "merged_cells"]
    assert (issue.place.cell, issue.parameters["range"]) == ("B2", "B2:B3")


def test_shared_strings_that_are_missing_are_one_clear_fault(tmp_path: Path) -> None:
    book = customers('<row r="2"><c r="B2" t="s"><v>0</v></c></row>')
    with pytest.raises(NotAWorkbook) as caught:
        saved(book, tmp_path)

    assert caught.value.code == "damaged_workbook"
    assert caught.value.parameters["part"] == "xl/worksheets/sheet1.xml"


def test_a_workbook_without_styles_is_read(tmp_path: Path) -> None:
    book = Book({"Customers": sheet_xml(header_row() + '<row r="2"><c r="B2" s="3"><v>45352</v></c></row>')})

    assert shown(customers_table(book, tmp_path), 2) == ("45352", CellKind.NUMBER)


def test_only_sheets_of_ours_are_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = Book(
        {
            "Budget": "<worksheet> this is no XML",
            "kunder ": sheet_xml(header_row() + f'<row r="2">{string("B2", "Bo")}</row>'),
            "Contacts": sheet_xml(header_row(headers=("Customer", "Name")) + f'<row r="2">{string("B2", "Ida")}</row>'),
        },
        strings=strings_xml([]),
    )
    workbook = saved(book, tmp_path)

    assert list(workbook.tables) == [Kind.CUSTOMERS, Kind.CONTACTS]
    assert workbook.tables[Kind.CUSTOMERS].sheet == "kunder "
    assert workbook.others == ("Budget",)
    assert codes(workbook.issues) == ["missing_column"] * 4


@pytest.mark.parametrize("row", TRAPS, ids=lambda row: TRAPS[row].name)
def test_the_workbook_of_traps_that_the_benchmark_reads_first_is_read_true(tmp_path: Path, row: int) -> None:
    table = read(trap_workbook(tmp_path / "traps.xlsx")).tables[Kind.CUSTOMERS]
    trap = TRAPS[row]

    assert (row in table.frame.index) == trap.kept
    assert (row in table.hidden) == trap.hidden
    if trap.kept:
        assert shown(table, row) == (trap.text, trap.kind)
