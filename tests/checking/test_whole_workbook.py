from __future__ import annotations

import pytest

from bulkio.checking import check
from bulkio.checking.finding import WARNINGS
from bulkio.language import Language, word_issue
from bulkio.language.wordings.check import WORDINGS
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from tests.checking.sheets import AGREEMENT, GOOD_CUSTOMER, Row, codes, number, table, workbook


def test_an_issue_stands_where_the_file_has_it() -> None:
    rows: list[Row] = [GOOD_CUSTOMER, {**GOOD_CUSTOMER, "currency": "DKR"}]
    checked = check(workbook(table(Kind.CUSTOMERS, rows, first_row=9)), AGREEMENT)

    assert checked.issues[0].place == Place("Customers", 10, "Currency", "C")
    assert checked.issues[0].place.cell == "C10"
    assert checked.issues[0].value == "DKR"


def test_issues_are_in_the_order_of_sheets_rows_and_columns() -> None:
    reading = (
        Issue("unknown_column", Place("Contacts", 1, "Farve", "Z"), Severity.WARNING),
        Issue("merged_cells", Place("Customers", 3, "Name", "A")),
        Issue("two_sheets", Place("Kunder 2")),
        Issue("hidden_rows", Place("Customers"), Severity.WARNING),
    )
    customers: list[Row] = [{**GOOD_CUSTOMER, "vat_zone": "12", "name": None}, {**GOOD_CUSTOMER, "currency": "dk"}]
    groups = table(Kind.CUSTOMER_GROUPS, [{"group_number": "x", "name": "A", "account": "5600"}])
    contacts = table(Kind.CONTACTS, [{"customer": "500", "name": None}], ["customer", "name"])
    checked = check(workbook(contacts, table(Kind.CUSTOMERS, customers), groups, issues=reading), AGREEMENT)

    assert [(issue.place.sheet, issue.place.row, issue.code) for issue in checked.issues] == [
        ("Customer groups", 2, "not_a_number"),
        ("Customers", None, "hidden_rows"),
        ("Customers", 2, "required"),
        ("Customers", 2, "unknown_vat_zone"),
        ("Customers", 3, "merged_cells"),
        ("Customers", 3, "wrong_length"),
        ("Contacts", 1, "unknown_column"),
        ("Contacts", 2, "required"),
        ("Kunder 2", None, "two_sheets"),
    ]


def test_the_column_after_z_comes_after_it() -> None:
    places = [Place("Customers", 2, letter, letter) for letter in ("AA", "Z", "B")]
    reading = tuple(Issue("merged_cells", place) for place in places)
    checked = check(workbook(table(Kind.CUSTOMERS, [GOOD_CUSTOMER]), issues=reading), AGREEMENT)

    assert [issue.place.letter for issue in checked.issues] == ["B", "Z", "AA"]


@pytest.mark.parametrize("place", [Place("Customers", None, "Name"), Place("Customers", 1, "Name", "A")])
def test_an_error_of_the_whole_sheet_refuses_its_rows_without_a_word_on_each(place: Place) -> None:
    issue = Issue("missing_column", place, field="name")
    rows: list[Row] = [{key: cell for key, cell in GOOD_CUSTOMER.items() if key != "name"}] * 3
    checked = check(workbook(table(Kind.CUSTOMERS, rows), issues=(issue,)), AGREEMENT)

    assert checked.issues == (issue,)
    assert checked.tables[Kind.CUSTOMERS].refused == {2, 3, 4}


def test_a_warning_of_the_whole_sheet_refuses_nothing() -> None:
    issue = Issue("hidden_rows", Place("Customers"), Severity.WARNING)
    checked = check(workbook(table(Kind.CUSTOMERS, [GOOD_CUSTOMER]), issues=(issue,)), AGREEMENT)

    assert checked.tables[Kind.CUSTOMERS].refused == frozenset()


def test_an_error_of_reading_in_a_row_refuses_that_row() -> None:
    issue = Issue("merged_cells", Place("Customers", 3, "Name", "A"))
    checked = check(workbook(table(Kind.CUSTOMERS, [GOOD_CUSTOMER] * 3), issues=(issue,)), AGREEMENT)

    assert checked.tables[Kind.CUSTOMERS].refused == {3}


def test_values_keep_index_and_columns_of_the_table() -> None:
    sheet = table(Kind.CUSTOMERS, [GOOD_CUSTOMER, {**GOOD_CUSTOMER, "city": "Ærøskøbing"}], first_row=7)
    values = check(workbook(sheet), AGREEMENT).tables[Kind.CUSTOMERS].values

    assert values.index.tolist() == [7, 8]
    assert values.columns.tolist() == sheet.frame.columns.tolist()
    assert set(map(str, values.dtypes)) == {"object"}
    assert values.loc[7, "city"] is None


def test_a_sheet_without_rows_is_no_matter() -> None:
    sheets = [
        table(kind, [], ["customer", "name"] if kind is Kind.CONTACTS else ["name"])
        for kind in Kind
        if kind != "delivery_locations"
    ]

    assert codes(check(workbook(*sheets), AGREEMENT)) == []


def test_a_warning_and_an_error_are_told_apart() -> None:
    row: Row = {**GOOD_CUSTOMER, "cvr_number": "13585627", "customer_number": number("0")}
    checked = check(workbook(table(Kind.CUSTOMERS, [row])), AGREEMENT)

    assert {issue.code: issue.severity for issue in checked.issues} == {
        "out_of_range": Severity.ERROR,
        "cvr_check_digit": Severity.WARNING,
    }


def test_every_warning_is_a_code_with_words() -> None:
    assert set(WORDINGS) >= WARNINGS


@pytest.mark.parametrize("language", list(Language))
def test_each_issue_has_words_in_both_languages(language: Language) -> None:
    faulty: Row = {
        "customer_number": "0",
        "own_reference": "5,7E+12",
        "customer_group": "Findes ikke",
        "currency": "dk",
        "payment_terms": "Kontant",
        "vat_zone": "9",
        "city": "B" * 51,
        "email": "ikke",
        "cvr_number": "13585627",
        "ean_number": "5798000000002",
        "credit_limit": "1.000",
        "barred": "måske",
        "sales_person": "3",
        "layout": "22",
        "attention": "Ib",
    }
    contact: Row = {"customer": "K9", "name": "Bo", "email_copies": "aviser"}
    checked = check(workbook(table(Kind.CUSTOMERS, [faulty]), table(Kind.CONTACTS, [contact])), AGREEMENT)
    wordings = [word_issue(issue, language) for issue in checked.issues]

    assert len(wordings) >= 16
    assert all(wording.message and wording.hint and "{" not in wording.message + wording.hint for wording in wordings)
