from __future__ import annotations

import pytest

from bulkio.model.issue import Severity
from bulkio.model.table import CellKind
from tests.checking.sheets import Cell, checked_customer, codes, errors, number, value


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u200b", "\t", "\n", "\ufeff", "\u202f", "\u00a0 \u200b"])
def test_space_at_the_ends_is_taken_away(space: str) -> None:
    checked = checked_customer(city=f"{space}Sankt Hans{space}")

    assert codes(checked) == []
    assert value(checked, "city") == "Sankt Hans"


@pytest.mark.parametrize("space", ["   ", "\u00a0", "\u200b"])
def test_a_cell_of_space_alone_is_blank(space: str) -> None:
    checked = checked_customer(name=space)

    assert codes(checked) == ["required"]
    assert checked.issues[0].value == space


def test_a_leading_zero_survives() -> None:
    checked = checked_customer(postal_code="0900")

    assert value(checked, "postal_code") == "0900"


@pytest.mark.parametrize("name", ["NA", "None", "null", "nan", "TRUE"])
def test_a_name_that_looks_like_nothing_is_a_name(name: str) -> None:
    checked = checked_customer(name=name)

    assert codes(checked) == []
    assert value(checked, "name") == name


@pytest.mark.parametrize("field", ["name", "customer_number", "customer_group", "credit_limit", "attention", "barred"])
def test_an_excel_error_is_told_with_its_value(field: str) -> None:
    checked = checked_customer(**{field: Cell("#N/A", CellKind.ERROR)})

    assert codes(checked) == ["error_cell"]
    assert checked.issues[0].value == "#N/A"


def test_a_formula_without_a_result_is_told() -> None:
    checked = checked_customer(name=Cell(None, CellKind.UNCALCULATED))

    assert codes(checked) == ["uncalculated_formula"]


def test_digits_that_excel_has_lost_are_told() -> None:
    checked = checked_customer(phone=number("4512345678901230"), own_reference=number("1E+20"))

    assert codes(checked) == ["digits_lost", "digits_lost"]


def test_fifteen_digits_are_all_there() -> None:
    checked = checked_customer(phone=number("451234567890123"))

    assert codes(checked) == []


@pytest.mark.parametrize("field", ["ean_number", "cvr_number", "phone"])
@pytest.mark.parametrize("text", ["5,798E+12", "5.798e+12", "6E+07"])
def test_a_number_that_excel_shortened_is_told(field: str, text: str) -> None:
    assert codes(checked_customer(**{field: text})) == ["scientific_number"]


def test_a_date_in_an_identifier_is_a_warning_and_its_text_is_kept() -> None:
    checked = checked_customer(own_reference=Cell("2026-03-01", CellKind.DATE))

    assert codes(checked) == ["date_in_text"]
    assert checked.issues[0].severity is Severity.WARNING
    assert errors(checked) == []
    assert value(checked, "own_reference") == "2026-03-01"


def test_a_date_in_plain_text_is_text() -> None:
    assert codes(checked_customer(address=Cell("1. maj", CellKind.DATE))) == []
