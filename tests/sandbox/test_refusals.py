from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store, create_application

Body = dict[str, Any]
NOT_FOUND_ACCOUNT_HINT = "Find a list of accounts at https://restapi.e-conomic.com/accounts ."


def without_time(body: Body) -> Body:
    assert re.fullmatch(r"[0-9a-f]{16}-[A-Z]{3}", body["logId"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", body["logTime"])
    return {name: value for name, value in body.items() if name not in ("logId", "logTime")}


async def test_the_real_body_of_an_unknown_group_is_reproduced(api: httpx.AsyncClient, customer: Body) -> None:
    """errors-real.json, customers-group-not-found; part for part but for log id and time."""
    answer = await api.post("/customers", json=customer | {"customerGroup": {"customerGroupNumber": 99}})
    leaf = {
        "propertyName": "customerGroup",
        "errorMessage": "CustomerGroup '99' not found.",
        "errorCode": "E07140",
        "inputValue": 99,
        "developerHint": "Find a list of customer groups at https://restapi.e-conomic.com/customer-groups .",
    }
    assert without_time(answer.json()) == {
        "message": "Validation failed. 1 error found.",
        "errorCode": "E04300",
        "developerHint": "Inspect validation errors and correct your request.",
        "httpStatusCode": 400,
        "errors": {"customerGroup": {"errors": [leaf]}},
        "errorCount": 1,
    }
    order = ["message", "errorCode", "developerHint", "logId", "httpStatusCode", "errors", "logTime", "errorCount"]
    assert list(answer.json()) == order


async def test_the_real_body_of_unknown_payment_terms_is_reproduced(
    api: httpx.AsyncClient, customer: Body, draft: Body
) -> None:
    """errors-real.json, drafts-paymentterms-not-found."""
    await api.post("/customers", json=customer)
    terms = {"paymentTerms": {"paymentTermsNumber": 4711, "paymentTermsType": "invoiceMonth"}}
    body = (await api.post("/invoices/drafts", json=draft | terms)).json()
    assert body["message"] == "Validation failed. 2 errors found."
    assert body["errors"] == {
        "paymentTerms": {"errors": [{
            "propertyName": "paymentTerms",
            "errorMessage": "PaymentTerms '4711' not found.",
            "errorCode": "E07080",
            "inputValue": 4711,
            "developerHint": "Find a list of paymentTermss at https://restapi.e-conomic.com/payment-terms .",
        }]},
        "paymentTermsType": {"errors": [{
            "propertyName": "paymentTermsType",
            "errorMessage": "Payment terms type does not match the type on the payment terms specified.",
            "errorCode": "E07180",
            "inputValue": "invoiceMonth",
            "developerHint": "Either specify the matching payment terms type for the payment terms in question, "
            "or omit the property.",
        }]},
    }  # fmt: skip


async def test_an_unknown_account_is_worded_as_in_real_bodies(api: httpx.AsyncClient) -> None:
    group = {"customerGroupNumber": 10, "account": {"accountNumber": 3562}}
    leaf = (await api.post("/customer-groups", json=group)).json()["errors"]["account"]["errors"][0]
    assert (leaf["errorMessage"], leaf["errorCode"]) == ("Account '3562' not found.", "E07150")
    assert leaf["developerHint"] == NOT_FOUND_ACCOUNT_HINT


async def test_all_business_faults_come_in_one_answer(api: httpx.AsyncClient, customer: Body) -> None:
    faulty = customer | {"customerGroup": {"customerGroupNumber": 99}, "currency": "XXX", "creditLimit": 0.001}
    body = (await api.post("/customers", json=faulty)).json()
    assert (body["errorCount"], set(body["errors"])) == (3, {"customerGroup", "currency", "creditLimit"})


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"name": None}, "Invalid type. Expected String but got Null."),
        ({"name": ""}, "String '' is less than minimum length of 1."),
        ({"zip": "x" * 31}, f"String '{'x' * 31}' exceeds maximum length of 30."),
        ({"customerNumber": 0}, "Integer 0 is less than minimum value of 1."),
        ({"customerNumber": 1_000_000_000}, "Integer 1000000000 exceeds maximum value of 999999999."),
        ({"customerNumber": "7"}, "Invalid type. Expected Integer but got String."),
        ({"barred": 1}, "Invalid type. Expected Boolean but got Integer."),
        ({"customerGroup": 1}, "Invalid type. Expected Object but got Integer."),
        ({"creditLimit": "1"}, "Invalid type. Expected Float but got String."),
    ],
)
async def test_a_schema_fault_is_a_sentence_in_a_list(
    api: httpx.AsyncClient, customer: Body, part: Body, sentence: str
) -> None:
    answer = await api.post("/customers", json=customer | part)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [sentence]
    assert answer.json()["schemaPath"].endswith("/schema/customers.post.schema.json")


async def test_missing_properties_are_named_together(api: httpx.AsyncClient) -> None:
    body = (await api.post("/customers", json={"name": "A", "currency": "DKK"})).json()
    assert body["errors"] == ["Required properties are missing from object: customerGroup, vatZone, paymentTerms."]


async def test_the_schema_is_judged_before_the_business(api: httpx.AsyncClient, customer: Body) -> None:
    body = (await api.post("/customers", json=customer | {"currency": "XXX", "zip": 5000})).json()
    assert body["errors"] == ["Invalid type. Expected String but got Integer."]


async def test_enum_and_unique_items_are_worded(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    for told, sentence in (
        (["Invoices"], 'Value "Invoices" is not defined in enum.'),
        (["orders", "orders"], "Non-unique array item at index 1."),
    ):
        body = (await api.post("/customers/1/contacts", json={"name": "A", "emailNotifications": told})).json()
        assert body["errors"] == [sentence]


async def test_danish_messages_when_the_agreement_is_danish(danish_api: httpx.AsyncClient, draft: Body) -> None:
    body = (await danish_api.post("/invoices/drafts", json=draft)).json()
    assert body["message"] == "Validering fejlede. 1 fejl fundet."
    assert "blev ikke fundet" in body["errors"]["customer"]["errors"][0]["errorMessage"]


async def test_every_answer_carries_the_rate_headers(api: httpx.AsyncClient, stranger: httpx.AsyncClient) -> None:
    for answer in (await api.get("/customers"), await api.get("/nope"), await stranger.get("/self")):
        assert answer.headers["X-CallCost"] == "3"
        limit = answer.headers["X-RateLimiting"]
        assert re.fullmatch(r"token-limit-10000-per-60-seconds: \d+/10000", limit)
        assert answer.headers["X-RequestId"]


async def test_without_tokens_nothing_is_answered(stranger: httpx.AsyncClient, customer: Body) -> None:
    answer = await stranger.get("/customers")
    assert answer.status_code == 401
    assert answer.json()["demoLink"] == "https://restapi.e-conomic.com/customers?demo=true"
    assert (await stranger.post("/customers", json=customer)).status_code == 401
    assert (await stranger.get("/customersapi/v3.1.0/Contacts")).status_code == 401


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("/customers?filter=name$eq:A&pagesize=2", "/customers?filter=name$eq:A&pagesize=2&demo=true"),
        ("/products/%C3%A6_9_%C3%B8", "/products/%C3%A6_9_%C3%B8?demo=true"),
        ("/products/a%3Fb", "/products/a%3Fb?demo=true"),
        ("/vat-zones/1?demo=false", "/vat-zones/1?demo=true"),
    ],
)
async def test_the_demo_link_of_a_401_is_the_address_that_was_asked_for(
    stranger: httpx.AsyncClient, asked: str, shown: str
) -> None:
    link = (await stranger.get(asked)).json()["demoLink"]
    assert link == f"https://restapi.e-conomic.com{shown}"
    assert (await stranger.get(link)).status_code != 401


async def test_one_wrong_token_is_refused(api: httpx.AsyncClient) -> None:
    answer = await api.get("/self", headers={"X-AgreementGrantToken": "x"})
    assert (answer.status_code, answer.json()["errorCode"]) == (401, "E02250")


async def test_the_demo_only_reads(stranger: httpx.AsyncClient, customer: Body) -> None:
    demo = {"X-AppSecretToken": "demo", "X-AgreementGrantToken": "demo"}
    assert (await stranger.get("/self", headers=demo)).status_code == 200
    assert (await stranger.post("/customers", json=customer, headers=demo)).status_code == 403
    shown = (await stranger.get("/vat-zones?demo=true")).json()
    assert shown["collection"][0]["self"].endswith("/vat-zones/1?demo=true")
    assert (await stranger.get(shown["collection"][0]["self"])).status_code == 200


async def test_wrong_addresses_verbs_and_bodies_come_in_the_apis_shape(api: httpx.AsyncClient) -> None:
    for answer, status in (
        (await api.get("/nope"), 404),
        (await api.get("/customers/abc"), 404),
        (await api.get("/customers/99999999999999999999999999"), 404),
        (await api.put("/customers", json={}), 405),
        (await api.delete("/customers"), 405),
        (await api.options("/customers"), 405),
        (await api.post("/customers", content="a=b", headers={"Content-Type": "text/plain"}), 415),
        (await api.post("/customers", content="{", headers={"Content-Type": "application/json"}), 400),
        (await api.post("/customers", content="[" * 100_000, headers={"Content-Type": "application/json"}), 400),
        (await api.post("/customers", content='{"a": NaN}', headers={"Content-Type": "application/json"}), 400),
        (await api.post("/customers", content=b"\xff{}", headers={"Content-Type": "application/json"}), 400),
        (await api.post("/customers", content=b" " * 11_000_000, headers={"Content-Type": "application/json"}), 413),
        (await api.get("/returnHttp500"), 500),
        (await api.get("/echo?statuscode=404"), 404),
        (await api.get("/accounting-years/2026/vouchers"), 501),
    ):
        assert answer.status_code == status, answer.text
        assert answer.json()["httpStatusCode"] == status


async def test_links_follow_the_callers_own_address(store: Store) -> None:
    tokens = store.tokens
    headers = {"X-AppSecretToken": tokens.app_secret_token, "X-AgreementGrantToken": tokens.agreement_grant_token}
    transport = httpx.ASGITransport(create_application(store))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:4321", headers=headers) as client:
        assert (await client.get("/vat-zones/1")).json()["self"] == "http://127.0.0.1:4321/vat-zones/1"


async def test_the_schema_that_a_refusal_names_is_there_for_everyone(
    api: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    address = (await api.post("/customers", json={})).json()["schemaPath"]
    found = await stranger.get(address)
    assert (found.status_code, found.json()["properties"]["name"]["maxLength"]) == (200, 255)
    assert (await stranger.get("/schema/nothing.schema.json")).status_code == 404


async def test_tokens_under_the_names_of_2015_open_the_door(store: Store, stranger: httpx.AsyncClient) -> None:
    tokens = store.tokens
    old = {"appId": tokens.app_secret_token, "accessId": tokens.agreement_grant_token}
    assert (await stranger.get("/self", headers=old)).status_code == 200


async def test_a_template_is_a_whole_draft_but_for_its_lines(
    api: httpx.AsyncClient, customer: Body, draft: Body
) -> None:
    await api.post("/customers", json=customer)
    template = (await api.get("/customers/1/templates/invoice?currency=EUR")).json()
    made = await api.post("/invoices/drafts", json=template | {"lines": draft["lines"]})
    assert (made.status_code, made.json()["currency"]) == (201, "EUR")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
async def test_echo_answers_every_verb_with_the_status_asked_for(api: httpx.AsyncClient, method: str) -> None:
    for status in (200, 201, 204, 404, 415, 500):
        assert (await api.request(method, f"/echo?statuscode={status}")).status_code == status
    assert (await api.request(method, "/echo?statuscode=9999")).status_code == 400
