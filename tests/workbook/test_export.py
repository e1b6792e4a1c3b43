"""An export is what it was given: read back with openpyxl, python-calamine and LibreOffice."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from bulkio.errors import CannotWrite
from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet, write_export

NUMBER = ExportColumn("Customer number", ColumnType.INTEGER)
NAME = ExportColumn("Name", ColumnType.TEXT, 34, required=True)
BALANCE = ExportColumn("Balance", ColumnType.DECIMAL, total=True)
DAY = ExportColumn("Date", ColumnType.DATE)
BARRED = ExportColumn("Barred", ColumnType.BOOLEAN)


def exported(
    folder: Path, columns: tuple[ExportColumn, ...], rows: Sequence[Sequence[object]], language: str = "en"
) -> Path:
    target = folder / "export.xlsx"
    write_export(target, [ExportSheet("Customers", columns, iter(rows))], language)
    return target


def sheet_of(path: Path, *, values: bool = False) -> Worksheet:
    return load_workbook(path, data_only=values)["Customers"]


def column(path: Path, letter: str = "A") -> list[object]:
    return [cell.value for cell in sheet_of(path)[letter]][1:]


@pytest.mark.parametrize(
    "text", ["=1+1", "+45 63 11 20 30", "-A/S", "@home", "NA", "None", "0900", " spaced ", "a\nb", "<&>", "1E5", "TRUE"]
)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    path = exported(tmp_path, (NAME,), [(text,)])
    cell = sheet_of(path)["A2"]

    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_a_number_in_a_text_column_becomes_text(tmp_path: Path) -> None:
    assert column(exported(tmp_path, (NAME,), [(900,)])) == ["900"]


def test_characters_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    assert column(exported(tmp_path, (NAME,), [("a\x00b\x1fc\ufffe\ud800d",)])) == ["abcd"]


def test_a_carriage_return_is_spelled_as_excel_spells_it(tmp_path: Path) -> None:
    """openpyxl shows the spelling; bulkio's own reader, as Excel, resolves it."""
    assert column(exported(tmp_path, (NAME,), [("a\r\nb",)])) == ["a_x000D_\nb"]


def test_text_of_several_lines_is_folded(tmp_path: Path) -> None:
    sheet = sheet_of(exported(tmp_path, (NAME,), [("a\nb",), ("a b",)]))

    assert [sheet["A2"].alignment.wrap_text, sheet["A3"].alignment.wrap_text] == [True, None]
    assert [sheet.row_dimensions[2].height, sheet.row_dimensions[3].height] == [30, None]


@pytest.mark.parametrize("value", ["12345678901.23", "0.10", "-7", "1E+3", "1E-7"])
def test_a_decimal_keeps_every_digit(tmp_path: Path, value: str) -> None:
    path = exported(tmp_path, (ExportColumn("Amount", ColumnType.DECIMAL),), [(Decimal(value),)])
    with ZipFile(path) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").decode()

    assert f"<v>{Decimal(value):f}</v>" in part


def test_a_number_that_excel_would_round_is_text(tmp_path: Path) -> None:
    assert column(exported(tmp_path, (NUMBER,), [(5798000123456,), (1234567890123456,)])) == [
        5798000123456,
        "1234567890123456",
    ]


def test_a_text_in_a_number_column_stays_text(tmp_path: Path) -> None:
    assert column(exported(tmp_path, (NUMBER,), [("K-0417",), ("0417",)])) == ["K-0417", "0417"]


@pytest.mark.parametrize(("language", "words"), [("en", ["yes", "no"]), ("da", ["ja", "nej"])])
def test_truth_is_a_word_of_the_language(tmp_path: Path, language: str, words: list[str]) -> None:
    assert column(exported(tmp_path, (BARRED,), [(True,), (False,)], language)) == words


@pytest.mark.parametrize(("language", "shown"), [("en", "yyyy-mm-dd"), ("da", "dd-mm-yyyy")])
def test_a_date_is_a_date_in_the_format_of_the_language(tmp_path: Path, language: str, shown: str) -> None:
    cell = sheet_of(exported(tmp_path, (DAY,), [(date(2026, 11, 22),)], language))["A2"]

    assert (cell.value, cell.number_format) == (datetime(2026, 11, 22), shown)


def test_a_day_before_excels_calendar_is_text(tmp_path: Path) -> None:
    assert column(exported(tmp_path, (DAY,), [(date(1890, 1, 1),)])) == ["1890-01-01"]


def test_blank_is_no_cell_at_all(tmp_path: Path) -> None:
    path = exported(tmp_path, (NUMBER, NAME, DAY, BARRED), [(None, "", None, None), (1, "x", None, None)])

    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)[1] == [
        "",
        "",
        "",
        "",
    ]


def test_headers_are_frozen_filtered_and_marked_where_required(tmp_path: Path) -> None:
    sheet = sheet_of(exported(tmp_path, (NUMBER, NAME), [(1, "x"), (2, "y")]))

    assert [cell.value for cell in sheet[1]] == ["Customer number", "Name *"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("A2", "A1:B3", "A1:B3")
    assert sheet.print_title_rows == "$1:$1"


def test_new_rows_of_a_text_column_are_text_too(tmp_path: Path) -> None:
    sheet = sheet_of(exported(tmp_path, (NUMBER, NAME), [(1, "x")]))

    assert sheet.column_dimensions["B"].number_format == "@"


def test_totals_follow_the_filter_and_hold_their_value(tmp_path: Path) -> None:
    path = exported(tmp_path, (NAME, BALANCE), [("a", Decimal("0.10")), ("b", None), ("c", Decimal("0.20"))], "da")

    assert sheet_of(path)["B5"].value == "=SUBTOTAL(109,B2:B4)"
    assert sheet_of(path, values=True)["B5"].value == 0.3
    assert sheet_of(path)["A5"].value == "I alt"
    assert sheet_of(path).auto_filter.ref == "A1:B4"


def test_no_totals_where_no_column_asks_or_no_row_stands(tmp_path: Path) -> None:
    assert sheet_of(exported(tmp_path, (NAME,), [("a",)])).max_row == 2
    assert sheet_of(exported(tmp_path, (NAME, BALANCE), [])).max_row == 1


def test_rows_are_read_once_and_not_all_at_once(tmp_path: Path) -> None:
    drawn = 0

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal drawn
        for drawn in range(1, 5_001):
            yield (drawn, f"Navn {drawn}")

    write_export(tmp_path / "e.xlsx", [ExportSheet("Customers", (NUMBER, NAME), rows())], "en")

    assert drawn == 5_000
    assert sheet_of(tmp_path / "e.xlsx").max_row == 5_001


def test_a_row_of_another_length_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        exported(tmp_path, (NUMBER, NAME), [(1,)])

    assert not list(tmp_path.iterdir())


def test_several_sheets_keep_their_order_and_rows(tmp_path: Path) -> None:
    sheets = [ExportSheet(title, (NAME,), [(title,)]) for title in ("Kunder", "Kontaktpersoner", "Å & Ø")]
    write_export(tmp_path / "e.xlsx", sheets, "da")
    workbook = load_workbook(tmp_path / "e.xlsx")

    assert [(sheet.title, sheet["A2"].value) for sheet in workbook] == [(one.title, one.title) for one in sheets]


def test_a_place_that_refuses_is_said_and_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "e.xlsx").mkdir()
    with pytest.raises(CannotWrite) as caught:
        write_export(tmp_path / "e.xlsx", [ExportSheet("Customers", (NAME,), [("x",)])], "en")

    assert caught.value.code == "no_place_for_file"
    assert [path.name for path in tmp_path.iterdir()] == ["e.xlsx"]


def test_a_device_or_a_pipe_is_never_replaced_by_a_workbook(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    for target in (tmp_path / "pipe.xlsx", Path()):
        with pytest.raises(CannotWrite) as caught:
            write_export(target, [ExportSheet("Customers", (NAME,), [("x",)])], "en")

        assert caught.value.code == "no_place_for_file"
    assert (tmp_path / "pipe.xlsx").is_fifo()


def test_rows_that_fail_leave_the_old_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "e.xlsx").write_bytes(b"old")

    def rows() -> Iterator[tuple[object, ...]]:
        yield ("x",)
        raise LookupError

    with pytest.raises(LookupError):
        write_export(tmp_path / "e.xlsx", [ExportSheet("Customers", (NAME,), rows())], "en")

    assert (tmp_path / "e.xlsx").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(rows=st.lists(st.tuples(PLAIN, st.integers(-(10**14), 10**14)), min_size=1, max_size=8))
def test_what_goes_in_comes_out(tmp_path: Path, rows: list[tuple[str, int]]) -> None:
    read = list(sheet_of(exported(tmp_path, (NAME, NUMBER), rows)).iter_rows(min_row=2, values_only=True))

    assert read == [(text or None, number) for text, number in rows]


@pytest.mark.long
def test_libreoffice_reads_what_was_written_and_calculates_the_same_total(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    rows = [("=1+1", Decimal("0.10")), ("0900", Decimal("12345678.25")), ("_x0041_", None)]
    path = exported(tmp_path, (NAME, BALANCE), rows)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [office, "--headless", home, "--convert-to", "csv", "--outdir", tmp_path, path], check=True, capture_output=True
    )
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        read = list(csv.reader(stream))

    assert [row[0] for row in read] == ["Name *", "=1+1", "0900", "_x0041_", "Total"]
    assert read[-1][1].replace(",", "") == "12345678.35"
