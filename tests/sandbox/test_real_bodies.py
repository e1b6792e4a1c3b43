"""Bodies that were captured from e-conomic, reproduced part for part from the request that caused them.

What an agreement held is put in through the API where the API offers that, else straight into the store. The log's id
and time and `lastUpdated` are the moment's own; where a fixture was anonymised by hand, the note beside it says so.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store, shelves
from bulkio.sandbox.shelves import Shelf
from tests.sandbox.agreement import written

Body = dict[str, Any]
SAMPLES = Path(__file__).parents[2] / "../shared/reference/samples"
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the captured bodies are not beside this checkout")
OF_THE_MOMENT = {
    "lastUpdated": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "logTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "logId": r"[0-9a-f]{16}-[A-Z]{3}",
}


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))["body"]


def timeless(part: Any) -> Any:
    """The same without what is the moment's own, once that is seen to have the right form."""
    if isinstance(part, list):
        return [timeless(item) for item in part]
    if not isinstance(part, dict):
        return part
    for name, form in OF_THE_MOMENT.items():
        assert name not in part or re.fullmatch(form, part[name]), part[name]
    return {name: timeless(value) for name, value in part.items() if name not in OF_THE_MOMENT}


def put_in(store: Store, shelf: Shelf, *records: Body, instead: bool = False) -> None:
    with store.writing() as connection:
        if instead:
            connection.execute(f"DELETE FROM {shelf.table}")
        for record in records:
            shelf.remove(connection, record[shelf.key_name])
            shelf.insert(connection, record[shelf.key_name], record)


def stored(record: Body, *left_out: str) -> Body:
    """A record as the store has it: without links and what is reckoned."""
    return {name: value for name, value in record.items() if name not in ("self", *left_out)}


async def owe(api: httpx.AsyncClient, customer: int, amount: float) -> None:
    """Book an invoice without VAT that is not yet due; a negative amount is a credit note."""
    draft = {
        "date": datetime.now(UTC).date().isoformat(),
        "currency": "DKK",
        "layout": {"layoutNumber": 19},
        "paymentTerms": {"paymentTermsNumber": 3},
        "customer": {"customerNumber": customer},
        "recipient": {"name": "x", "vatZone": {"vatZoneNumber": 3}},
        "lines": [
            {"product": {"productNumber": "1"}, "quantity": 1 if amount > 0 else -1, "unitNetPrice": abs(amount)}
        ],
    }
    number = (await written(api, "POST", "/invoices/drafts", draft))["draftInvoiceNumber"]
    await written(api, "POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": number}})


async def test_accounts(api: httpx.AsyncClient, store: Store) -> None:
    real = sample("accounts.collection")
    records = [stored(record, "balance", "accountingYears") for record in real["collection"]]
    others = [{"accountNumber": number, "accountType": "status", "name": "x"} for number in range(2000, 2198)]
    put_in(store, shelves.ACCOUNTS, *records, *others, instead=True)
    answer = await api.get("/accounts?pagesize=2")
    assert answer.json() == real
    assert list(answer.json()["pagination"]) == list(real["pagination"])


async def test_products(api: httpx.AsyncClient, store: Store) -> None:
    real = sample("products.collection")
    put_in(store, shelves.PRODUCT_GROUPS, {"productGroupNumber": 1, "name": "Varer m/moms"})
    put_in(store, shelves.PRODUCTS, instead=True)
    await written(api, "POST", "/units", {"name": "stk."})
    first, second = real["collection"]
    for product in (first, second, *({**first, "productNumber": str(number)} for number in range(3, 8))):
        await written(api, "POST", "/products", product)
    assert timeless((await api.get("/products?pagesize=2")).json()) == timeless(real)


async def test_customers(api: httpx.AsyncClient, store: Store, customer: Body) -> None:
    real = sample("customers.collection")
    put_in(store, shelves.EMPLOYEES, {"employeeNumber": 4, "name": "Fire"})
    for shown in real["collection"]:
        await written(api, "POST", "/customers", shown)
    for number in (3, 4, 5):
        await written(api, "POST", "/customers", customer | {"customerNumber": number})
    for number in (1, 2):
        for name in ("Attention", "Reference"):
            await written(api, "POST", f"/customers/{number}/contacts", {"name": name})
        await written(api, "POST", f"/customers/{number}/delivery-locations", {"address": "Ved havnen"})
    for shown in real["collection"]:
        await written(api, "PUT", f"/customers/{shown['customerNumber']}", shown)
        await owe(api, shown["customerNumber"], shown["balance"])
    assert timeless((await api.get("/customers?pagesize=2")).json()) == timeless(real)


async def test_customer_groups_of_2015(api: httpx.AsyncClient, store: Store, customer: Body) -> None:
    real = sample("customer-groups.collection")
    account = stored(real["collection"][0]["account"], "balance", "accountingYears")
    put_in(store, shelves.ACCOUNTS, account)
    for group in real["collection"]:
        body = {"name": group["name"], "account": {"accountNumber": account["accountNumber"]}}
        await written(api, "PUT", f"/customer-groups/{group['customerGroupNumber']}", body)
    await written(api, "POST", "/customers", customer)
    await owe(api, 1, real["collection"][0]["account"]["balance"])
    assert (await api.get("/customer-groups/")).json() == real


async def test_payment_terms_of_2015(api: httpx.AsyncClient, store: Store) -> None:
    real = sample("payment-terms.collection")
    put_in(store, shelves.PAYMENT_TERMS, *(stored(record) for record in real["collection"]), instead=True)
    assert (await api.get("/payment-terms/")).json() == real


async def test_vat_zones_of_2015(api: httpx.AsyncClient, store: Store) -> None:
    real = sample("vat-zones.collection")
    put_in(store, shelves.VAT_ZONES, *(stored(record) for record in real["collection"]), instead=True)
    assert (await api.get("/vat-zones/")).json() == real


def real_error(name: str) -> Body:
    found: Body = next(entry for entry in sample_list() if entry["id"] == name)
    return found


def sample_list() -> list[Body]:
    found: list[Body] = json.loads((SAMPLES / "errors-real.json").read_text("utf-8"))
    return found


async def test_an_unknown_customer_group(api: httpx.AsyncClient, customer: Body) -> None:
    await api.delete("/customer-groups/1")
    real = real_error("customers-group-not-found")
    answer = await api.post("/customers", json=customer)
    assert answer.status_code == real["status"]
    assert timeless(answer.json()) == timeless(real["body"])
    assert list(answer.json()) == list(real["body"])


async def test_unknown_payment_terms_on_a_draft(api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await written(api, "POST", "/customers", customer)
    real = real_error("drafts-paymentterms-not-found")
    terms = {"paymentTerms": {"paymentTermsNumber": 4711, "paymentTermsType": "invoiceMonth"}}
    answer = await api.post("/invoices/drafts", json=draft | terms)
    assert answer.status_code == real["status"]
    assert timeless(answer.json()) == timeless(real["body"])


async def test_deleting_a_draft(api: httpx.AsyncClient, store: Store, customer: Body, draft: Body) -> None:
    await written(api, "POST", "/customers", customer)
    count_from(store, "drafts", 403)
    await written(api, "POST", "/invoices/drafts", draft)
    answer = await api.delete("/invoices/drafts/403")
    assert (answer.status_code, answer.json()) == (200, sample("invoices.drafts.delete.response"))


def count_from(store: Store, name: str, number: int) -> None:
    with store.writing() as connection:
        connection.execute("UPDATE numbers SET last = ? WHERE name = ?", (number - 1, name))


async def trading(api: httpx.AsyncClient, store: Store, customer: Body) -> None:
    """What Morning Train's fixtures stand on: a customer, a layout 14, a shirt that costs 800, the year 2024."""
    await written(api, "POST", "/customers", customer)
    put_in(store, shelves.LAYOUTS, {"layoutNumber": 14, "name": "Dansk std."})
    shirt = {"productNumber": "1", "name": "T-shirt", "costPrice": 800, "productGroup": {"productGroupNumber": 1}}
    await written(api, "PUT", "/products/1", shirt)
    put_in(store, shelves.ACCOUNTING_YEARS, {"year": "2024", "fromDate": "2024-01-01", "toDate": "2024-12-31"})
    count_from(store, "drafts", 424)


async def test_a_draft_and_its_booking(api: httpx.AsyncClient, store: Store, customer: Body) -> None:
    """Hand-anonymised fixtures, which agree with themselves but for the handle of the old SOAP API."""
    await trading(api, store, customer)
    real = sample("invoices.drafts.post.response")
    made = await written(api, "POST", "/invoices/drafts", sample("invoices.drafts.post.request"))
    real["soap"] = made["soap"]
    assert timeless(made) == timeless(real)
    booking = sample("invoices.booked.post.request") | {"bookWithNumber": 300}
    assert await written(api, "POST", "/invoices/booked", booking) == sample("invoices.booked.post.response")


async def test_the_shape_of_a_new_customer(api: httpx.AsyncClient) -> None:
    """A hand-anonymised fixture whose values do not agree with its request; layout and credit limit were not sent."""
    made = await written(api, "POST", "/customers", sample("customers.post.request"))
    real = sample("customers.post.response")
    assert set(real) - set(made) == {"layout", "creditLimit"}
    assert set(made) <= set(real)
    assert made["metaData"] == real["metaData"]
    for name in ("templates", "totals", "invoices", "contacts", "deliveryLocations", "self"):
        assert made[name] == real[name]


async def test_the_shape_of_contacts(api: httpx.AsyncClient, store: Store, customer: Body) -> None:
    """A hand-anonymised fixture; its request has the customer's number as a text, its answer's numbers disagree."""
    await written(api, "POST", "/customers", customer)
    count_from(store, "contacts", 136)
    for number in range(1, 6):
        await written(api, "POST", "/customers/1/contacts", {"name": f"Test {number}"})
    real = sample("contacts.collection")
    shown = (await api.get("/customers/1/contacts?skipPages=0&pageSize=20")).json()
    shown.pop("metaData")
    assert shown == real
    assert (await api.get("/customers/1/contacts/140")).json() == sample("contacts.single")
    given = sample("contacts.post.request")
    given["customer"]["customerNumber"] = int(given["customer"]["customerNumber"])
    made = await written(api, "POST", "/customers/1/contacts", given)
    own = ("customerContactNumber", "sortKey", "self")
    assert stored(made, *own) == stored(sample("contacts.post.response"), *own)
