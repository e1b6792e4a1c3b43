from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.applications import Starlette
from starlette.requests import Request as Call
from starlette.responses import JSONResponse
from starlette.routing import Route

from bulkio.economic import Economic, to_values
from bulkio.errors import NoConnection, NoPermission
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Lookup

SELF = {"agreementNumber": 7, "company": {"name": "A/S"}, "settings": {"baseCurrency": "DKK"}}
Answering = Callable[[str, Mapping[str, str]], tuple[int, object]]


class Books:
    """A small classic host over a function; remembers what it was asked."""

    def __init__(self, answer: Answering) -> None:
        self.asked: list[str] = []
        self.answer = answer
        self.app = Starlette(routes=[Route("/{path:path}", self.call)])

    async def call(self, call: Call) -> JSONResponse:
        self.asked.append(f"{call.url.path}?{call.url.query}")
        status, body = self.answer(call.url.path, call.query_params)
        return JSONResponse(body, status)

    def client(self, trouble: Any) -> Economic:
        return Economic(trouble.target("http://127.0.0.1:1"), self.app, sleep=trouble.waiting())


def page(records: list[dict[str, Any]], query: Mapping[str, str]) -> tuple[int, object]:
    size, skipped = int(query["pagesize"]), int(query["skippages"])
    return 200, {"collection": records[skipped * size : (skipped + 1) * size], "pagination": {"results": len(records)}}


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 6500])
async def test_every_page_is_read_and_none_twice(trouble: Any, count: int) -> None:
    records = [{"customerNumber": number} for number in range(count, 0, -1)]
    books = Books(lambda path, query: page(records, query))
    async with books.client(trouble) as api:
        found = await api.customers()

    assert [record["customerNumber"] for record in found] == list(range(1, count + 1))
    assert len(books.asked) == len(set(books.asked)) <= count // 1000 + 1
    assert all("pagesize=1000" in asked and "sort=customerNumber" in asked for asked in books.asked)


async def test_records_that_come_in_while_reading_are_neither_lost_nor_doubled(trouble: Any) -> None:
    records = [{"customerNumber": number} for number in range(10, 2010)]

    def growing(path: str, query: Mapping[str, str]) -> tuple[int, object]:
        answer = page(records, query)
        if query["skippages"] == "0":
            records.insert(0, {"customerNumber": 1})  # pushes the last of this page onto the next
        return answer

    books = Books(growing)
    async with books.client(trouble) as api:
        found = await api.customers()

    assert [record["customerNumber"] for record in found] == list(range(10, 2010))


async def test_a_count_that_is_not_true_does_not_read_for_ever(trouble: Any) -> None:
    books = Books(lambda path, query: (200, {"collection": [], "pagination": {"results": 10**12}}))
    async with books.client(trouble) as api:
        assert await api.customers() == []

    assert len(books.asked) <= 5


@pytest.mark.parametrize("body", [{}, {"collection": 7}, {"collection": [1, 2]}, {"collection": None}])
async def test_a_listing_that_is_none_is_said_so(trouble: Any, body: object) -> None:
    books = Books(lambda path, query: (200, body))
    async with books.client(trouble) as api:
        with pytest.raises(NoConnection, match="unexpected_answer"):
            await api.customers()


async def test_invoices_are_asked_for_by_both_ends_of_the_period(trouble: Any) -> None:
    books = Books(lambda path, query: page([{"bookedInvoiceNumber": 2}, {"bookedInvoiceNumber": 1}], query))
    async with books.client(trouble) as api:
        found = await api.booked_invoices(date(2026, 1, 1), date(2026, 12, 31))

    assert [record["bookedInvoiceNumber"] for record in found] == [1, 2]
    assert parse_qs(books.asked[0].partition("?")[2])["filter"] == ["date$gte:2026-01-01$and:date$lte:2026-12-31"]


async def test_contacts_follow_the_cursor_and_leave_out_the_deleted(trouble: Any) -> None:
    pages = {
        "": {
            "items": [
                {
                    "number": 3,
                    "customerNumber": 9,
                    "userInterfaceNumber": 1,
                    "name": "Bo",
                    "receiveInvoices": True,
                    "receiveReminders": True,
                    "receiveEInvoices": True,
                    "objectVersion": "x",
                }
            ],
            "cursor": "a b",
        },
        "a b": {
            "items": [
                {"number": 2, "customerNumber": 9, "name": "Ib", "isDeleted": True},
                {"number": 1, "customerNumber": 8, "name": "Åse", "email": "a@b.dk", "isDeleted": False},
            ]
        },
    }
    books = Books(lambda path, query: (200, pages[query.get("cursor", "")]))
    async with books.client(trouble) as api:
        found = await api.contacts()

    assert books.asked[0] == "/customersapi/v3.1.0/Contacts?"
    assert found == [
        {"customerContactNumber": 1, "customer": {"customerNumber": 8}, "name": "Åse", "email": "a@b.dk"},
        {
            "customerContactNumber": 3,
            "customer": {"customerNumber": 9},
            "sortKey": 1,
            "name": "Bo",
            "emailNotifications": ["invoices", "reminders"],
        },
    ]
    assert to_values(Kind.CONTACTS, found[1]) == {
        "contact_id": 3,
        "customer": 9,
        "contact_number": 1,
        "name": "Bo",
        "email_copies": ("invoices", "reminders"),
    }


async def test_delivery_locations_come_in_the_classic_shape(trouble: Any) -> None:
    items = [
        {
            "number": 4,
            "customerNumber": 9,
            "userInterfaceNumber": 2,
            "address": "Vej 1",
            "postalCode": "0900",
            "isBarred": True,
        }
    ]
    books = Books(lambda path, query: (200, {"items": items}))
    async with books.client(trouble) as api:
        (found,) = await api.delivery_locations()

    assert found == {
        "deliveryLocationNumber": 4,
        "customer": {"customerNumber": 9},
        "sortKey": 2,
        "address": "Vej 1",
        "postalCode": "0900",
        "barred": True,
    }


async def test_a_cursor_that_goes_round_is_stopped(trouble: Any) -> None:
    books = Books(lambda path, query: (200, {"items": [], "cursor": "again"}))
    async with books.client(trouble) as api:
        with pytest.raises(NoConnection, match="unexpected_answer"):
            await api.contacts()


def agreement(path: str, query: Mapping[str, str]) -> tuple[int, object]:
    shelves: dict[str, list[dict[str, Any]]] = {
        "/customers": [{"customerNumber": 5, "name": "x"}],
        "/customer-groups": [{"customerGroupNumber": 1, "name": "Indland"}],
        "/currencies": [{"code": "DKK", "name": "Kroner"}],
        "/payment-terms": [{"paymentTermsNumber": 2, "name": "14 dage"}],
        "/vat-zones": [
            {"vatZoneNumber": 1, "name": "A", "enabledForCustomer": True},
            {"vatZoneNumber": 9, "name": "B", "enabledForCustomer": False},
        ],
        "/layouts": [{"layoutNumber": 1, "name": "L", "deleted": True}],
        "/employees": [{"employeeNumber": 1, "name": "E", "barred": True}],
        "/accounts": [{"accountNumber": 5600, "name": "Debitorer", "accountType": "status", "barred": False}],
    }
    return (200, SELF) if path == "/self" else page(shelves[path], query)


async def test_a_snapshot_holds_what_the_agreement_offers(trouble: Any) -> None:
    async with Books(agreement).client(trouble) as api:
        snapshot = await api.snapshot()

    assert (snapshot.agreement_number, snapshot.company, snapshot.base_currency, snapshot.customers) == (
        7,
        "A/S",
        "DKK",
        frozenset({5}),
    )
    assert snapshot.taken_at.endswith("+00:00")
    assert set(snapshot.choices) == set(Lookup)
    assert [choice.barred for choice in snapshot.choices[Lookup.VAT_ZONE]] == [False, True]
    assert snapshot.choices[Lookup.LAYOUT][0].barred
    assert snapshot.choices[Lookup.EMPLOYEE][0].barred
    assert snapshot.choices[Lookup.CURRENCY][0].number == "DKK"
    assert (snapshot.choices[Lookup.ACCOUNT][0].detail, snapshot.choices[Lookup.ACCOUNT][0].barred) == ("status", False)


async def test_a_look_up_that_the_grant_may_not_see_is_left_out(trouble: Any) -> None:
    books = Books(lambda path, query: (403, {"message": "no role"}) if path == "/accounts" else agreement(path, query))
    async with books.client(trouble) as api:
        snapshot = await api.snapshot()

    assert set(snapshot.choices) == set(Lookup) - {Lookup.ACCOUNT}


async def test_a_grant_that_may_not_see_customers_gets_no_snapshot(trouble: Any) -> None:
    books = Books(lambda path, query: (403, {"message": "no role"}) if path == "/customers" else agreement(path, query))
    async with books.client(trouble) as api:
        with pytest.raises(NoPermission) as refused:
            await api.snapshot()

    assert refused.value.code == "no_permission"
