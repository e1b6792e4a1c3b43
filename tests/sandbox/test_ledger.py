"""Accounts, years, periods and the entries that booking makes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.agreement import fill, written

Body = dict[str, Any]


@pytest.fixture
async def books(api: httpx.AsyncClient, customer: Body, draft: Body) -> httpx.AsyncClient:
    """Invoice 1 is open, invoice 2 is paid."""
    await fill(api, customer, draft)
    return api


async def collection(api: httpx.AsyncClient, path: str, **query: str) -> list[Body]:
    answer = await api.get(path, params=query)
    assert answer.status_code == 200, answer.text
    found: list[Body] = answer.json()["collection"]
    return found


async def test_entries_of_a_year_add_up_to_nothing(books: httpx.AsyncClient) -> None:
    entries = await collection(books, "/accounting-years/2026/entries")
    assert {entry["entryType"] for entry in entries} == {"customerInvoice", "customerPayment"}
    assert round(sum(entry["amountInBaseCurrency"] for entry in entries), 2) == 0
    by_voucher: dict[int, float] = {}
    for entry in entries:
        by_voucher[entry["voucherNumber"]] = by_voucher.get(entry["voucherNumber"], 0) + entry["amount"]
    assert all(round(total, 2) == 0 for total in by_voucher.values())


async def test_an_account_shows_its_own_entries_and_their_sum(books: httpx.AsyncClient) -> None:
    entries = await collection(books, "/accounts/5600/accounting-years/2026/entries")
    total = (await books.get("/accounts/5600/accounting-years/2026/totals")).json()
    account = (await books.get("/accounts/5600")).json()
    owed = (await books.get("/customers/1")).json()["balance"]
    assert sum(entry["amountInBaseCurrency"] for entry in entries) == total["totalInBaseCurrency"] == owed
    assert account["balance"] == owed > 0
    group = (await books.get("/customer-groups/1")).json()
    assert group["account"]["balance"] == owed


async def test_revenue_is_credit_and_a_total_sums_from_its_heading(books: httpx.AsyncClient) -> None:
    sales = (await books.get("/accounts/1010")).json()["balance"]
    total = (await books.get("/accounts/1090")).json()
    assert sales < 0
    assert (total["balance"], total["totalFromAccount"]["accountNumber"]) == (sales, 1000)


async def test_totals_of_year_and_period_are_by_account(books: httpx.AsyncClient) -> None:
    year = await collection(books, "/accounting-years/2026/totals")
    assert round(sum(item["totalInBaseCurrency"] for item in year), 2) == 0
    february = await collection(books, "/accounting-years/2026/periods/2/totals")
    march = await collection(books, "/accounting-years/2026/periods/3/totals")
    assert {item["account"]["accountNumber"] for item in february} == {1010, 5600, 6902}
    assert {item["account"]["accountNumber"] for item in march} == {5600, 5820}


async def test_entries_are_filtered_and_sorted(books: httpx.AsyncClient) -> None:
    path = "/accounting-years/2026/entries"
    paid = await collection(books, path, filter="entryType$eq:customerPayment", sort="-amount")
    assert [entry["account"]["accountNumber"] for entry in paid] == [5820, 5600]
    assert len(await collection(books, path, filter="customer.customerNumber$eq:1")) == 2
    refused = await books.get(path, params={"filter": "account.accountNumber$eq:5600"})
    assert refused.status_code == 400
    assert (await books.get((await collection(books, path))[0]["self"])).status_code == 200


async def test_a_payment_moves_paid_unpaid_and_the_balance(books: httpx.AsyncClient) -> None:
    before = (await books.get("/customers/1")).json()["balance"]
    part = await books.post("/sandbox/invoices/booked/1/payments", json={"amount": 100.25})
    assert part.json()["remainder"] == before - 100.25
    assert (await books.get("/customers/1")).json()["balance"] == before - 100.25
    assert [item["bookedInvoiceNumber"] for item in await collection(books, "/invoices/paid")] == [2]
    await written(books, "POST", "/sandbox/invoices/booked/1/payments", {})
    assert len(await collection(books, "/invoices/paid")) == 2
    assert await collection(books, "/invoices/unpaid") == []
    assert (await books.get("/customers/1")).json()["balance"] == 0
    for amount in (1, 0, -5, "1", 0.001, True):
        refused = await books.post("/sandbox/invoices/booked/1/payments", json={"amount": amount})
        assert refused.status_code == 400, amount


async def test_periods_are_pages_like_any_list(books: httpx.AsyncClient) -> None:
    path = "/accounting-years/2026/periods"
    assert [item["periodNumber"] for item in await collection(books, path)] == list(range(1, 13))
    wanted = await collection(books, path, filter="fromDate$gte:2026-10-01", sort="-periodNumber", pagesize="2")
    assert [item["toDate"] for item in wanted] == ["2026-12-31", "2026-11-30"]
    assert (await books.get(f"{path}/13")).status_code == 404


async def test_a_year_follows_on_the_last_and_lasts_18_months_at_most(books: httpx.AsyncClient) -> None:
    for first, last in (("2027-02-01", "2027-12-31"), ("2027-01-01", "2028-07-31"), ("2027-01-01", "2026-01-01")):
        refused = await books.post("/accounting-years", json={"fromDate": first, "toDate": last})
        assert refused.status_code == 400
    made = await written(books, "POST", "/accounting-years", {"fromDate": "2027-01-01", "toDate": "2028-06-30"})
    assert (made["year"], made["self"].rsplit("/", 1)[1]) == ("2027/2028", "2027_6_2028")
    assert len(await collection(books, f"{made['self']}/periods")) == 18
    assert (await books.get(made["self"])).json() == made


async def test_changing_a_number_takes_the_entries_along(books: httpx.AsyncClient, store: Any, customer: Body) -> None:
    store.set_change_of_numbers(allowed=True)
    shown = (await books.get("/customers/1")).json()
    assert (await books.put("/customers/1", json=shown | {"customerNumber": 900})).status_code == 200
    found = await collection(books, "/accounting-years/2026/entries", filter="customer.customerNumber$eq:900")
    assert len(found) == 2
    totals = (await books.get("/customers/900")).json()["totals"]["booked"]
    assert (await books.get(totals)).json()["invoiceCount"] == 2


async def test_totals_are_parted_by_year_period_employee_and_customer(books: httpx.AsyncClient) -> None:
    root = "/invoices/totals/drafts"
    everything = (await books.get(root)).json()
    for path in ("customers/1", "employees/2", "accounting-years/2026", "periods/2", "customers/1/periods/2",
                 "employees/2/accounting-years/2026"):  # fmt: skip
        found = (await books.get(f"{root}/{path}")).json()
        assert found["netAmountInBaseCurrency"] == everything["netAmountInBaseCurrency"] > 0, path
    for path in ("customers/1/periods/3", "employees/1", "accounting-years/2025"):
        assert (await books.get(f"{root}/{path}")).json()["invoiceCount"] == 0
    assert (await books.get(f"{root}/customers/2")).status_code == 404
    narrowed = (await books.get("/invoices/totals", params={"filter": "date$gt:2026-02-13"})).json()
    assert narrowed["booked"]["invoiceCount"] == narrowed["drafts"]["invoiceCount"] == 0
    assert (await books.get("/invoices/totals", params={"filter": "name$eq:x"})).status_code == 400
