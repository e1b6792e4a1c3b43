"""Random bodies, most of them nearly good: never a 500, never an answer out of its published schema."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft3Validator

from bulkio.sandbox import Store, create_application
from bulkio.sandbox.calls import Call
from bulkio.sandbox.desk import Desk, Sealed
from bulkio.sandbox.published import recorded_filters, schema
from tests.sandbox.agreement import fill
from tests.sandbox.conftest import token_headers
from tests.sandbox.test_recorded_filters import HERE, address
from tests.sandbox.writes import CUSTOMER, DRAFT, WRITES, Body, Path_, Write, properties, with_value

TEXTS = st.text(max_size=20)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0, 1, 2, 5600, 0.01, 1e9])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
FITTING: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXTS | st.sampled_from(["2026-02-13", "DKK", "https://restapi.e-conomic.com/customers/1", "1"]),
    "integer": st.integers(-2, 2**40) | st.sampled_from([1, 2, 19, 5600]),
    "number": NUMBERS,
    "boolean": st.booleans(),
    "object": st.just({}),
    "array": st.lists(st.sampled_from(["invoices", "orders", 1, {}]), max_size=2),
}
SHOWN = {
    "contacts": "customers.customerNumber.contacts.contactNumber.get",
    "delivery-locations": "customers.customerNumber.delivery-locations.deliveryLocationNumber.get",
    "/customer-groups": "customer-groups.customerGroupNumber.get",
    "/invoices/drafts": "invoices.drafts.draftInvoiceNumber.get",
    "sales-prices": "products.productNumber.pricing.currency-specific-sales-prices.currencyCode.get",
    "/products": "products.productNumber.get",
    "/payment-terms": "payment-terms.paymentTermsNumber.get",
    "/units": "units.unitNumber.get",
    "/accounting-years": "accounting-years.accountingYear.get",
    "/customers": "customers.customerNumber.get",
    "/invoices/booked": "invoices.booked.bookedInvoiceNumber.get",
}
BOOKING = Write("POST", "/invoices/booked", "invoices.booked.post", {"draftInvoice": {"draftInvoiceNumber": 1}})
BOOKING_BY_PUT = Write("PUT", "/invoices/booked/77", "invoices.booked.bookWithNumber.put", BOOKING.body)
PATCHING = Write("PATCH", "/customers/1", "customers.post", CUSTOMER)
ERRORS_BEGIN = ["message", "errorCode", "developerHint", "logId", "httpStatusCode"]


@st.composite
def requests(draw: st.DrawFn) -> tuple[Write, Any]:
    write = draw(st.sampled_from([*WRITES, BOOKING, BOOKING_BY_PUT, PATCHING]))
    if draw(st.integers(0, 19)) == 0:
        return write, draw(VALUES)
    body: Any = write.body
    for path, rules in draw(st.lists(st.sampled_from(list(properties(schema(write.schema)))), max_size=3)):
        value = draw(_fitting(rules) if draw(st.integers(0, 2)) else VALUES)
        if _has_room(body, path):
            body = with_value(body, path, value)
    return write, body


def _fitting(rules: Body) -> st.SearchStrategy[Any]:
    if "enum" in rules:
        return st.sampled_from(rules["enum"])
    return FITTING[str(rules.get("type", "string"))]


def _has_room(body: Any, path: Path_) -> bool:
    """Whether the way to the property still leads through objects and lists, after other values were put in."""
    for part in path[:-1]:
        if isinstance(part, int):
            if not isinstance(body, list) or len(body) <= part:
                return False
            body = body[part]
        elif not isinstance(body, dict) or part not in body:
            return isinstance(body, dict)
        else:
            body = body[part]
    return isinstance(body, dict)


def call(store: Store, method: str, path: str, body: Any) -> Call:
    headers = {name.lower(): value for name, value in token_headers(store).items()}
    content = json.dumps(body).encode()
    segments = tuple(part for part in path.split("/") if part)
    return Call(method, "http://twin", segments, (), "", headers | {"content-type": "application/json"}, content)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("twin") / "twin.db")
    asyncio.run(_fill(opened))
    yield opened
    opened.close()


async def _fill(store: Store) -> None:
    transport = httpx.ASGITransport(create_application(store))
    async with httpx.AsyncClient(transport=transport, base_url="http://twin", headers=token_headers(store)) as api:
        await fill(api, CUSTOMER, DRAFT)


def hold(store: Store, request: tuple[Write, Any]) -> None:
    write, body = request
    sealed = Desk(store, "en").handle(call(store, write.method, write.path, body))
    assert sealed.status in (200, 201, 400, 404), (request, sealed.body)
    if sealed.status in (200, 201):
        _is_published(write.path, sealed)
    else:
        _is_an_error(sealed)


def _is_published(path: str, sealed: Sealed) -> None:
    name = next(name for part, name in SHOWN.items() if part in path)
    faults = [fault.message for fault in Draft3Validator(schema(name)).iter_errors(json.loads(sealed.body))]
    assert not faults, (path, faults)


def _is_an_error(sealed: Sealed) -> None:
    told = json.loads(sealed.body)
    assert [name for name in ERRORS_BEGIN if name in told] == ERRORS_BEGIN
    assert told["httpStatusCode"] == sealed.status
    if "errorCount" in told:
        assert told["errorCount"] == _leaves(told["errors"])


def _leaves(node: Any) -> int:
    if isinstance(node, list):
        return sum(_leaves(item) for item in node)
    if not isinstance(node, dict):
        return 0
    return 1 if "errorMessage" in node else sum(_leaves(value) for value in node.values())


@settings(max_examples=400, deadline=None)
@given(request=requests())
def test_no_body_makes_the_twin_fail_or_leave_its_schemas(filled: Store, request: tuple[Write, Any]) -> None:
    hold(filled, request)


@pytest.mark.long
@settings(max_examples=6000, deadline=None)
@given(request=requests())
def test_thousands_of_bodies_do_not_either(filled: Store, request: tuple[Write, Any]) -> None:
    hold(filled, request)


OPERATORS = ["eq", "ne", "gt", "gte", "lt", "lte", "like", "in", "nin"]
OPERANDS = st.sampled_from(
    ["1", "-1.5", "true", "$null:", "2026-02-13", "[1,2]", "[]", "[a]", "*a*", "net", "credit", "", "a$)", "$$", "[^a]"]
) | st.text(alphabet="aÅ1.,*$()[]? -_%'\u20ac", max_size=8)


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    recorded = draw(st.sampled_from(HERE))
    entry = recorded_filters()[recorded]
    names = [*entry["schema_filterable"], "bogus"]
    parts = [
        f"{draw(st.sampled_from(names))}${draw(st.sampled_from(OPERATORS))}:{draw(OPERANDS)}"
        for _ in range(draw(st.integers(1, 3)))
    ]
    keys = draw(st.lists(st.sampled_from([*entry["schema_sortable"], "bogus"]), max_size=2))
    signs = draw(st.sampled_from(["", "-", "~", "-~"]))
    sort = {"sort": ",".join(f"{signs}{key}" for key in keys)} if keys else {}
    return address(recorded), {"filter": draw(st.sampled_from(["$and:", "$or:"])).join(parts), **sort}


@settings(max_examples=400, deadline=None)
@given(query=queries())
def test_no_query_of_any_list_makes_the_twin_fail(filled: Store, query: tuple[str, dict[str, str]]) -> None:
    path, parameters = query
    asked = replace(call(filled, "GET", path, None), query=tuple(parameters.items()), body=b"")
    sealed = Desk(filled, "en").handle(asked)
    assert sealed.status in (200, 400), (query, sealed.body)
    if sealed.status == 400:
        assert json.loads(sealed.body)["message"].startswith("Could not parse query string")
