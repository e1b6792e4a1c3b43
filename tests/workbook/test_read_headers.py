"""The header row is found and its columns are named, however the person wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from bulkio.entities import ENTITIES, Entity
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.table import Workbook
from bulkio.workbook.addresses import letters_of
from tests.workbook.parts import Book, codes, saved, sheet_xml, string

REQUIRED = ("Name", "Customer group", "Currency", "Payment terms", "VAT zone")


def lines(*rows: Sequence[str]) -> str:
    """Rows 1, 2, … of these texts; empty texts are no cells."""
    return "".join(
        f'<row r="{row}">'
        + "".join(string(f"{letters_of(at)}{row}", text) for at, text in enumerate(texts, 1) if text)
        + "</row>"
        for row, texts in enumerate(rows, 1)
    )


def sheet(folder: Path, *rows: Sequence[str], title: str = "Customers", after: str = "") -> Workbook:
    return saved(Book({title: sheet_xml(lines(*rows), after=after)}), folder)


def fields(workbook: Workbook, kind: Kind = Kind.CUSTOMERS) -> list[str]:
    return [column.field for column in workbook.tables[kind].columns]


def only(workbook: Workbook, code: str) -> list[Issue]:
    return [issue for issue in workbook.issues if issue.code == code]


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: str(entity.kind))
@pytest.mark.parametrize("language", ["en", "da"])
def test_every_header_and_title_is_known_in_both_languages(tmp_path: Path, entity: Entity, language: str) -> None:
    headers = [field.header(language) for field in entity.fields]
    workbook = sheet(tmp_path, headers, ["1"] * len(headers), title=entity.sheet(language))

    assert fields(workbook, entity.kind) == [field.name for field in entity.fields]
    assert workbook.issues == ()


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: str(entity.kind))
def test_a_column_is_known_by_the_name_of_its_field_in_the_api(tmp_path: Path, entity: Entity) -> None:
    known = [field for field in entity.fields if field.api]
    workbook = sheet(tmp_path, [field.api for field in known], ["1"] * len(known), title=entity.sheet_en)

    assert fields(workbook, entity.kind) == [field.name for field in known]


SPELLINGS = [
    "customer number",
    "CUSTOMER NUMBER",
    "  Customer number  ",
    "Customer number *",
    "Customer number*",
    "Customer  number:",
    "Customer\nnumber",
    "Customer&#160;number",
    "kundenr.",
    "Kundenr",
    "customerNumber",
    "CUSTOMERNUMBER",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_case_spaces_and_an_asterisk_do_not_matter(tmp_path: Path, spelling: str) -> None:
    assert fields(sheet(tmp_path, [spelling, *REQUIRED], ["1", "Bo"])) == [
        "customer_number",
        "name",
        "customer_group",
        "currency",
        "payment_terms",
        "vat_zone",
    ]


def test_a_header_is_shown_without_asterisk_and_outer_space(tmp_path: Path) -> None:
    workbook = sheet(tmp_path, [" Name * ", *REQUIRED[1:]], ["Bo"])

    assert workbook.tables[Kind.CUSTOMERS].columns[0].header == "Name"


@pytest.mark.parametrize("order", list(permutations(("Name", "City", "Valuta"))))
def test_columns_stand_in_the_order_of_the_sheet(tmp_path: Path, order: tuple[str, ...]) -> None:
    wanted = {"Name": "name", "City": "city", "Valuta": "currency"}
    workbook = sheet(tmp_path, order, [f"{header}!" for header in order])

    assert fields(workbook) == [wanted[header] for header in order]
    assert workbook.tables[Kind.CUSTOMERS].frame.loc[2].to_dict() == {wanted[one]: f"{one}!" for one in order}


@pytest.mark.parametrize("titles", [[], ["Kunder 2026"], ["Kunder 2026", "", "Udtræk af 1. marts", "Navn på udtræk"]])
def test_the_header_may_stand_below_title_lines(tmp_path: Path, titles: list[str]) -> None:
    workbook = sheet(tmp_path, *([title] for title in titles), list(REQUIRED), ["Bo"])
    table = workbook.tables[Kind.CUSTOMERS]

    assert table.header_row == len(titles) + 1
    assert table.frame["name"].to_dict() == {len(titles) + 2: "Bo"}
    assert workbook.issues == ()


def test_a_header_beyond_the_first_twenty_lines_is_not_looked_for(tmp_path: Path) -> None:
    assert codes(sheet(tmp_path, *(["Titel"] for _ in range(20)), list(REQUIRED)).issues) == ["no_header"]


def test_two_rows_that_could_be_the_header_are_an_error(tmp_path: Path) -> None:
    danish = ["Navn", "Kundegruppe", "Valuta", "Betalingsbetingelse", "Momszone"]
    (issue,) = sheet(tmp_path, list(REQUIRED), danish, ["Bo", "1", "DKK", "1", "1"]).issues

    assert (issue.code, issue.severity, issue.place.row) == ("two_header_rows", Severity.ERROR, None)
    assert issue.parameters == {"first": 1, "second": 2}


def test_a_row_of_data_that_names_a_column_or_two_is_no_second_header(tmp_path: Path) -> None:
    workbook = sheet(tmp_path, [*REQUIRED, "City", "Address"], ["Name", "1", "DKK", "1", "1", "City", "Vej 1"])

    assert workbook.issues == ()
    assert workbook.tables[Kind.CUSTOMERS].frame["name"].to_dict() == {2: "Name"}


def test_unknown_columns_are_named_and_ignored(tmp_path: Path) -> None:
    workbook = sheet(tmp_path, ["Farve", *REQUIRED, "Rabat *"], ["rød", "Bo", "", "", "", "", "5"])
    issues = only(workbook, "unknown_column")

    assert [(one.place.cell, one.place.column, one.severity) for one in issues] == [
        ("A1", "Farve", Severity.WARNING),
        ("G1", "Rabat", Severity.WARNING),
    ]
    assert fields(workbook) == ["name", "customer_group", "currency", "payment_terms", "vat_zone"]


def test_two_hundred_columns_are_read_and_each_stranger_is_named(tmp_path: Path) -> None:
    strangers = [f"Felt {number}" for number in range(195)]
    workbook = sheet(tmp_path, [*strangers, *REQUIRED], ["x"] * 195 + ["Bo"])

    assert [one.place.column for one in only(workbook, "unknown_column")] == strangers
    assert workbook.tables[Kind.CUSTOMERS].columns[0].letter == "GN"
    assert workbook.tables[Kind.CUSTOMERS].frame["name"].to_dict() == {2: "Bo"}


def test_a_column_that_stands_twice_is_an_error_at_the_second(tmp_path: Path) -> None:
    (issue,) = sheet(tmp_path, [*REQUIRED, "Navn"], ["Bo", "", "", "", "", "Ib"]).issues

    assert (issue.code, issue.place.cell, issue.field) == ("duplicate_column", "F1", "name")
    assert issue.parameters == {"first": "A", "second": "F"}


@pytest.mark.parametrize("rows", [1, 50])
def test_a_missing_required_column_is_one_issue_in_the_language_of_the_sheet(tmp_path: Path, rows: int) -> None:
    danish = ["Navn", "Kundegruppe", "Betalingsbetingelse", "Momszone"]
    (issue,) = sheet(tmp_path, danish, *([["Bo", "1", "1", "1"]] * rows), title="Kunder").issues

    assert (issue.code, issue.severity) == ("missing_column", Severity.ERROR)
    assert (issue.place.sheet, issue.place.row, issue.place.column, issue.field) == (
        "Kunder",
        None,
        "Valuta",
        "currency",
    )


@pytest.mark.parametrize(
    ("merged", "wanted"),
    [("A1:B1", ["A1:B1"]), ("A1:A2", []), ("A1:B2", ["A1:B2"]), ("Z1:AA1", []), ("C7:D9", [])],
)
def test_a_header_merged_across_columns_is_an_error(tmp_path: Path, merged: str, wanted: list[str]) -> None:
    after = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>'
    workbook = sheet(tmp_path, REQUIRED, [], ["Bo"], after=after)

    assert [one.parameters["range"] for one in only(workbook, "merged_header")] == wanted


def test_titles_merged_above_the_header_are_no_matter(tmp_path: Path) -> None:
    after = '<mergeCells count="1"><mergeCell ref="A1:E2"/></mergeCells>'

    assert sheet(tmp_path, ["Kunder"], [], REQUIRED, ["Bo"], after=after).issues == ()


@pytest.mark.parametrize("title", ["customers", "CUSTOMERS", " Customers ", "Kunder", "kunder"])
def test_a_sheet_is_found_by_either_name(tmp_path: Path, title: str) -> None:
    assert sheet(tmp_path, REQUIRED, ["Bo"], title=title).tables[Kind.CUSTOMERS].sheet == title


def test_two_sheets_of_one_kind_are_an_error_and_the_first_is_read(tmp_path: Path) -> None:
    first, second = sheet_xml(lines(REQUIRED, ["Bo"])), sheet_xml(lines(REQUIRED, ["Ib"]))
    workbook = saved(Book({"Kunder": first, "Customers": second}), tmp_path)

    assert codes(workbook.issues) == ["two_sheets"]
    assert workbook.tables[Kind.CUSTOMERS].frame["name"].to_dict() == {2: "Bo"}


@pytest.mark.parametrize("rows", [[], [["Farve", "Rabat"], ["rød", "5"]]])
def test_a_sheet_without_a_header_is_one_error_and_no_table(tmp_path: Path, rows: list[list[str]]) -> None:
    workbook = sheet(tmp_path, *rows)

    assert [(one.code, one.place.sheet, one.place.row) for one in workbook.issues] == [("no_header", "Customers", None)]
    assert workbook.tables == {}


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    workbook = sheet(tmp_path, REQUIRED)

    assert len(workbook.tables[Kind.CUSTOMERS].frame) == 0
    assert workbook.issues == ()


def test_columns_of_an_earlier_results_workbook_are_ours(tmp_path: Path) -> None:
    headers = [*REQUIRED, "bulkio status", "bulkio number", "bulkio message"]
    workbook = sheet(tmp_path, headers, ["Bo", "1", "DKK", "1", "1", "created", "17", ""], ["Ib"])
    table = workbook.tables[Kind.CUSTOMERS]

    assert workbook.issues == ()
    assert table.written is not None
    assert table.written.loc[2].to_dict() == {"status": "created", "number": "17"}
    assert table.written.loc[3].to_dict() == {"status": None, "number": None}
