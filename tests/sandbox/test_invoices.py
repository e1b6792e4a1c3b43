from __future__ import annotations

from typing import Any

import httpx
import pytest

Body = dict[str, Any]


@pytest.fixture
async def billed(api: httpx.AsyncClient, customer: Body) -> httpx.AsyncClient:
    """An agreement with customer 1."""
    await api.post("/customers", json=customer)
    return api


async def test_the_server_prices_a_draft(billed: httpx.AsyncClient, draft: Body) -> None:
    body = (await billed.post("/invoices/drafts", json=draft)).json()
    assert (body["netAmount"], body["vatAmount"], body["grossAmount"]) == (500.0, 125.0, 625.0)
    assert body["dueDate"] == "2026-02-21"
    assert body["lines"][0]["totalNetAmount"] == 500.0


async def test_a_line_takes_price_and_text_from_its_product(billed: httpx.AsyncClient, draft: Body) -> None:
    lines = [
        {"product": {"productNumber": "KASSE-12"}, "quantity": 2, "discountPercentage": 10},
        {"description": "Tak"},
    ]
    body = (await billed.post("/invoices/drafts", json=draft | {"lines": lines})).json()
    assert body["lines"][0]["description"] == "Kasse m. 12 stk."
    assert body["netAmount"] == 627.3
    assert body["lines"][1] == {"lineNumber": 2, "sortKey": 2, "description": "Tak"}


async def test_booking_takes_the_draft_away_for_good(billed: httpx.AsyncClient, draft: Body) -> None:
    await billed.post("/invoices/drafts", json=draft)
    answer = await billed.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": 1}})
    assert (answer.status_code, answer.json()["bookedInvoiceNumber"]) == (201, 1)
    assert answer.json()["remainder"] == 625.0
    assert (await billed.get("/invoices/drafts/1")).status_code == 404
    assert (await billed.delete("/invoices/booked/1")).status_code == 405
    again = await billed.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": 1}})
    assert again.status_code == 400


async def test_a_booking_may_choose_its_number(billed: httpx.AsyncClient, draft: Body) -> None:
    for _ in range(2):
        await billed.post("/invoices/drafts", json=draft)
    first = {"draftInvoice": {"draftInvoiceNumber": 1}, "bookWithNumber": 300}
    assert (await billed.post("/invoices/booked", json=first)).json()["bookedInvoiceNumber"] == 300
    second = {"draftInvoice": {"draftInvoiceNumber": 2}, "bookWithNumber": 300}
    assert (await billed.post("/invoices/booked", json=second)).json()["errorCode"] == "E06010"


async def test_a_closed_period_takes_no_booking(billed: httpx.AsyncClient, draft: Body) -> None:
    await billed.post("/invoices/drafts", json=draft | {"date": "2025-06-01"})
    answer = await billed.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": 1}})
    assert answer.json()["errors"]["date"]["errors"][0]["errorCode"] == "E04041"
    assert (await billed.get("/invoices/drafts/1")).status_code == 200


async def test_balances_and_totals_add_up_from_the_invoices(billed: httpx.AsyncClient, draft: Body) -> None:
    for _ in range(3):
        await billed.post("/invoices/drafts", json=draft)
    for number in (1, 2):
        await billed.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": number}})
    shown = (await billed.get("/customers/1")).json()
    assert shown["balance"] == 1250.0
    booked = (await billed.get(shown["totals"]["booked"])).json()
    drafts = (await billed.get(shown["totals"]["drafts"])).json()
    assert (booked["invoiceCount"], booked["netAmountInBaseCurrency"]) == (2, 1000.0)
    assert (drafts["invoiceCount"], drafts["netAmountInBaseCurrency"]) == (1, 500.0)
    everything = (await billed.get("/invoices/totals")).json()
    assert everything["booked"]["unpaid"]["grossRemainderInBaseCurrency"] == 1250.0


async def test_lists_of_invoices_show_no_lines(billed: httpx.AsyncClient, draft: Body) -> None:
    for _ in range(2):
        await billed.post("/invoices/drafts", json=draft)
    await billed.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": 1}})
    counts = {}
    for name in ("drafts", "booked", "paid", "unpaid", "overdue", "not-due", "sent"):
        found = (await billed.get(f"/invoices/{name}")).json()["collection"]
        assert not any("lines" in entry for entry in found)
        counts[name] = len(found)
    assert counts["overdue"] + counts["not-due"] == counts["unpaid"] == counts["booked"] == counts["drafts"] == 1
    assert counts["paid"] == counts["sent"] == 0
    assert len((await billed.get("/customers/1/invoices/booked")).json()["collection"]) == 1


async def test_deleting_a_draft_answers_200_with_a_body(billed: httpx.AsyncClient, draft: Body) -> None:
    await billed.post("/invoices/drafts", json=draft)
    answer = await billed.delete("/invoices/drafts/1")
    assert (answer.status_code, answer.json()["deletedCount"]) == (200, 1)
    assert answer.json()["message"] == "Deleted invoice."


async def test_put_replaces_the_lines_of_a_draft(billed: httpx.AsyncClient, draft: Body) -> None:
    await billed.post("/invoices/drafts", json=draft)
    body = (await billed.put("/invoices/drafts/1", json=draft | {"lines": []})).json()
    assert (body["lines"], body["netAmount"]) == ([], 0.0)


async def test_the_year_end_filter_works(billed: httpx.AsyncClient, draft: Body) -> None:
    await billed.post("/invoices/drafts", json=draft)
    await billed.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": 1}})
    for year, count in (("2025", 0), ("2026", 1)):
        wanted = f"date$gte:{year}-01-01$and:date$lte:{year}-12-31"
        assert (await billed.get("/invoices/booked", params={"filter": wanted})).json()["pagination"][
            "results"
        ] == count


async def test_a_barred_customer_gets_no_draft(api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await api.post("/customers", json=customer | {"barred": True})
    answer = await api.post("/invoices/drafts", json=draft)
    assert answer.json()["errors"]["customer"]["errors"][0]["errorCode"] == "E06820"


async def test_faults_of_lines_carry_their_index(billed: httpx.AsyncClient, draft: Body) -> None:
    lines = [draft["lines"][0], {"quantity": 1}, {"product": {"productNumber": "no"}, "unitNetPrice": 1.001}]
    body = (await billed.post("/invoices/drafts", json=draft | {"lines": lines})).json()
    items = body["errors"]["lines"]["items"]
    assert [item["arrayIndex"] for item in items] == [1, 2]
    assert items[0]["product"]["errors"][0]["errorCode"] == "E04730"
    assert items[1]["unitNetPrice"]["errors"][0]["errorCode"] == "E04740"
    assert body["errorCount"] == 3


async def test_amounts_beyond_reckoning_are_refused_not_failed(billed: httpx.AsyncClient, draft: Body) -> None:
    for figure in (1e300, -1e300, 10**40):
        lines = [{"product": {"productNumber": "1"}, "quantity": figure, "unitNetPrice": figure}]
        assert (await billed.post("/invoices/drafts", json=draft | {"lines": lines})).status_code == 400
    lines = [{"product": {"productNumber": "1"}, "quantity": 999_999_999_999, "unitNetPrice": 999_999_999_999}]
    body = draft | {"lines": lines, "exchangeRate": 999_999_999_999}
    assert (await billed.post("/invoices/drafts", json=body)).status_code == 201
