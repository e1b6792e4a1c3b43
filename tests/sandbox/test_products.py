"""Products, units, payment terms: the look-ups that may be written."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.agreement import written

Body = dict[str, Any]
PRODUCT: Body = {"productNumber": "Ø/1.5", "name": "Øl", "productGroup": {"productGroupNumber": 1}}


async def test_a_product_lives_under_its_encoded_key(api: httpx.AsyncClient) -> None:
    made = await api.post("/products", json=PRODUCT | {"salesPrice": 12.5})
    assert made.status_code == 201
    own = "https://restapi.e-conomic.com/products/%C3%98_6_1_11_5"
    assert made.json()["self"] == made.headers["Location"] == own
    shown = (await api.get(own)).json()
    assert (shown["salesPrice"], shown["productGroup"]["name"]) == (12.5, "Varegruppe 1")
    assert (await api.post("/products", json=PRODUCT)).json()["errorCode"] == "E06010"


async def test_put_replaces_a_product_and_what_it_omits_is_gone(api: httpx.AsyncClient) -> None:
    own = (await written(api, "POST", "/products", PRODUCT | {"salesPrice": 12.5, "barred": True}))["self"]
    body = (await api.put(own, json=PRODUCT | {"name": "Vand"})).json()
    assert (body["name"], body["barred"], "salesPrice" in body) == ("Vand", False, False)
    other = await api.put(own, json=PRODUCT | {"productNumber": "2"})
    assert other.json()["errors"]["productNumber"]
    assert (await api.put("/products/none", json=PRODUCT)).status_code == 404


async def test_faults_of_a_product_come_together(api: httpx.AsyncClient) -> None:
    faulty = PRODUCT | {
        "productGroup": {"productGroupNumber": 9}, "unit": {"unitNumber": 9}, "salesPrice": 0.001,
        "departmentalDistribution": {"departmentalDistributionNumber": 1}, "inventory": {"packageVolume": 0.001},
    }  # fmt: skip
    body = (await api.post("/products", json=faulty)).json()
    assert body["errorCount"] == 5
    assert body["errors"]["inventory"]["packageVolume"]["errors"][0]["errorCode"] == "E04740"


async def test_a_product_on_an_invoice_stays(api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await written(api, "POST", "/customers", customer)
    own = (await written(api, "POST", "/products", PRODUCT))["self"]
    lines = [{"product": {"self": own}, "quantity": 2, "unitNetPrice": 5}]
    await written(api, "POST", "/invoices/drafts", draft | {"lines": lines})
    assert (await api.delete(own)).status_code == 400
    listed = (await api.get(f"{own}/invoices/drafts")).json()["collection"]
    assert [item["draftInvoiceNumber"] for item in listed] == [1]
    assert (await api.delete("/invoices/drafts/1")).status_code == 200
    assert (await api.delete(own)).status_code == 204
    assert (await api.delete(own)).status_code == 404


async def test_a_product_has_one_price_a_currency(api: httpx.AsyncClient) -> None:
    own = (await written(api, "POST", "/products", PRODUCT))["self"]
    prices = f"{own}/pricing/currency-specific-sales-prices"
    price = {"price": 1.5, "currency": {"code": "EUR"}}
    assert (await written(api, "POST", prices, price))["price"] == 1.5
    assert (await api.post(prices, json=price)).json()["errorCode"] == "E06010"
    assert (await api.post(prices, json=price | {"currency": {"code": "XXX"}})).json()["errors"]["currency"]
    assert (await api.put(f"{prices}/EUR", json=price | {"price": 2})).json()["price"] == 2.0
    assert len((await api.get(prices, params={"filter": "price$gt:1"})).json()["collection"]) == 1
    assert (await api.delete(f"{prices}/EUR")).status_code == 204
    assert (await api.get(f"{prices}/EUR")).status_code == 404


async def test_units_are_given_numbers_and_stay_while_used(api: httpx.AsyncClient) -> None:
    unit = await written(api, "POST", "/units", {"name": "stk."})
    assert (unit["unitNumber"], (await api.put(unit["self"], json={"name": "kg"})).json()["name"]) == (1, "kg")
    product = await written(api, "POST", "/products", PRODUCT | {"unit": {"unitNumber": 1}})
    assert [item["self"] for item in (await api.get(unit["products"])).json()["collection"]] == [product["self"]]
    assert (await api.delete(unit["self"])).status_code == 400
    await api.delete(product["self"])
    assert (await api.delete(unit["self"])).status_code == 204


TERMS: Body = {"name": "Netto 10", "paymentTermsType": "net", "daysOfCredit": 10}


async def test_payment_terms_keep_their_type_and_days(api: httpx.AsyncClient) -> None:
    made = await written(api, "POST", "/payment-terms", TERMS)
    own = f"/payment-terms/{made['paymentTermsNumber']}"
    assert (await api.put(own, json=TERMS | {"name": "Ti dage"})).json()["name"] == "Ti dage"
    for change in ({"paymentTermsType": "invoiceMonth"}, {"daysOfCredit": 11}):
        refused = await api.put(own, json=TERMS | change)
        assert (refused.status_code, refused.json()["errorCode"]) == (400, "E06151")
    omitted = {name: value for name, value in TERMS.items() if name != "daysOfCredit"}
    assert (await api.put(own, json=omitted)).json()["errorCode"] == "E06151"
    assert (await api.get(own)).json()["daysOfCredit"] == 10


@pytest.mark.parametrize("kind", ["Net", "bogus", None])
async def test_the_type_of_payment_terms_is_an_enum_with_strict_case(api: httpx.AsyncClient, kind: str | None) -> None:
    answer = await api.post("/payment-terms", json=TERMS | {"paymentTermsType": kind})
    assert answer.status_code == 400
    assert answer.json()["schemaPath"].endswith("/schema/payment-terms.post.schema.json")


async def test_payment_terms_in_use_stay(api: httpx.AsyncClient, customer: Body) -> None:
    await written(api, "POST", "/customers", customer | {"paymentTerms": {"paymentTermsNumber": 2}})
    assert (await api.delete("/payment-terms/2")).status_code == 400
    assert (await api.delete("/payment-terms/3")).status_code == 204
    assert (await api.get("/payment-terms/3")).status_code == 404


async def test_lines_are_added_to_a_draft(api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await written(api, "POST", "/customers", customer)
    await written(api, "POST", "/invoices/drafts", draft)
    more = {"lines": [{"product": {"productNumber": "KASSE-12"}, "quantity": 2}, {"description": "Tak"}]}
    answer = await api.post("/invoices/drafts/1/lines", json=more)
    assert (answer.status_code, answer.json()["netAmount"]) == (201, 1197.0)
    assert [line["lineNumber"] for line in answer.json()["lines"]] == [1, 2, 3]
    assert (await api.get("/invoices/drafts/1")).json()["netAmount"] == 1197.0


async def test_an_invoice_is_a_pdf_unless_the_caller_asks_for_one(
    api: httpx.AsyncClient, customer: Body, draft: Body
) -> None:
    """The 406 is seen second hand: the address delivers a PDF but refuses to be asked for it."""
    await written(api, "POST", "/customers", customer)
    address = (await written(api, "POST", "/invoices/drafts", draft))["pdf"]["download"]
    assert (await api.get(address, headers={"Accept": "*/*"})).content.startswith(b"%PDF-1.4")
    refused = await api.get(address, headers={"Accept": "application/pdf"})
    assert (refused.status_code, refused.json()["httpStatusCode"]) == (406, 406)
