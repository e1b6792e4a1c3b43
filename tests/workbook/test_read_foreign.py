"""Other kinds of file arrive as the same table: .ods, .xls, .xlsb and text, with Excel's own row numbers."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from bulkio.errors import Misuse, NoKnownSheet, NotAWorkbook
from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind, Table, Workbook
from bulkio.workbook import LIMITS, Limits, annotatable, read
from bulkio.workbook.archive import open_archive
from bulkio.workbook.binary import binary_pages
from bulkio.workbook.old_excel import old_pages
from bulkio.workbook.opendocument import opendocument_pages
from bulkio.workbook.scan import scanned_of
from tests.workbook.parts import HEADER, codes, shown
from tests.workbook.whole import cells_of, differences, peer_cells

CORPUS = Path(__file__).parents[2] / "../shared/data/corpus"
DATA = Path(__file__).parent / "data"
LINES = "Kundenr.;Navn;By;Kreditmaksimum\r\n7;Ærø Bådeværft;København Ø;12.500,50\r\n\r\n8;Søn & Co;0900;\r\n"


def text_file(folder: Path, data: bytes, name: str = "Kunder.csv", answers: Answers = AS_FOUND) -> Workbook:
    (folder / name).write_bytes(data)
    return read(folder / name, LIMITS, answers)


def customers(workbook: Workbook) -> Table:
    return workbook.tables[Kind.CUSTOMERS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = LINES.replace(",", ".").replace(";", delimiter)
    table = customers(text_file(tmp_path, lines.encode(encoding)))

    assert table.frame["name"].to_dict() == {2: "Ærø Bådeværft", 4: "Søn & Co"}
    assert table.frame["city"].to_dict() == {2: "København Ø", 4: "0900"}
    assert set(table.kinds["name"]) == {CellKind.TEXT}


def test_what_was_found_is_said(tmp_path: Path) -> None:
    (issue,) = [one for one in text_file(tmp_path, LINES.encode("cp1252")).issues if one.code == "read_as_text"]

    assert issue.parameters == {"encoding": "cp1252", "delimiter": "semicolon"}
    assert issue.place.sheet == "Kunder"


def test_what_is_found_may_be_overruled(tmp_path: Path) -> None:
    data = "Navn\tLand\tBy;Valuta\r\nÆrø\tDK\tOdense;DKK\r\n".encode("cp850")
    workbook = text_file(tmp_path, data, answers=Answers(encoding="cp850", delimiter="tab"))

    assert customers(workbook).frame["name"].to_dict() == {2: "Ærø"}
    assert [one.place.column for one in workbook.issues if one.code == "unknown_column"] == ["By;Valuta"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (Answers(encoding="klingon"), "unknown_encoding"),
        (Answers(encoding="utf-8"), "wrong_encoding"),
        (Answers(delimiter="::"), "unknown_delimiter"),
    ],
)
def test_an_answer_that_cannot_be_is_one_clear_fault(tmp_path: Path, answers: Answers, code: str) -> None:
    with pytest.raises(Misuse) as caught:
        text_file(tmp_path, LINES.encode("cp1252"), answers=answers)

    assert caught.value.code == code


def test_a_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    table = customers(text_file(tmp_path, b"sep=|\r\nNavn|By\r\nBo|Odense\r\n"))

    assert table.frame["name"].to_dict() == {2: "Bo"}


def test_quoted_line_ends_are_one_row_and_ways_around_excel_are_undone(tmp_path: Path) -> None:
    data = 'Navn;By;Telefon;Egen reference\r\n"Bo\r\n""Ib""";Odense;\'+45 20304050;="0900"\r\nIda;;+4520304050;\'n Gammel\r\n'
    table = customers(text_file(tmp_path, data.encode()))

    assert table.frame.loc[2].to_dict() == {
        "name": 'Bo\r\n"Ib"',
        "city": "Odense",
        "phone": "+45 20304050",
        "own_reference": "0900",
    }
    assert table.frame.loc[3].to_dict() == {
        "name": "Ida",
        "city": None,
        "phone": "+4520304050",
        "own_reference": "'n Gammel",
    }


@pytest.mark.parametrize(
    ("header", "kind", "sheet"),
    [
        ("Navn;Kundegruppe;Momszone", Kind.CUSTOMERS, "Kunder"),
        ("Name;Customer group;VAT zone", Kind.CUSTOMERS, "Customers"),
        ("Kunde;Navn;E-mail-kopi", Kind.CONTACTS, "Kontaktpersoner"),
        ("Gruppenr.;Navn;Kontonr.", Kind.CUSTOMER_GROUPS, "Kundegrupper"),
        ("Kunde;Leveringsstednr.;Adresse", Kind.DELIVERY_LOCATIONS, "Leveringssteder"),
    ],
)
def test_a_text_file_is_the_sheet_whose_columns_it_names(tmp_path: Path, header: str, kind: Kind, sheet: str) -> None:
    workbook = text_file(tmp_path, f"{header}\r\n1;2;3\r\n".encode(), "udtræk 2026.csv")

    assert list(workbook.tables) == [kind]
    assert workbook.tables[kind].sheet == sheet


def test_a_text_file_without_columns_of_ours_is_one_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(NoKnownSheet) as caught:
        text_file(tmp_path, b"a;b\r\n1;2\r\n", "tal.csv")

    assert caught.value.code == "no_known_columns"


def test_a_field_without_end_is_one_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook):
        text_file(tmp_path, b'Navn;By\r\n"' + b"x" * 2_000_000)


def test_noise_that_is_called_csv_is_one_clear_fault(tmp_path: Path) -> None:
    with pytest.raises((NotAWorkbook, NoKnownSheet)):
        text_file(tmp_path, bytes(range(256)) * 9)


def ods(folder: Path, rows: str, before: str = "") -> Path:
    names = ("office", "table", "text", "calcext")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    header = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' for one in HEADER
    )
    path = folder / "book.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{before}<office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="Customers"><table:table-row>{header}</table:table-row>{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(inner: str) -> str:
    return f"<table:table-row><table:table-cell/>{inner}</table:table-row>"


@pytest.mark.parametrize(
    ("attributes", "text", "wanted"),
    [
        ('office:value-type="string"', "0900", ("0900", CellKind.TEXT)),
        ('office:value-type="float" office:value="12345678"', "12.345.678,00", ("12345678", CellKind.NUMBER)),
        ('office:value-type="float" office:value="900"', "0900", ("0900", CellKind.NUMBER)),
        ('office:value-type="float" office:value="5798000123456"', "5,798E+12", ("5798000123456", CellKind.NUMBER)),
        ('office:value-type="percentage" office:value="0.25"', "25%", ("25%", CellKind.NUMBER)),
        ('office:value-type="date" office:date-value="2024-03-01"', "01-03-2024", ("01-03-2024", CellKind.DATE)),
        ('office:value-type="boolean" office:boolean-value="true"', "SAND", ("TRUE", CellKind.BOOLEAN)),
        (
            'table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"',
            "#N/A",
            ("#N/A", CellKind.ERROR),
        ),
        ('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!", ("#DIV/0!", CellKind.ERROR)),
        ('table:formula="of:=1+1"', "", (None, CellKind.UNCALCULATED)),
        ('office:value-type="string"', 'a<text:s text:c="2"/>b<text:line-break/>c', ("a  b\nc", CellKind.TEXT)),
        ('office:value-type="currency" office:value="12500.5"', "12.500,50 kr.", ("12500.5", CellKind.NUMBER)),
    ],
)
def test_a_cell_of_opendocument_is_shown_as_it_should_be(
    tmp_path: Path, attributes: str, text: str, wanted: tuple[str | None, CellKind]
) -> None:
    path = ods(tmp_path, ods_cell(f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"))

    assert shown(customers(read(path)), 2) == wanted


def test_opendocument_rows_repeat_hide_and_merge(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"{}><text:p>Bo</text:p></table:table-cell>'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell/>{cell.format("")}</table:table-row>'
        + ods_cell(cell.format(' table:number-columns-spanned="2" table:number-rows-spanned="1"'))
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    workbook = read(ods(tmp_path, rows))

    assert customers(workbook).frame["name"].to_dict() == {5: "Bo", 6: "Bo", 7: "Bo"}
    assert customers(workbook).hidden == {5, 6}
    assert [one.place.cell for one in workbook.issues if one.code == "merged_cells"] == ["B7"]


@pytest.mark.parametrize(
    ("rows", "before", "code"),
    [
        ('<table:table-row table:number-rows-repeated="1048575">' + '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>', "", "too_large"),
        (ods_cell('<table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p></table:table-cell>'), "", "too_large"),
        (ods_cell("<table:table-cell>" * 5000 + "</table:table-cell>" * 5000), "", "damaged_workbook"),
        ("", '<!DOCTYPE a [<!ENTITY b "c">]>', "has_dtd"),
        ("<table:table-row>", "", "damaged_workbook"),
    ],
)  # fmt: skip
def test_a_bad_opendocument_is_one_clear_fault(tmp_path: Path, rows: str, before: str, code: str) -> None:
    with pytest.raises(NotAWorkbook) as caught:
        read(ods(tmp_path, rows, before))

    assert caught.value.code == code


XLS_TRAPS = {
    2: ("0900", CellKind.TEXT),
    3: ("12345678", CellKind.NUMBER),
    4: ("0900", CellKind.NUMBER),
    5: ("2024-03-01", CellKind.DATE),
    6: ("TRUE", CellKind.BOOLEAN),
    7: ("#N/A", CellKind.ERROR),
    8: ("NA", CellKind.TEXT),
    9: ("25%", CellKind.NUMBER),
    10: ("5798000123456", CellKind.NUMBER),
    11: ("12500.5", CellKind.NUMBER),
    12: (" Ærø  & Søn ", CellKind.TEXT),
    14: ("#DIV/0!", CellKind.ERROR),
    15: ("01-03-2024 12:00", CellKind.DATE),
    16: ("ab", CellKind.TEXT),
    17: ("12500.5", CellKind.NUMBER),
    18: ("0.75", CellKind.NUMBER),
}


def test_an_old_workbook_that_libreoffice_saved_loses_nothing() -> None:
    """`traps.xls` was built part by part as .xlsx and converted by LibreOffice 7."""
    workbook = read(DATA / "traps.xls")
    table = customers(workbook)

    assert {row: shown(table, row) for row in table.frame.index} == XLS_TRAPS
    assert table.hidden == {8}
    assert workbook.others == ("Budget",)


def test_an_opendocument_that_libreoffice_saved_loses_nothing() -> None:
    """`traps.ods` was made with `traps.xls`; a formatted time under a merged range is what differs."""
    table = customers(read(DATA / "traps.ods"))
    found = {row: shown(table, row) for row in table.frame.index}

    assert {row: cell for row, cell in found.items() if row != 18} == {
        row: cell for row, cell in XLS_TRAPS.items() if row != 18
    }
    assert table.hidden == {8}


@pytest.mark.parametrize("change", ["cut", "noise", "loop"])
def test_a_bad_old_workbook_is_one_clear_fault(tmp_path: Path, change: str) -> None:
    data = bytearray((DATA / "traps.xls").read_bytes())
    if change == "cut":
        data = data[:1500]
    elif change == "noise":
        data[600:2600] = bytes(range(250)) * 8
    else:
        struct.pack_into("<I", data, 48, 0)  # the directory is told to begin in a chain of something else
    path = tmp_path / "book.xls"
    path.write_bytes(data)
    with pytest.raises((NotAWorkbook, NoKnownSheet)):
        read(path)


def test_a_directory_that_is_cut_within_an_entry_is_one_clear_fault(tmp_path: Path) -> None:
    """Found by fuzzing: python-calamine panics on it."""
    data = (DATA / "traps.xls").read_bytes()
    (start,) = struct.unpack_from("<I", data, 48)
    (tmp_path / "book.xls").write_bytes(data[: 512 * (start + 1) + 300])
    with pytest.raises(NotAWorkbook) as caught:
        read(tmp_path / "book.xls")

    assert caught.value.code == "damaged_workbook"


def test_a_row_beyond_what_any_program_counts_is_one_clear_fault() -> None:
    """Found by fuzzing an .xlsb: its rows are numbers of 32 bits."""
    with pytest.raises(NotAWorkbook) as caught:
        scanned_of([(2_147_483_652, 1, "x", CellKind.TEXT)], "book.xlsb", LIMITS)

    assert caught.value.code == "too_large"


def test_a_file_that_must_be_held_whole_has_a_limit_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "Kunder.csv").write_text(LINES, encoding="utf-8")
    with pytest.raises(NotAWorkbook) as caught:
        read(tmp_path / "Kunder.csv", Limits(text_file_bytes=20))

    assert caught.value.code == "too_large"


def facts(workbook: Workbook) -> object:
    return [
        (kind, table.frame.to_dict(), table.kinds.to_dict(), table.hidden, table.columns)
        for kind, table in workbook.tables.items()
    ]


def test_a_file_of_another_kind_becomes_a_workbook_that_reads_alike(tmp_path: Path) -> None:
    (tmp_path / "udtræk.csv").write_bytes(LINES.encode("cp1252"))
    answers = Answers(encoding="cp1252")
    with annotatable(tmp_path / "udtræk.csv", answers) as copy:
        assert copy.suffix == ".xlsx"
        assert facts(read(copy)) == facts(read(tmp_path / "udtræk.csv", LIMITS, answers))


def test_an_old_workbook_becomes_one_that_shows_the_same(tmp_path: Path) -> None:
    with annotatable(DATA / "traps.xls") as copy:
        again = read(copy)

    assert again.tables[Kind.CUSTOMERS].frame.to_dict() == customers(read(DATA / "traps.xls")).frame.to_dict()
    assert again.tables[Kind.CUSTOMERS].hidden == {8}
    assert codes(again.issues) == [code for code in codes(read(DATA / "traps.xls").issues) if code != "merged_cells"]


FOREIGN = sorted((*CORPUS.glob("*.xlsb"), *CORPUS.glob("*.ods"), *CORPUS.glob("*.xls")))
KNOWN = {
    "2ca101063f7c.ods": "the peer shows a value that a merged cell covers",
    "43acbf514625.ods": "the peer takes another spelling of a line end",
    "7d22dfe94165.ods": "the peer drops a cell without a type",
    "b7784881edce.xlsb": "a date in the year 7737, which the peer shows as its number",
    "814dcd91f3f7.xls": "numbers padded with zeros by their format",
}


@pytest.mark.skipif(not FOREIGN, reason="../shared/data/corpus is not beside this checkout")
@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_a_file_found_in_the_wild_is_read_as_the_peer_reads_it(path: Path) -> None:
    if path.suffix == ".xls":
        pages = old_pages(path, path.read_bytes(), LIMITS)
        found = [(page.title, cells_of(page.scan())) for page in pages]
    else:
        with open_archive(path, LIMITS) as archive:
            made = binary_pages(archive, "xl/workbook.bin") if path.suffix == ".xlsb" else opendocument_pages(archive)
            found = [(page.title, cells_of(page.scan())) for page in made]

    differing = {title for title, cells in found if differences(cells, peer_cells(path, title))}
    assert bool(differing) == (path.name in KNOWN)
