"""The published schemas as the judge of what a client sees, and of what a client may send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft3Validator

from bulkio.sandbox import INVENTIONS, Store
from bulkio.sandbox.calls import Call
from bulkio.sandbox.desk import Desk
from bulkio.sandbox.published import schema
from tests.sandbox.agreement import fill

Body = dict[str, Any]
READ = [
    ("/self", "self.get"),
    ("/accounts", "accounts.get"),
    ("/accounts/5600", "accounts.accountNumber.get"),
    ("/accounting-years", "accounting-years.get"),
    ("/accounting-years/2026", "accounting-years.accountingYear.get"),
    ("/accounting-years/2026/periods", "accounting-years.accountingYear.periods.get"),
    ("/accounting-years/2026/periods/2", "accounting-years.accountingYear.periods.accountingYearPeriod.get"),
    ("/currencies", "currencies.get"),
    ("/currencies/DKK", "currencies.code.get"),
    ("/customer-groups", "customer-groups.get"),
    ("/customer-groups/1", "customer-groups.customerGroupNumber.get"),
    ("/customer-groups/1/customers", "customer-groups.customerGroupNumber.customers.get"),
    ("/customers", "customers.get"),
    ("/customers/1", "customers.customerNumber.get"),
    ("/customers/1/contacts", "customers.customerNumber.contacts.get"),
    ("/customers/1/contacts/1", "customers.customerNumber.contacts.contactNumber.get"),
    ("/customers/1/delivery-locations", "customers.customerNumber.delivery-locations.get"),
    ("/customers/1/delivery-locations/1", "customers.customerNumber.delivery-locations.deliveryLocationNumber.get"),
    ("/customers/1/invoices", "customers.customerNumber.invoices.get"),
    ("/customers/1/invoices/booked", "customers.customerNumber.invoices.booked.get"),
    ("/customers/1/invoices/drafts", "customers.customerNumber.invoices.drafts.get"),
    ("/customers/1/totals", "customers.customerNumber.totals.get"),
    ("/departments", "departments.get"),
    ("/employees", "employees.get"),
    ("/employees/1", "employees.employeeNumber.get"),
    ("/employees/1/customers", "employees.employeeNumber.customers.get"),
    ("/invoices", "invoices.get"),
    ("/invoices/drafts", "invoices.drafts.get"),
    ("/invoices/drafts/1", "invoices.drafts.draftInvoiceNumber.get"),
    ("/invoices/booked", "invoices.booked.get"),
    ("/invoices/booked/1", "invoices.booked.bookedInvoiceNumber.get"),
    ("/invoices/paid", "invoices.paid.get"),
    ("/invoices/unpaid", "invoices.unpaid.get"),
    ("/invoices/overdue", "invoices.overdue.get"),
    ("/invoices/not-due", "invoices.not-due.get"),
    ("/invoices/sent", "invoices.sent.get"),
    ("/invoices/totals", "invoices.totals.get"),
    ("/invoices/totals/booked", "invoices.totals.booked.get"),
    ("/invoices/totals/booked/paid", "invoices.totals.booked.paid.get"),
    ("/invoices/totals/booked/unpaid", "invoices.totals.booked.unpaid.get"),
    ("/invoices/totals/booked/unpaid/overdue", "invoices.totals.booked.unpaid.overdue.get"),
    ("/invoices/totals/booked/unpaid/not-overdue", "invoices.totals.booked.unpaid.not-overdue.get"),
    ("/invoices/totals/drafts", "invoices.totals.drafts.get"),
    ("/invoices/totals/drafts/customers", "invoices.totals.drafts.customers.get"),
    ("/invoices/totals/drafts/customers/1", "invoices.totals.drafts.customers.customerNumber.get"),
    ("/layouts", "layouts.get"),
    ("/layouts/19", "layouts.layoutNumber.get"),
    ("/payment-terms", "payment-terms.get"),
    ("/payment-terms/1", "payment-terms.paymentTermsNumber.get"),
    ("/product-groups", "product-groups.get"),
    ("/product-groups/1", "product-groups.productGroupNumber.get"),
    ("/product-groups/1/products", "product-groups.productGroupNumber.products.get"),
    ("/products", "products.get"),
    ("/products/KASSE-12", "products.productNumber.get"),
    ("/units", "units.get"),
    ("/vat-zones", "vat-zones.get"),
    ("/vat-zones/1", "vat-zones.vatZoneNumber.get"),
    ("/accounting-years/2026/entries", "accounting-years.accountingYear.entries.get"),
    ("/accounting-years/2026/totals", "accounting-years.accountingYear.totals.get"),
    (
        "/accounting-years/2026/periods/2/entries",
        "accounting-years.accountingYear.periods.accountingYearPeriod.entries.get",
    ),
    (
        "/accounting-years/2026/periods/2/totals",
        "accounting-years.accountingYear.periods.accountingYearPeriod.totals.get",
    ),
    ("/accounts/5600/accounting-years", "accounts.accountNumber.accounting-years.get"),
    ("/accounts/5600/accounting-years/2026", "accounts.accountNumber.accounting-years.accountingYear.get"),
    (
        "/accounts/5600/accounting-years/2026/entries",
        "accounts.accountNumber.accounting-years.accountingYear.entries.get",
    ),
    (
        "/accounts/5600/accounting-years/2026/totals",
        "accounts.accountNumber.accounting-years.accountingYear.totals.get",
    ),
    (
        "/accounts/5600/accounting-years/2026/periods",
        "accounts.accountNumber.accounting-years.accountingYear.periods.get",
    ),
    (
        "/accounts/5600/accounting-years/2026/periods/2",
        "accounts.accountNumber.accounting-years.accountingYear.periods.accountingYearPeriod.get",
    ),
    (
        "/accounts/5600/accounting-years/2026/periods/2/entries",
        "accounts.accountNumber.accounting-years.accountingYear.periods.accountingYearPeriod.entries.get",
    ),
    (
        "/accounts/5600/accounting-years/2026/periods/2/totals",
        "accounts.accountNumber.accounting-years.accountingYear.periods.accountingYearPeriod.totals.get",
    ),
    ("/app-roles", "app-roles.get"),
    ("/app-roles/1", "app-roles.roleNumber.get"),
    ("/customers/1/templates", "customers.customerNumber.templates.get"),
    ("/customers/1/templates/invoice", "customers.customerNumber.templates.invoice.get"),
    ("/customers/1/templates/invoiceline", "customers.customerNumber.templates.invoiceline.get"),
    (
        "/customers/1/templates/invoiceline/A_6_1_9_b",
        "customers.customerNumber.templates.invoiceline.productNumber.get",
    ),
    ("/invoices/drafts/1/templates", "invoices.drafts.draftInvoiceNumber.templates.get"),
    (
        "/invoices/drafts/4/templates/booking-instructions",
        "invoices.drafts.draftInvoiceNumber.templates.booking-instructions.get",
    ),
    (
        "/invoices/totals/drafts/customers/1/accounting-years/2026",
        "invoices.totals.drafts.customers.customerNumber.accounting-years.accountingYear.get",
    ),
    (
        "/invoices/totals/drafts/customers/1/periods/2",
        "invoices.totals.drafts.customers.customerNumber.periods.accountingPeriod.get",
    ),
    ("/invoices/totals/drafts/employees", "invoices.totals.drafts.employees.get"),
    ("/invoices/totals/drafts/employees/2", "invoices.totals.drafts.employees.employeeNumber.get"),
    (
        "/invoices/totals/drafts/employees/2/accounting-years/2026",
        "invoices.totals.drafts.employees.employeeNumber.accounting-years.accountingYear.get",
    ),
    (
        "/invoices/totals/drafts/employees/2/periods/2",
        "invoices.totals.drafts.employees.employeeNumber.periods.accountingPeriod.get",
    ),
    ("/product-groups/1/sales-accounts", "product-groups.productGroupNumber.sales-accounts.get"),
    ("/products/A_6_1_9_b", "products.productNumber.get"),
    (
        "/products/A_6_1_9_b/pricing/currency-specific-sales-prices",
        "products.productNumber.pricing.currency-specific-sales-prices.get",
    ),
    (
        "/products/A_6_1_9_b/pricing/currency-specific-sales-prices/EUR",
        "products.productNumber.pricing.currency-specific-sales-prices.currencyCode.get",
    ),
    ("/payment-terms/6", "payment-terms.paymentTermsNumber.get"),
    ("/units/1", "units.unitNumber.get"),
]


@pytest.fixture
async def filled(api: httpx.AsyncClient, customer: Body, draft: Body) -> httpx.AsyncClient:
    """An agreement with at least one of everything."""
    await fill(api, customer, draft)
    return api


async def test_every_answer_conforms_to_its_published_schema(filled: httpx.AsyncClient) -> None:
    for address, name in READ:
        answer = await filled.get(address)
        assert answer.status_code == 200, (address, answer.text)
        faults = [
            f"{list(fault.path)}: {fault.message}" for fault in Draft3Validator(schema(name)).iter_errors(answer.json())
        ]
        assert not faults, (address, faults)


def uri_gaps(rules: Body, part: Any, path: str = "") -> Iterator[str]:
    """The links that the schema publishes and the answer leaves out, where the object that would carry them is there."""
    if isinstance(part, list):
        for item in part:
            yield from uri_gaps(rules.get("items", {}), item, f"{path}[]")
    if not isinstance(part, dict):
        return
    for name, below in rules.get("properties", {}).items():
        if below.get("format") == "uri" and name not in part:
            yield f"{path}.{name}"
        if name in part:
            yield from uri_gaps(below, part[name], f"{path}.{name}")


async def test_every_link_that_is_published_is_there(filled: httpx.AsyncClient) -> None:
    for address, name in READ:
        gaps = set(uri_gaps(schema(name), (await filled.get(address)).json()))
        # The last page has no next one and the first no previous one.
        gaps -= {".pagination.nextPage", ".pagination.previousPage"}
        assert not gaps, (address, gaps)


def links_in(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from links_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from links_in(value)
    elif isinstance(part, str) and part.startswith("https://restapi.e-conomic.com"):
        yield part


async def test_every_link_of_the_api_leads_somewhere(filled: httpx.AsyncClient) -> None:
    assert len(await walked(filled, "https://restapi.e-conomic.com/")) > 100


async def test_a_walk_of_the_demo_needs_no_tokens_and_stays_in_the_demo(
    filled: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    seen = await walked(stranger, "https://restapi.e-conomic.com/?demo=true")
    assert len(seen) > 100
    assert all("demo=true" in address for address in seen)


async def walked(api: httpx.AsyncClient, start: str) -> set[str]:
    """All addresses that are reached by following links."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = await api.get(address)
        assert answer.status_code in (200, 501), (address, answer.text)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("application/json"):
            waiting += links_in(answer.json())
    return seen


WRITES = [
    ("/customers", "customers.post", {}),
    ("/customers/1/contacts", "customers.customerNumber.contacts.post", {"name": "N"}),
    ("/customers/1/delivery-locations", "customers.customerNumber.delivery-locations.post", {}),
    ("/customer-groups", "customer-groups.post", {"customerGroupNumber": 500}),
]


@pytest.mark.parametrize(("address", "name", "base"), WRITES)
async def test_a_text_is_let_in_at_its_limit_and_refused_one_beyond(
    api: httpx.AsyncClient, customer: Body, address: str, name: str, base: Body
) -> None:
    await api.post("/customers", json=customer)
    body = customer if address == "/customers" else base
    for field, rules in schema(name)["properties"].items():
        if rules.get("type") != "string" or field in ("ean", "currency"):
            continue
        longest = rules["maxLength"]
        beyond = await api.post(address, json=body | {field: "x" * (longest + 1)})
        assert beyond.status_code == 400, field
        assert beyond.json()["errors"] == [f"String '{'x' * (longest + 1)}' exceeds maximum length of {longest}."]
        at_limit = await api.post(address, json=body | {field: "x" * longest})
        assert at_limit.status_code == 201, (field, at_limit.text)
        assert at_limit.json()[field] == "x" * longest
        await api.delete(at_limit.json()["self"])


@pytest.mark.parametrize(
    ("address", "field", "value", "status"),
    [
        ("/customers", "customerNumber", 999_999_999, 201),
        ("/customers", "customerNumber", 1_000_000_000, 400),
        ("/customers", "customerNumber", 0, 400),
        ("/customers", "pNumber", "1" * 9, 400),
        ("/customers", "pNumber", "1" * 10, 201),
        ("/customers", "currency", "DK", 400),
        ("/customers", "ean", "5" * 14, 400),
        ("/customers", "creditLimit", 0.01, 201),
        ("/customers", "creditLimit", 0.001, 400),
        ("/customer-groups", "customerGroupNumber", 0, 400),
        ("/customer-groups", "customerGroupNumber", 3, 201),
    ],
)
async def test_numbers_at_and_beyond_their_limits(
    api: httpx.AsyncClient, customer: Body, address: str, field: str, value: Any, status: int
) -> None:
    body = (customer if address == "/customers" else {}) | {field: value}
    assert (await api.post(address, json=body)).status_code == status


async def test_the_next_number_after_the_highest_is_the_lowest_free_one(api: httpx.AsyncClient, customer: Body) -> None:
    for number in (1, 999_999_999):
        await api.post("/customers", json=customer | {"customerNumber": number})
    assert (await api.post("/customers", json=customer)).json()["customerNumber"] == 2


@pytest.fixture
def desk(store: Store, customer: Body, draft: Body) -> Desk:
    desk = Desk(store, "en")
    for path, body in (("customers", customer), ("customers/1/contacts", {"name": "A"}), ("invoices/drafts", draft)):
        assert desk.handle(call(store, "POST", path, body)).status == 201
    return desk


def call(store: Store, method: str, path: str, body: Any, query: tuple[tuple[str, str], ...] = ()) -> Call:
    headers = {
        "x-appsecrettoken": store.tokens.app_secret_token,
        "x-agreementgranttoken": store.tokens.agreement_grant_token,
        "content-type": "application/json",
    }
    content = json.dumps(body).encode()
    return Call(method, "http://twin", tuple(path.split("/")), query, "", headers, content)


FILTER_PARTS = st.sampled_from(
    ["name", "customerNumber", "barred", "$eq:", "$like:", "$in:", "$null:", "[", "]", "(", ")", "$and:", "$or:", "*",
     "$", "$$", "1", "a", "%", "_", "'", '"', "é", "²", "1e5", "[1,2]", "[^a]", "[!", "-", "?"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(FILTER_PARTS, max_size=9), kind=st.sampled_from(["filter", "sort", "pagesize", "skippages"]))
def test_no_query_makes_the_twin_fail(desk: Desk, store: Store, parts: list[str], kind: str) -> None:
    for path in ("customers", "customersapi/v3.1.0/Customers", "customersapi/v3.1.0/Contacts/paged"):
        sealed = desk.handle(call(store, "GET", path, None, ((kind, "".join(parts)),)))
        assert sealed.status in (200, 400), (parts, sealed.body)


def test_inventions_are_listed_once_and_explained() -> None:
    assert all(entry.id == name and entry.where and entry.answer and entry.why for name, entry in INVENTIONS.items())


def test_every_invented_message_is_said_somewhere() -> None:
    package = Path(__file__).parents[2] / "bulkio" / "sandbox"
    code = "".join(file.read_text("utf-8") for file in package.rglob("*.py") if file.name != "inventions.py")
    unsaid = [entry.id for entry in INVENTIONS.values() if entry.message and f'"{entry.id}"' not in code]
    assert not unsaid


def test_every_invented_code_is_taken_from_the_table() -> None:
    package = Path(__file__).parents[2] / "bulkio" / "sandbox"
    for file in package.rglob("*.py"):
        if file.name != "inventions.py":
            assert '"SANDBOX-' not in file.read_text("utf-8"), file


@pytest.mark.parametrize(
    "address",
    ["/customers/1", "/customers/1/contacts/1", "/customers/1/delivery-locations/1", "/customer-groups/1",
     "/invoices/drafts/1"],
)  # fmt: skip
async def test_what_is_shown_may_be_put_back_and_changes_nothing(filled: httpx.AsyncClient, address: str) -> None:
    shown = (await filled.get(address)).json()
    answer = await filled.put(address, json=shown)
    assert answer.status_code == 200, answer.text
    again = (await filled.get(address)).json()
    assert again | {"lastUpdated": None} == shown | {"lastUpdated": None}
