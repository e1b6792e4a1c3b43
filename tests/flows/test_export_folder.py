"""Exports as text files: nothing lost, nothing calculated, complete or not there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkio.errors import CannotWrite
from bulkio.flows.export_choice import Part
from bulkio.language import Language
from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet
from bulkio.workbook.export_folder import Form, write_folder
from tests.flows.practice import Practice, customer

NAME = ExportColumn("Name", ColumnType.TEXT)
AMOUNT = ExportColumn("Balance", ColumnType.DECIMAL)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def rows(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


@pytest.mark.parametrize("form", [Form.CSV, Form.SAFE_CSV, Form.JSON_LINES])
def test_each_part_is_a_file_with_every_row(practice: Practice, tmp_path: Path, form: Form) -> None:
    told = practice.export(tmp_path / "out", form=form)

    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{part}.{form.ending}" for part in Part}
    assert len((tmp_path / "out" / f"customers.{form.ending}").read_text("utf-8").splitlines()) == (
        told.rows["Customers"] + (form is not Form.JSON_LINES)
    )


def test_csv_for_machines_is_raw(practice: Practice, tmp_path: Path) -> None:
    practice.send(
        customer(9, name='=1+1, "x"\nÅ', telephoneAndFaxNumber="+45 63 11 20 30", zip="0900", creditLimit=0.1)
    )
    practice.export(tmp_path / "out", form=Form.CSV)
    header, *read = rows(tmp_path / "out" / "customers.csv")
    told = dict(zip(header, read[-1], strict=True))

    assert told["Name"] == '=1+1, "x"\nÅ'
    assert (told["Phone"], told["Postal code"], told["Credit limit"]) == ("+45 63 11 20 30", "0900", "0.1")


def test_csv_for_people_calculates_nothing_and_keeps_phone_numbers(practice: Practice, tmp_path: Path) -> None:
    practice.send(customer(9, name="=1+1", telephoneAndFaxNumber="+45 63 11 20 30", city="@x", creditLimit=1.5))
    practice.export(tmp_path / "out", language=Language.DANISH, form=Form.SAFE_CSV)
    header, *read = rows(tmp_path / "out" / "customers.csv", ";", "utf-8-sig")
    told = dict(zip(header, read[-1], strict=True))

    assert (tmp_path / "out" / "customers.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (told["Navn"], told["By"]) == ("'=1+1", "'@x")
    assert (told["Telefon"], told["Kreditmaksimum"]) == ("+45 63 11 20 30", "1,5")


def test_json_lines_keep_numbers_and_truth_as_what_they_are(practice: Practice, tmp_path: Path) -> None:
    practice.send(customer(9, creditLimit=0.1, barred=True))
    practice.export(tmp_path / "out", form=Form.JSON_LINES)
    last = (tmp_path / "out" / "customers.jsonl").read_text("utf-8").splitlines()[-1]
    told = json.loads(last, parse_float=Decimal)

    assert (told["Customer number"], told["Credit limit"], told["Barred"], told["City"]) == (9, Decimal("0.1"), True, None)  # fmt: skip


@given(st.lists(st.tuples(TEXT, st.decimals(-(10**12), 10**12, places=2)), min_size=1))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[str, Decimal]]) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("out")
    for form in (Form.CSV, Form.JSON_LINES):
        sheet = ExportSheet("x", (NAME, AMOUNT), wanted)
        write_folder(folder / form, {"x": sheet}, form, Language.ENGLISH)
    written = (folder / "jsonl" / "x.jsonl").read_text("utf-8").split("\n")[:-1]
    read = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in written]

    assert [(row[0], Decimal(row[1])) for row in rows(folder / "csv" / "x.csv")[1:]] == wanted
    assert [(one["Name"], one["Balance"]) for one in read] == wanted


@given(TEXT)
def test_no_text_of_csv_for_people_begins_a_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    target = tmp_path_factory.mktemp("out") / "csv"
    write_folder(target, {"x": ExportSheet("x", (NAME,), [(text,)])}, Form.SAFE_CSV, Language.ENGLISH)
    (_, *read) = rows(target / "x.csv", encoding="utf-8-sig")
    cell = read[0][0] if read and read[0] else ""

    assert cell[:1] not in set("=@\t\r")
    assert cell[:1] not in set("+-") or not any(map(str.isalpha, cell))


def test_a_folder_that_holds_something_is_left_as_it_is(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(CannotWrite) as caught:
        practice.export(tmp_path / "out", form=Form.CSV)

    assert caught.value.code == "folder_taken"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_taken(practice: Practice, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    practice.export(tmp_path / "out", form=Form.CSV)

    assert (tmp_path / "out" / "customers.csv").exists()


def test_rows_that_fail_leave_no_folder(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[str]]:
        yield ("x",)
        raise LookupError

    with pytest.raises(LookupError):
        write_folder(tmp_path / "out", {"x": ExportSheet("x", (NAME,), failing())}, Form.CSV, Language.ENGLISH)

    assert not list(tmp_path.iterdir())


def test_a_place_that_does_not_take_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite) as caught:
        write_folder(tmp_path / "file" / "out", {}, Form.CSV, Language.ENGLISH)

    assert caught.value.code == "cannot_write"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
