from __future__ import annotations

from dataclasses import replace

import pytest

from bulkio.checking import check
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.model.table import CellKind, Table
from tests.checking.sheets import AGREEMENT, GOOD_CUSTOMER, Cell, Row, codes, number, places, table, value, workbook

CUSTOMERS_NOT_KNOWN = replace(AGREEMENT, customers=None)


def customers(*rows: Row) -> Table:
    return table(Kind.CUSTOMERS, [{**GOOD_CUSTOMER, **row} for row in rows])


def contacts(*rows: Row) -> Table:
    return table(Kind.CONTACTS, [{"name": "Bo Berg", **row} for row in rows])


def locations(*rows: Row) -> Table:
    return table(Kind.DELIVERY_LOCATIONS, list(rows))


@pytest.mark.parametrize("text", ["1001", "K1", " K1\u00a0", "01001"])
def test_a_contact_finds_its_customer_by_number_or_own_reference(text: str) -> None:
    sheet = customers({}, {"customer_number": number("1001"), "own_reference": "K1"})
    checked = check(workbook(sheet, contacts({"customer": text})), AGREEMENT)

    assert codes(checked) == []
    assert checked.tables[Kind.CONTACTS].parents == {2: 3}
    assert value(checked, "customer", Kind.CONTACTS) == text.strip()


def test_a_customer_of_the_agreement_is_known() -> None:
    checked = check(workbook(customers({}), contacts({"customer": number("500")})), AGREEMENT)

    assert codes(checked) == []
    assert checked.tables[Kind.CONTACTS].parents == {}


@pytest.mark.parametrize("text", ["555555", "K9", "-3", "100.5"])
@pytest.mark.parametrize("snapshot", [AGREEMENT, replace(AGREEMENT, customers=frozenset())])
def test_a_customer_found_nowhere_is_told(text: str, snapshot: Snapshot) -> None:
    checked = check(workbook(customers({"own_reference": "k9"}), contacts({"customer": text})), snapshot)

    assert places(checked) == [(2, "customer", "unknown_customer")]
    assert value(checked, "customer", Kind.CONTACTS) is None


def test_a_number_passes_while_the_customers_of_the_agreement_are_not_known() -> None:
    rows: list[Row] = [{"customer": "555555"}, {"customer": "K9"}, {"customer": "0"}]
    checked = check(workbook(contacts(*rows)), CUSTOMERS_NOT_KNOWN)

    assert places(checked) == [(3, "customer", "unknown_customer"), (4, "customer", "unknown_customer")]


def test_a_number_goes_before_an_own_reference_with_a_warning() -> None:
    sheet = customers({"customer_number": "1001", "own_reference": "7"}, {"own_reference": "1001"})
    checked = check(workbook(sheet, contacts({"customer": "1001"})), AGREEMENT)

    assert [(one.code, one.severity) for one in checked.issues] == [("number_and_reference", Severity.WARNING)]
    assert checked.issues[0].parameters == {"row": 3}
    assert checked.tables[Kind.CONTACTS].parents == {2: 2}


def test_a_number_of_the_agreement_goes_before_an_own_reference_with_a_warning() -> None:
    checked = check(workbook(customers({"own_reference": "500"}), contacts({"customer": "500"})), AGREEMENT)

    assert codes(checked) == ["number_and_reference"]
    assert checked.tables[Kind.CONTACTS].parents == {}


def test_a_customer_whose_number_is_its_own_reference_is_no_matter_of_doubt() -> None:
    sheet = customers({"customer_number": "1001", "own_reference": "1001"})

    assert codes(check(workbook(sheet, contacts({"customer": "1001"})), AGREEMENT)) == []


def test_an_own_reference_with_zeros_in_front_is_not_a_number() -> None:
    sheet = customers({"customer_number": "900"}, {"own_reference": "0900"})
    checked = check(workbook(sheet, contacts({"customer": "0900"})), AGREEMENT)

    assert checked.tables[Kind.CONTACTS].parents == {2: 3}


@pytest.mark.parametrize(("field", "text"), [("customer_number", "100.5"), ("currency", None)])
def test_what_hangs_on_a_faulty_customer_is_not_faulty_itself(field: str, text: str | None) -> None:
    sheet = customers({"customer_number": "1001", "own_reference": "K1", field: text})
    hanging = contacts({"customer": text or "1001"}, {"customer": "K1", "name": "Ib"})
    checked = check(workbook(sheet, hanging), AGREEMENT)

    assert len(checked.issues) == 1
    assert checked.tables[Kind.CONTACTS].refused == frozenset()
    assert checked.tables[Kind.CONTACTS].parents == {2: 2, 3: 2}


def test_two_contacts_of_one_name_at_one_customer_are_told_on_each() -> None:
    sheet = customers({"customer_number": "1001", "own_reference": "K1"}, {"customer_number": "1002"})
    hanging = contacts({"customer": "1001"}, {"customer": "K1", "name": "bo  berg"}, {"customer": "1002"})
    checked = check(workbook(sheet, hanging), AGREEMENT)

    assert places(checked) == [(2, "name", "duplicate"), (3, "name", "duplicate")]
    assert checked.issues[0].parameters == {"rows": "2, 3"}


def test_contacts_with_an_id_each_may_share_a_name() -> None:
    hanging = contacts({"customer": "500", "contact_id": "1"}, {"customer": "500", "contact_id": "2"})

    assert codes(check(workbook(hanging), AGREEMENT)) == []


def test_one_location_number_twice_at_a_customer_is_told_on_each() -> None:
    rows: list[Row] = [{"customer": "500", "location_number": text} for text in ("1", "01", "2")]
    checked = check(workbook(locations(*rows)), AGREEMENT)

    assert places(checked) == [(2, "location_number", "duplicate"), (3, "location_number", "duplicate")]


def test_locations_without_a_number_are_no_twins() -> None:
    rows: list[Row] = [{"customer": "500", "address": "Havnegade 1"}] * 2

    assert codes(check(workbook(locations(*rows)), AGREEMENT)) == []


@pytest.mark.parametrize("field", ["attention", "their_reference"])
@pytest.mark.parametrize("customer", ["K1", "1001"])
def test_a_contact_of_the_same_customer_is_found(field: str, customer: str) -> None:
    sheet = customers({"customer_number": "1001", "own_reference": "K1", field: "BO BERG "})
    checked = check(workbook(sheet, contacts({"customer": customer})), AGREEMENT)

    assert codes(checked) == []
    assert value(checked, field) == "BO BERG"


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("attention", "Ib", "unknown_contact"),
        ("their_reference", "Ib", "unknown_contact"),
        ("default_delivery_location", number("7"), "unknown_delivery_location"),
        ("default_delivery_location", "syv", "not_a_number"),
        ("attention", Cell(None, CellKind.UNCALCULATED), "uncalculated_formula"),
    ],
)
def test_a_bad_reference_costs_the_field_and_not_the_customer(field: str, cell: str | Cell, code: str) -> None:
    sheet = customers({"own_reference": "K1", field: cell})
    hanging = [contacts({"customer": "K1"}), locations({"customer": "K1", "location_number": "1"})]
    checked = check(workbook(sheet, *hanging), AGREEMENT)

    assert places(checked) == [(2, field, code)]
    assert not checked.issues[0].costs_row
    assert checked.tables[Kind.CUSTOMERS].refused == frozenset()
    assert checked.tables[Kind.CUSTOMERS].lost_fields == {2: {field}}


def test_the_customers_own_contacts_are_offered() -> None:
    sheet = customers({"own_reference": "K1", "attention": "Ib"})
    hanging = contacts({"customer": "K1"}, {"customer": "K1", "name": "Eva Holm"})

    assert check(workbook(sheet, hanging), AGREEMENT).issues[0].parameters == {"options": "Bo Berg, Eva Holm"}


def test_a_contact_of_another_customer_does_not_do() -> None:
    sheet = customers({"own_reference": "K1", "attention": "Bo Berg"}, {"own_reference": "K2"})

    assert codes(check(workbook(sheet, contacts({"customer": "K2"})), AGREEMENT)) == ["unknown_contact"]


def test_a_default_location_is_found_by_its_number() -> None:
    sheet = customers({"own_reference": "K1", "default_delivery_location": number("2")})
    hanging = locations({"customer": "K1", "location_number": "2"}, {"customer": "K1", "address": "Havnegade 1"})
    checked = check(workbook(sheet, hanging), AGREEMENT)

    assert codes(checked) == []
    assert value(checked, "default_delivery_location") == 2


@pytest.mark.parametrize(("customer", "snapshot"), [("500", AGREEMENT), ("1001", CUSTOMERS_NOT_KNOWN), ("1001", None)])
def test_contacts_that_the_agreement_may_hold_are_left_to_the_plan(customer: str, snapshot: Snapshot | None) -> None:
    sheet = customers({"customer_number": customer, "attention": "Ib", "default_delivery_location": "7"})
    checked = check(workbook(sheet), snapshot)

    assert [code for code in codes(checked) if code != "not_checked"] == []
    assert value(checked, "attention") == "Ib"


def test_a_reference_to_a_faulty_row_names_it() -> None:
    sheet = customers({"own_reference": "K1", "attention": "Bo Berg"})
    hanging = contacts({"customer": "K1", "email": "ikke"})
    checked = check(workbook(sheet, hanging), AGREEMENT)

    assert codes(checked) == ["reference_to_faulty_row", "bad_email"]
    assert checked.issues[0].parameters == {"row": 2, "sheet": "Contacts"}
    assert checked.tables[Kind.CUSTOMERS].lost_fields == {2: {"attention"}}
