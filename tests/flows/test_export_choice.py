"""What an export is asked for is what it holds, and what it cannot hold it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from starlette.responses import JSONResponse

from bulkio.errors import Misuse, NoPermission
from bulkio.flows.export_choice import Choice, Part, Period, fields_named, filters_named, parts_named
from tests.flows.practice import Practice

ALL = tuple(Part)


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """The rows below the header, totals left out."""
    return [row for row in load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True) if row[0] != "Total"]


def header(path: Path, sheet: str) -> list[str]:
    return [str(cell.value) for cell in load_workbook(path)[sheet][1]]


def refused(code: str, work: Any) -> dict[str, object]:
    with pytest.raises(Misuse) as caught:
        work()
    assert caught.value.code == code
    return caught.value.parameters


def test_only_the_parts_asked_for_are_read_and_written(practice: Practice, tmp_path: Path) -> None:
    told = practice.export(tmp_path / "e.xlsx", Choice(parts=parts_named(["Kontaktpersoner", "customer-groups"])))

    assert list(told.rows) == ["Customer groups", "Contacts"]
    assert not [call for call in practice.calls if "DeliveryLocations" in call or "/invoices" in call]


def test_the_columns_asked_for_stand_beside_each_records_number(practice: Practice, tmp_path: Path) -> None:
    choice = Choice(fields=fields_named(["by", "Email", "notes"], ALL))
    practice.export(tmp_path / "e.xlsx", choice)

    assert header(tmp_path / "e.xlsx", "Customers")[:3] == ["Customer number", "City", "Email"]
    assert header(tmp_path / "e.xlsx", "Customer groups")[0] == "Group number *"
    assert len(header(tmp_path / "e.xlsx", "Customer groups")) == 4
    assert header(tmp_path / "e.xlsx", "Contacts") == ["Contact id", "Email", "Notes"]


def test_a_filter_of_the_customers_takes_what_is_theirs_along(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx", Choice(filters=filters_named(["city$like:odense"])))

    assert [row[0] for row in rows(tmp_path / "e.xlsx", "Customers")] == [1, 3]
    assert len(rows(tmp_path / "e.xlsx", "Contacts")) == len(rows(tmp_path / "e.xlsx", "Delivery locations")) == 1
    assert [row[0] for row in rows(tmp_path / "e.xlsx", "Booked invoices")] == [1, 3]


def test_a_filter_of_another_part_leaves_the_customers_whole(practice: Practice, tmp_path: Path) -> None:
    told = practice.export(tmp_path / "e.xlsx", Choice(filters=filters_named(["contacts=name$eq:Bo"])))

    assert (told.rows["Contacts"], told.rows["Customers"]) == (1, 3)


def test_a_customers_contact_is_named_though_a_filter_leaves_its_row_out(practice: Practice, tmp_path: Path) -> None:
    record = practice.send(("GET", "/customers/1", None))[0]
    practice.send(("PUT", "/customers/1", record | {"attention": {"customerContactNumber": 1}}))
    practice.export(tmp_path / "e.xlsx", Choice(filters=filters_named(["contacts=name$eq:Bo"])))
    at = header(tmp_path / "e.xlsx", "Customers").index("Attention")

    assert rows(tmp_path / "e.xlsx", "Customers")[0][at] == "Ada"


def test_a_filter_that_the_api_refuses_is_misuse_in_its_own_words(practice: Practice, tmp_path: Path) -> None:
    choice = Choice(filters=filters_named(["nothing$eq:1"]))
    told = refused("filter_refused", lambda: practice.export(tmp_path / "e.xlsx", choice))

    assert (told["filter"], told["part"]) == ("nothing$eq:1", "customers")
    assert told["text"]
    assert not (tmp_path / "e.xlsx").exists()


def test_both_days_of_a_period_are_in_it(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx", Choice(Period(date(2026, 1, 31), date(2026, 2, 1))))

    assert [row[0] for row in rows(tmp_path / "e.xlsx", "Booked invoices")] == [1, 2]


def test_only_what_was_changed_since_a_day_is_in_it_beside_what_knows_no_such_day(
    practice: Practice, tmp_path: Path
) -> None:
    later = practice.export(tmp_path / "e.xlsx", Choice(since=date(2199, 1, 1)))
    earlier = practice.export(tmp_path / "e.xlsx", Choice(since=date(2001, 1, 1)))

    assert [later.rows[part] for part in ("Customers", "Contacts", "Delivery locations")] == [0, 0, 0]
    assert [earlier.rows[part] for part in ("Customers", "Contacts", "Delivery locations")] == [3, 2, 2]
    assert later.rows["Booked invoices"] == earlier.rows["Booked invoices"] == 3


def test_an_alternative_in_a_filter_does_not_undo_the_day(practice: Practice, tmp_path: Path) -> None:
    choice = Choice(filters=filters_named(["customerNumber$eq:1$or:customerNumber$eq:2"]), since=date(2199, 1, 1))

    assert practice.export(tmp_path / "e.xlsx", choice).rows["Customers"] == 0


@pytest.mark.parametrize(
    ("path", "title"), [("/invoices/booked", "Booked invoices"), ("/customersapi/v3.1.0/Contacts", "Contacts")]
)
def test_a_part_that_the_grant_may_not_see_is_told_and_the_rest_is_there(
    practice: Practice, tmp_path: Path, path: str, title: str
) -> None:
    practice.before = lambda asked: JSONResponse({"message": "No role."}, 403) if asked.startswith(path) else None
    told = practice.export(tmp_path / "e.xlsx")

    assert list(told.missing) == [title]
    assert "No role." in told.missing[title]
    assert title not in told.rows
    assert told.rows["Customers"] == 3


def test_a_grant_that_may_see_none_of_it_gets_no_file(practice: Practice, tmp_path: Path) -> None:
    practice.before = lambda asked: None if asked == "/self" else JSONResponse({"message": "No role."}, 403)
    with pytest.raises(NoPermission):
        practice.export(tmp_path / "e.xlsx")

    assert not (tmp_path / "e.xlsx").exists()


def test_misuse_is_told_before_anything_is_asked() -> None:
    assert refused("unknown_part", lambda: parts_named(["suppliers"]))["word"] == "suppliers"
    assert refused("unknown_export_column", lambda: fields_named(["Colour"], ALL))["word"] == "Colour"
    assert refused("filter_twice", lambda: filters_named(["a$eq:1", "customers=b$eq:1"])) == {"part": "customers"}
    assert refused("period_reversed", lambda: Period(date(2026, 2, 1), date(2026, 1, 1)))["last"] == "2026-01-01"


@given(st.lists(st.sampled_from(ALL)))
def test_parts_stand_in_the_sheets_order_however_they_are_named(parts: list[Part]) -> None:
    named = parts_named([part.value.upper().replace("_", "-") for part in parts])

    assert named == (tuple(part for part in ALL if part in parts) or ALL)
