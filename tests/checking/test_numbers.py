from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkio.checking import check
from bulkio.checking.finding import Fault
from bulkio.checking.numbers import read_amount, read_integer
from bulkio.model.kind import Kind
from tests.checking.sheets import AGREEMENT, GOOD_CUSTOMER, checked_customer, codes, number, table, value, workbook


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.500,50", "12500.50"),
        ("12,500.50", "12500.50"),
        ("12500,5", "12500.5"),
        ("12500.5", "12500.5"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("1.250.000,25", "1250000.25"),
        ("1000", "1000"),
        ("0,125", "0.125"),
        ("1000.125", "1000.125"),
        ("-12.500,50", "-12500.50"),
        ("\u2212500", "-500"),
        ("+500", "500"),
        ("12 500,50", "12500.50"),
        ("12\u00a0500", "12500"),
        ("12.500,-", "12500"),
        ("500,-", "500"),
        (",5", "0.5"),
    ],
)
def test_an_amount_that_can_be_read_one_way_is_read(text: str, amount: str) -> None:
    assert read_amount(text, None) == Decimal(amount)


@pytest.mark.parametrize("text", ["1.000", "1,000", "12.500", "-999,125"])
def test_an_amount_that_can_be_read_two_ways_is_asked_about(text: str) -> None:
    found = read_amount(text, None)

    assert isinstance(found, Fault)
    assert found.code == "ambiguous_number"


def test_the_words_of_an_ambiguous_amount_name_both_readings() -> None:
    checked = checked_customer(credit_limit="1.500")

    assert codes(checked) == ["ambiguous_number"]
    assert checked.issues[0].parameters == {"whole": "1500", "fraction": "1,5"}


@pytest.mark.parametrize(
    ("text", "decimal", "amount"), [("1.000", ",", "1000"), ("1.000", ".", "1"), ("1,500", ",", "1.5")]
)
def test_the_decimal_sign_settles_it(text: str, decimal: str, amount: str) -> None:
    checked = check(workbook(table(Kind.CUSTOMERS, [{**GOOD_CUSTOMER, "credit_limit": text}])), AGREEMENT, decimal)

    assert codes(checked) == []
    assert value(checked, "credit_limit") == Decimal(amount)


def test_in_a_number_cell_the_point_is_the_decimal_sign() -> None:
    checked = checked_customer(credit_limit=number("12500.5"))

    assert value(checked, "credit_limit") == Decimal("12500.5")


def test_three_decimals_in_a_number_cell_are_too_many() -> None:
    checked = checked_customer(credit_limit=number("10.123"))

    assert codes(checked) == ["too_many_decimals"]
    assert checked.issues[0].parameters == {"limit": 2}


def test_the_noise_of_binary_fractions_is_no_decimal() -> None:
    checked = checked_customer(credit_limit=number("1234.5600000000001"))

    assert codes(checked) == []
    assert value(checked, "credit_limit") == Decimal("1234.56")


def test_zeros_at_the_end_are_no_decimals() -> None:
    assert codes(checked_customer(credit_limit="12500,5000")) == []


@pytest.mark.parametrize(
    "text", ["ti tusind", "1e5", "nan", "Infinity", "1.2.3", "1,23,456", "--5", "12,500.500,5", "½", "٣"]
)
def test_what_is_no_amount_is_told(text: str) -> None:
    assert codes(checked_customer(credit_limit=text)) == ["not_a_number"]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_danish_and_english_writing_mean_the_same(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    danish = english.translate(str.maketrans(",.", ".,"))

    assert read_amount(english, None) == amount
    assert read_amount(danish, None) == amount


@pytest.mark.parametrize("text", ["12345678", "+7", "0012"])
def test_whole_numbers_are_read(text: str) -> None:
    assert read_integer(text) == int(text)


@pytest.mark.parametrize("text", ["100.5", "K-100", "1 000", "1.000", "٣", "²", "1_000", ""])
def test_other_texts_are_no_whole_numbers(text: str) -> None:
    assert read_integer(text) == Fault("not_a_number")


@pytest.mark.parametrize("text", ["0", "-4", "1234567890"])
def test_a_customer_number_out_of_range_is_told_with_the_range(text: str) -> None:
    checked = checked_customer(customer_number=number(text))

    assert codes(checked) == ["out_of_range"]
    assert checked.issues[0].parameters == {"range": "1–999999999"}


def test_a_customer_number_is_an_int() -> None:
    found = value(checked_customer(customer_number=number("12345678")), "customer_number")

    assert found == 12345678
    assert isinstance(found, int)
