from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.config import config_context
from stdnum import ean
from stdnum.dk import cvr

from bulkio.checking import check
from bulkio.checking.identifiers import has_ean_check_digit, is_wrong_cvr
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind
from tests.checking.sheets import (
    AGREEMENT,
    GOOD_CUSTOMER,
    Cell,
    Row,
    checked_customer,
    codes,
    errors,
    number,
    places,
    table,
    value,
    workbook,
)


@pytest.mark.parametrize("field", ["name", "customer_group", "currency", "payment_terms", "vat_zone"])
def test_a_required_cell_that_is_blank_is_told(field: str) -> None:
    checked = checked_customer(**{field: None})

    assert places(checked) == [(2, field, "required")]
    assert checked.issues[0].value is None


def test_a_text_too_long_is_told_with_length_and_limit() -> None:
    checked = checked_customer(city="B" * 51)

    assert codes(checked) == ["too_long"]
    assert checked.issues[0].parameters == {"length": 51, "limit": 50}
    assert checked.issues[0].value == "B" * 51
    assert value(checked, "city") is None


def test_a_text_of_the_limit_fits() -> None:
    assert codes(checked_customer(city="B" * 50, name="Æ" * 250)) == []


def test_a_long_name_is_a_warning_until_it_is_too_long() -> None:
    assert [(one.code, one.severity) for one in checked_customer(name="Æ" * 251).issues] == [
        ("long_name", Severity.WARNING)
    ]
    assert codes(checked_customer(name="Æ" * 256)) == ["too_long"]


@pytest.mark.parametrize("text", ["123456789", "12345678901"])
def test_a_p_number_has_ten_characters(text: str) -> None:
    assert codes(checked_customer(p_number=text)) == ["wrong_length"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("57980001234567", "too_long"),
        ("579800012345", "wrong_length"),
        ("5798OOO123456", "not_digits"),
        ("5790 0001 234", "not_digits"),
        ("5798000000002", "bad_check_digit"),
    ],
)
def test_a_bad_ean_number_is_told_once(text: str, code: str) -> None:
    assert codes(checked_customer(ean_number=text)) == [code]


def test_an_ean_number_may_stand_in_a_number_cell() -> None:
    good = "579800012345" + ean.calc_check_digit("579800012345")
    checked = checked_customer(ean_number=number(good))

    assert codes(checked) == []
    assert value(checked, "ean_number") == good


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_the_ean_check_digit_is_that_of_stdnum(text: str) -> None:
    assert has_ean_check_digit(text) == ean.is_valid(text)


@given(st.from_regex(r"(DK ?)?[0-9]{8}", fullmatch=True))
def test_the_cvr_check_digit_is_that_of_stdnum(text: str) -> None:
    assert is_wrong_cvr(text) != cvr.is_valid(text)


@pytest.mark.parametrize("country", [None, "Danmark", "DK", "Denmark"])
@pytest.mark.parametrize("text", ["13585627", "DK13585627", "dk 13 58 56 27"])
def test_a_wrong_cvr_check_digit_is_a_warning(text: str, country: str | None) -> None:
    checked = checked_customer(cvr_number=text, country=country)

    assert codes(checked) == ["cvr_check_digit"]
    assert errors(checked) == []
    assert value(checked, "cvr_number") == text


@pytest.mark.parametrize(("text", "country"), [("13585628", None), ("13585627", "Norge"), ("SE556000", "Danmark")])
def test_other_registration_numbers_are_not_judged(text: str, country: str | None) -> None:
    assert codes(checked_customer(cvr_number=text, country=country)) == []


@pytest.mark.parametrize(
    "text", ["a@b.dk", "søren@ågård.dk", "o'neil+faktura@firma-nord.co.uk", "a@b.dk c@d.dk", "a@b.dk  c@d.dk"]
)
def test_addresses_that_mail_would_take_are_good(text: str) -> None:
    assert codes(checked_customer(email=text)) == []


@pytest.mark.parametrize(
    "text",
    ["ikke-en-adresse", "a@b", "a@@b.dk", "a@b..dk", ".a@b.dk", "a@b.dk;c@d.dk", "a@b.dk, c@d.dk", "@b.dk", "a b.dk"],
)
def test_what_is_no_address_is_told(text: str) -> None:
    assert codes(checked_customer(email=text)) == ["bad_email"]


def test_a_contact_has_one_address() -> None:
    rows = [{"customer": "500", "name": "Bo", "email": "a@b.dk c@d.dk"}]
    checked = check(workbook(table(Kind.CONTACTS, rows)), AGREEMENT)

    assert places(checked) == [(2, "email", "bad_email")]


@pytest.mark.parametrize("text", ["ja", "JA", "yes", "x", "X", "1", "TRUE", "Sand"])
def test_yes_in_every_writing(text: str) -> None:
    assert value(checked_customer(barred=text), "barred") is True


@pytest.mark.parametrize("cell", ["nej", "No", "0", "falsk", Cell("FALSE", CellKind.BOOLEAN), number("0")])
def test_no_in_every_writing(cell: str | Cell) -> None:
    assert value(checked_customer(barred=cell), "barred") is False


def test_neither_yes_nor_no_is_told() -> None:
    checked = checked_customer(barred="måske")

    assert codes(checked) == ["not_a_boolean"]
    assert checked.tables[Kind.CUSTOMERS].refused == {2}


@pytest.mark.parametrize(
    "text", ["fakturaer, rykkere", "Invoices;reminders", "rykkere fakturaer", "invoices,FAKTURAER,rykkere"]
)
def test_a_list_is_the_words_of_the_api_each_once(text: str) -> None:
    rows = [{"customer": "500", "name": "Bo", "email_copies": text}]
    checked = check(workbook(table(Kind.CONTACTS, rows)), AGREEMENT)

    assert codes(checked) == []
    assert value(checked, "email_copies", Kind.CONTACTS) == ("invoices", "reminders")


def test_a_word_that_is_no_option_is_named() -> None:
    rows = [{"customer": "500", "name": "Bo", "email_copies": "fakturaer, aviser"}]
    checked = check(workbook(table(Kind.CONTACTS, rows)), AGREEMENT)

    assert codes(checked) == ["not_in_list"]
    assert checked.issues[0].parameters["words"] == "aviser"


def test_a_value_used_twice_is_told_on_every_row() -> None:
    rows = [{**GOOD_CUSTOMER, "customer_number": number(text)} for text in ("7", "8", "7")]
    checked = check(workbook(table(Kind.CUSTOMERS, rows)), AGREEMENT)

    assert places(checked) == [(2, "customer_number", "duplicate"), (4, "customer_number", "duplicate")]
    assert checked.issues[0].parameters == {"rows": "2, 4"}
    assert checked.tables[Kind.CUSTOMERS].refused == {2, 4}


def test_own_references_and_group_numbers_are_used_once() -> None:
    customers = [{**GOOD_CUSTOMER, "own_reference": "K1"}] * 2
    groups = [{"group_number": "10", "name": name, "account": "5600"} for name in ("Detail", "Engros")]
    checked = check(workbook(table(Kind.CUSTOMER_GROUPS, groups), table(Kind.CUSTOMERS, customers)), AGREEMENT)

    assert codes(checked) == ["duplicate"] * 4


def test_blank_cells_are_no_duplicates() -> None:
    rows = [{**GOOD_CUSTOMER, "customer_number": None}] * 3

    assert codes(check(workbook(table(Kind.CUSTOMERS, rows)), AGREEMENT)) == []


def test_a_value_used_by_many_rows_names_a_few_of_them() -> None:
    rows = [{**GOOD_CUSTOMER, "own_reference": "K1"}] * 9
    checked = check(workbook(table(Kind.CUSTOMERS, rows)), AGREEMENT)

    assert checked.issues[8].parameters == {"rows": "2, 3, 4, 5, 6 …"}


def test_what_exports_write_for_people_is_not_judged() -> None:
    rows: list[Row] = [{"customer": "500", "name": "Bo", "contact_number": Cell("#REF!", CellKind.ERROR)}]

    assert codes(check(workbook(table(Kind.CONTACTS, rows)), AGREEMENT)) == []


def test_the_rules_hold_where_pandera_is_switched_off_by_the_environment() -> None:
    with config_context(validation_enabled=False):
        checked = checked_customer(name=None)

    assert codes(checked) == ["required"]


@pytest.mark.parametrize("country", [None, "Danmark", "dk"])
def test_a_danish_postal_code_without_its_zero_is_a_warning(country: str | None) -> None:
    checked = checked_customer(postal_code="900", country=country)

    assert codes(checked) == ["postal_code_short"]
    assert not checked.tables[Kind.CUSTOMERS].refused


@pytest.mark.parametrize(
    ("code", "country"), [("0900", "Danmark"), ("100", "Færøerne"), ("SE-111", None), ("8000", None)]
)
def test_other_postal_codes_are_not_doubted(code: str, country: str | None) -> None:
    assert codes(checked_customer(postal_code=code, country=country)) == []
