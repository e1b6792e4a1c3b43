from __future__ import annotations

import pytest

from bulkio.checking import check
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.table import Table
from tests.checking.sheets import (
    AGREEMENT,
    GOOD_CUSTOMER,
    Cell,
    Row,
    checked_customer,
    codes,
    number,
    places,
    table,
    value,
    workbook,
)


@pytest.mark.parametrize(
    ("field", "cell", "found"),
    [
        ("payment_terms", "netto 14  DAGE", 2),
        ("payment_terms", number("2"), 2),
        ("payment_terms", "02", 2),
        ("vat_zone", "eu", 2),
        ("currency", "dkk", "DKK"),
        ("sales_person", " Mette Holm ", 1),
        ("layout", "Dansk std.", 19),
        ("customer_group", "udenlandske kunder", 2),
    ],
)
def test_an_entry_is_found_by_number_or_name(field: str, cell: str | Cell, found: object) -> None:
    checked = checked_customer(**{field: cell})

    assert codes(checked) == []
    assert value(checked, field) == found


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("customer_group", "99", "unknown_group"),
        ("customer_group", "Findes ikke", "unknown_group"),
        ("payment_terms", "77", "unknown_payment_terms"),
        ("vat_zone", "12", "unknown_vat_zone"),
        ("vat_zone", "9", "vat_zone_not_for_customers"),
        ("currency", "DKR", "unknown_currency"),
        ("currency", "dk", "wrong_length"),
        ("sales_person", "44", "unknown_employee"),
        ("sales_person", "3", "barred_employee"),
        ("sales_person", "fratrådt medarbejder", "barred_employee"),
        ("layout", "5", "unknown_layout"),
        ("layout", "22", "deleted_layout"),
        ("payment_terms", "Kontant", "ambiguous_name"),
    ],
)
def test_an_entry_that_cannot_be_chosen_is_told(field: str, text: str, code: str) -> None:
    checked = checked_customer(**{field: text})

    assert places(checked) == [(2, field, code)]
    assert value(checked, field) is None


def test_a_number_goes_before_a_name() -> None:
    assert value(checked_customer(payment_terms="8"), "payment_terms") == 8


def test_the_numbers_of_an_ambiguous_name_are_listed() -> None:
    assert checked_customer(payment_terms="kontant").issues[0].parameters == {"numbers": "3, 4"}


def test_the_nearest_entry_is_offered() -> None:
    checked = checked_customer(payment_terms="Neto 14 dage")

    assert str(checked.issues[0].parameters["options"]).startswith("2 Netto 14 dage")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1000", "account_type"),
        ("5690", "account_barred"),
        ("4711", "unknown_account"),
        ("0", "out_of_range"),
        ("Kassen", "unknown_account"),
    ],
)
def test_a_group_needs_an_account_that_can_hold_debt(text: str, code: str) -> None:
    checked = check(workbook(_groups({"account": text})), AGREEMENT)

    assert places(checked) == [(2, "account", code)]


@pytest.mark.parametrize("text", ["10", "010", "Detail", "detail"])
def test_a_group_of_the_sheet_is_found_by_number_or_name(text: str) -> None:
    checked = check(workbook(_groups({}), _customers(text)), AGREEMENT)

    assert codes(checked) == []
    assert value(checked, "customer_group") == 10
    assert checked.tables[Kind.CUSTOMERS].parents == {2: 2}


def test_a_faulty_group_of_the_sheet_is_known_all_the_same() -> None:
    checked = check(workbook(_groups({"account": "4711"}), _customers("Detail")), AGREEMENT)

    assert codes(checked) == ["unknown_account"]
    assert checked.tables[Kind.CUSTOMERS].parents == {2: 2}


def test_a_group_without_a_readable_number_leaves_the_name() -> None:
    checked = check(workbook(_groups({"group_number": "ti"}), _customers("Detail")), AGREEMENT)

    assert places(checked) == [(2, "group_number", "not_a_number")]
    assert value(checked, "customer_group") == "Detail"


def test_a_group_on_the_sheet_and_in_the_agreement_is_one_group() -> None:
    groups = _groups({"group_number": "1", "name": "Indenlandske kunder"})
    checked = check(workbook(groups, _customers("Indenlandske kunder")), AGREEMENT)

    assert codes(checked) == []
    assert value(checked, "customer_group") == 1


def test_a_name_on_the_sheet_and_of_another_group_in_the_agreement_is_ambiguous() -> None:
    groups = _groups({"name": "Udenlandske kunder"})
    checked = check(workbook(groups, _customers("Udenlandske kunder")), AGREEMENT)

    assert codes(checked) == ["ambiguous_name"]
    assert checked.issues[0].parameters == {"numbers": "10, 2"}


def test_without_a_snapshot_there_is_one_warning_and_numbers_pass() -> None:
    checked = check(workbook(_groups({}), _customers("77", payment_terms="Netto", currency="dkk")), None)

    assert [(one.code, one.severity, one.place) for one in checked.issues] == [
        ("not_checked", Severity.WARNING, Place())
    ]
    assert value(checked, "customer_group") == 77
    assert value(checked, "payment_terms") == "Netto"
    assert value(checked, "currency") == "DKK"


def _groups(cells: Row) -> Table:
    return table(Kind.CUSTOMER_GROUPS, [{"group_number": number("10"), "name": "Detail", "account": "5600", **cells}])


def _customers(group: str, **cells: str | Cell) -> Table:
    return table(Kind.CUSTOMERS, [{**GOOD_CUSTOMER, "customer_group": group, **cells}])
