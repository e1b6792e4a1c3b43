"""A Danish agreement answers in Danish, whatever is wrong."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bulkio.sandbox import INVENTIONS
from bulkio.sandbox.wording import worded
from tests.sandbox.agreement import written

Body = dict[str, Any]
OF_THE_NEWER_HOST = [name for name in INVENTIONS if name.startswith("newer-")]
SAID = [entry for entry in INVENTIONS.values() if entry.message and entry.id not in OF_THE_NEWER_HOST]


@pytest.mark.parametrize("entry", SAID, ids=[entry.id for entry in SAID])
def test_every_message_of_the_classic_host_has_danish_words(entry: Any) -> None:
    english = entry.message.format(value="7", name="sortKey")
    assert worded(english, "da") != english
    assert worded(english, "en") == english


def texts(node: Any) -> list[str]:
    """All messages of a body, however deep."""
    if isinstance(node, list):
        return [text for item in node for text in texts(item)]
    if not isinstance(node, dict):
        return []
    own = [node[name] for name in ("message", "errorMessage") if name in node]
    return own + [text for value in node.values() for text in texts(value)]


async def test_refusals_are_the_same_but_for_their_words(
    api: httpx.AsyncClient, danish_api: httpx.AsyncClient, customer: Body, draft: Body
) -> None:
    await written(api, "POST", "/customers", customer)
    await written(api, "POST", "/customers", customer | {"barred": True})
    line = {"product": {"productNumber": "none"}, "unitNetPrice": 0.001, "unit": {}}
    faulty = draft | {
        "currency": "XXX", "customer": {"customerNumber": 2}, "layout": {"layoutNumber": 22}, "lines": [line, {"quantity": 1}],
        "paymentTerms": {"paymentTermsNumber": 1, "paymentTermsType": "dueDate"}, "date": "2026-02-31",
        "recipient": {"name": "x", "ean": "1", "vatZone": {"vatZoneNumber": 9}},
        "references": {"salesPerson": {"employeeNumber": 3}},
    }  # fmt: skip
    for method, path, body in (
        ("POST", "/invoices/drafts", faulty),
        ("POST", "/customers", {}),
        ("POST", "/customers", customer | {"customerNumber": 1}),
        ("PUT", "/customers/1", customer | {"customerNumber": 5, "attention": {"customerContactNumber": 1}}),
        ("GET", "/nope", None),
        ("PUT", "/customers", {}),
        ("GET", "/customers?pagesize=0", None),
        ("GET", "/customers?filter=bogus$eq:1", None),
        ("GET", "/customers?sort=bogus", None),
        ("PATCH", "/customers/1", [{"op": "add", "path": "/name", "value": "x"}]),
    ):
        english = (await api.request(method, path, json=body)).json()
        danish = (await danish_api.request(method, path, json=body)).json()
        assert english["httpStatusCode"] == danish["httpStatusCode"]
        assert len(texts(english)) == len(texts(danish)) > 0
        assert not set(texts(english)) & set(texts(danish)), (path, texts(danish))


async def test_the_one_danish_message_that_is_known(danish_api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await written(danish_api, "POST", "/customers", customer)
    await written(danish_api, "POST", "/invoices/drafts", draft | {"date": "2025-06-01"})
    booking = {"draftInvoice": {"draftInvoiceNumber": 1}}
    leaf = (await danish_api.post("/invoices/booked", json=booking)).json()["errors"]["date"]["errors"][0]
    assert (leaf["errorMessage"], leaf["errorCode"]) == ("Perioden er spærret.", "E04041")
