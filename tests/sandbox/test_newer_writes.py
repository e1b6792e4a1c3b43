"""Writing through the newer host: what is seen of it live, and that both hosts speak of one store."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store

Body = dict[str, Any]
ROOT = "/customersapi/v3.1.0"


@pytest.fixture
def mine() -> Body:
    """The smallest customer that live bodies show, with access."""
    return {
        "customerNumber": 7, "name": "Møllers Tømmerhandel", "customerGroupNumber": 1, "zone": 1, "currency": "DKK",
        "paymentTermId": 1, "access": True,
    }  # fmt: skip


def codes(answer: httpx.Response) -> set[tuple[str, str | None]]:
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return {(error["errorCode"], error.get("property")) for error in answer.json()["errors"]}


async def version(api: httpx.AsyncClient, path: str) -> str:
    return str((await api.get(f"{ROOT}/{path}")).json()["objectVersion"])


async def test_a_creation_answers_the_number_and_nothing_else(api: httpx.AsyncClient, mine: Body) -> None:
    customer = await api.post(f"{ROOT}/Customers", json=mine)
    contact = await api.post(f"{ROOT}/Contacts", json={"customerNumber": 7, "name": "Ada"})
    location = await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": 7})
    assert (customer.status_code, customer.json()) == (201, {"customerNumber": 7})
    assert (contact.status_code, contact.json()) == (201, {"number": 1})
    assert (location.status_code, location.json()) == (201, {"number": 1})
    for answer in (customer, contact, location):
        assert (await api.get(answer.headers["Location"])).status_code == 200


async def test_the_caller_chooses_the_number(api: httpx.AsyncClient, mine: Body) -> None:
    del mine["customerNumber"]
    refused = await api.post(f"{ROOT}/Customers", json=mine)
    assert refused.status_code == 400
    error = refused.json()["errors"][0]
    assert error["message"] == "The field CustomerNumber must be between 1 and 999999999"
    await api.post(f"{ROOT}/Customers", json=mine | {"customerNumber": 7})
    taken = await api.post(f"{ROOT}/Customers", json=mine | {"customerNumber": 7})
    assert (taken.status_code, taken.json()["errorCode"]) == (400, "CustomerAlreadyExists")


async def test_access_defaults_to_barred_also_on_a_put(api: httpx.AsyncClient, mine: Body) -> None:
    without = {name: value for name, value in mine.items() if name != "access"}
    await api.post(f"{ROOT}/Customers", json=without)
    assert (await api.get("/customers/7")).json()["barred"] is True
    await api.put(f"{ROOT}/Customers/7", json=mine | {"objectVersion": await version(api, "Customers/7")})
    assert "barred" not in (await api.get("/customers/7")).json()
    await api.put(f"{ROOT}/Customers/7", json=without | {"objectVersion": await version(api, "Customers/7")})
    assert "access" not in (await api.get(f"{ROOT}/Customers/7")).json()


async def test_both_hosts_show_one_customer(api: httpx.AsyncClient, mine: Body) -> None:
    more = {
        "address1": "Havnegade 1", "address2": "2. sal", "postCode": "5000", "cvrNo": "12345674", "ourRef": 1,
        "layoutGroup": 19, "voucherNumber": "4711", "creditMaximum": 12.5, "pnr": "1234567890", "homepage": "m.example",
    }  # fmt: skip
    await api.post(f"{ROOT}/Customers", json=mine | more)
    classic = (await api.get("/customers/7")).json()
    assert classic["address"] == "Havnegade 1\n2. sal"
    assert (classic["zip"], classic["publicEntryNumber"], classic["creditLimit"]) == ("5000", "4711", 12.5)
    assert (classic["salesPerson"]["employeeNumber"], classic["layout"]["layoutNumber"]) == (1, 19)
    shown = (await api.get(f"{ROOT}/Customers/7")).json()
    assert shown.pop("objectVersion")
    assert shown == mine | more


async def test_what_the_classic_host_keeps_longer_is_shown_in_this_hosts_length(
    api: httpx.AsyncClient, customer: Body
) -> None:
    long = {"publicEntryNumber": "7" * 50, "address": f"{'a' * 300}\n{'b' * 200}"}
    assert (await api.post("/customers", json=customer | long)).status_code == 201
    shown = (await api.get(f"{ROOT}/Customers/1")).json()
    assert shown["voucherNumber"] == "7" * 30
    assert (shown["address1"], shown["address2"]) == ("a" * 255, "b" * 200)


async def test_what_only_this_host_knows_outlives_a_put_of_the_other_but_for_the_price_group(
    api: httpx.AsyncClient, mine: Body, customer: Body
) -> None:
    await api.post(f"{ROOT}/Customers", json=mine | {"iban": "DK5000400440116243", "priceGroupNumber": 2})
    assert "priceGroup" not in (await api.get("/customers/7")).json()
    assert (await api.get(f"{ROOT}/Customers/7")).json()["priceGroupNumber"] == 2
    assert (await api.put("/customers/7", json=customer)).status_code == 200
    shown = (await api.get(f"{ROOT}/Customers/7")).json()
    assert shown["iban"] == "DK5000400440116243"
    assert "priceGroupNumber" not in shown


async def test_a_put_replaces_all_and_clears_what_is_left_out(api: httpx.AsyncClient, mine: Body) -> None:
    await api.post(f"{ROOT}/Customers", json=mine | {"city": "Odense", "swift": "DABADKKK"})
    answer = await api.put(
        f"{ROOT}/Customers/7", json=mine | {"objectVersion": await version(api, "Customers/7"), "city": "Aarhus"}
    )
    assert (answer.status_code, answer.content, "Content-Type" in answer.headers) == (200, b"", False)
    shown = (await api.get(f"{ROOT}/Customers/7")).json()
    assert shown["city"] == "Aarhus"
    assert "swift" not in shown


@pytest.mark.parametrize("stale", [None, "0", "0000000000000009"])
async def test_a_missing_or_stale_version_is_a_conflict_and_nothing_is_written(
    api: httpx.AsyncClient, mine: Body, stale: str | None
) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    await api.post(f"{ROOT}/Contacts", json={"customerNumber": 7, "name": "Ada"})
    await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": 7})
    named = {} if stale is None else {"objectVersion": stale}
    answers = [
        await api.put(f"{ROOT}/Customers/7", json=mine | {"name": "B"} | named),
        await api.put(f"{ROOT}/Contacts", json={"number": 1, "customerNumber": 7, "name": "B"} | named),
        await api.put(f"{ROOT}/DeliveryLocations", json={"number": 1, "customerNumber": 7, "city": "B"} | named),
    ]
    assert [(answer.status_code, answer.json()["errorCode"]) for answer in answers] == [(409, "UpdateConflict")] * 3
    assert (await api.get(f"{ROOT}/Customers/7")).json()["name"] == mine["name"]
    assert (await api.get(f"{ROOT}/Contacts/1")).json()["name"] == "Ada"


async def test_of_two_clients_that_write_one_record_one_wins_and_one_is_told(
    api: httpx.AsyncClient, mine: Body
) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    seen = {"objectVersion": await version(api, "Customers/7")}
    for name in ("A", "B", "C"):
        puts = [api.put(f"{ROOT}/Customers/7", json=mine | seen | {"name": f"{name}{one}"}) for one in range(4)]
        statuses = [answer.status_code for answer in await asyncio.gather(*puts)]
        assert sorted(statuses) == [200, 409, 409, 409]
        seen = {"objectVersion": await version(api, "Customers/7")}


async def test_a_write_of_the_classic_host_makes_a_version_stale(
    api: httpx.AsyncClient, mine: Body, customer: Body
) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    seen = await version(api, "Customers/7")
    await api.put("/customers/7", json=customer)
    assert (await api.put(f"{ROOT}/Customers/7", json=mine | {"objectVersion": seen})).status_code == 409


async def test_contacts_are_replaced_by_the_number_in_their_body(api: httpx.AsyncClient, mine: Body) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    await api.post(f"{ROOT}/Contacts", json={"customerNumber": 7, "name": "Ada", "phone": "1", "receiveOrders": True})
    refused = await api.put(f"{ROOT}/Contacts", json={"customerNumber": 7, "name": "Ada"})
    assert refused.json()["errors"] == [
        {"message": "Required property is missing", "errorCode": "InvalidInput", "property": "Number"}
    ]
    assert (await api.put(f"{ROOT}/Contacts/1", json={})).status_code == 405
    body = {"number": 1, "customerNumber": 7, "name": "Bo", "receiveEInvoices": True, "receiveInvoices": True}
    answer = await api.put(f"{ROOT}/Contacts", json=body | {"objectVersion": await version(api, "Contacts/1")})
    assert (answer.status_code, answer.content) == (204, b"")
    shown = (await api.get(f"{ROOT}/Contacts/1")).json()
    assert shown.pop("lastUpdated")
    assert shown.pop("objectVersion")
    assert shown == body | {"userInterfaceNumber": 1, "active": True}
    assert (await api.get("/customers/7/contacts/1")).json()["emailNotifications"] == ["invoices"]


async def test_contact_rules_answer_with_their_codes(api: httpx.AsyncClient, mine: Body) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    await api.post(f"{ROOT}/Customers", json=mine | {"customerNumber": 8})
    for name in ("Ada", "Bo"):
        await api.post(f"{ROOT}/Contacts", json={"customerNumber": 7, "name": name})
    twice = await api.post(f"{ROOT}/Contacts", json={"customerNumber": 7, "name": "Ada"})
    assert codes(twice) == {("CustomerContactNameAlreadyExists", "Name")}
    empty = await api.post(f"{ROOT}/Contacts", json={"customerNumber": 99, "name": " "})
    assert codes(empty) == {("CustomerContactNameNullOrEmpty", "Name"), ("CustomerDoesNotExist", "CustomerNumber")}
    moved = {"number": 1, "customerNumber": 8, "name": "Ada", "objectVersion": await version(api, "Contacts/1")}
    assert codes(await api.put(f"{ROOT}/Contacts", json=moved)) == {("CustomerNumberMismatch", "CustomerNumber")}
    own = {"defaultAttention": 1, "objectVersion": await version(api, "Customers/7")}
    assert (await api.put(f"{ROOT}/Customers/7", json=mine | own)).status_code == 200
    assert codes(await api.delete(f"{ROOT}/Contacts/1")) == {("CustomerContactIsInUse", "Number")}
    assert (await api.delete(f"{ROOT}/Contacts/2")).status_code == 204
    assert (await api.delete(f"{ROOT}/Contacts/2")).status_code == 404
    assert (await api.get(f"{ROOT}/Contacts/2")).json()["isDeleted"] is True
    foreign = {"customerNumber": 8, "defaultAttention": 1, "objectVersion": await version(api, "Customers/8")}
    assert codes(await api.put(f"{ROOT}/Customers/8", json=mine | foreign)) == {
        ("CustomerInvalidDefaultAttention", "DefaultAttention")
    }


async def test_location_rules_answer_with_their_codes(
    api: httpx.AsyncClient, mine: Body, draft: Body, customer: Body
) -> None:
    await api.post("/customers", json=customer)
    await api.post(f"{ROOT}/Customers", json=mine)
    await api.post(f"{ROOT}/Customers", json=mine | {"customerNumber": 8, "access": False})
    barred = await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": 8})
    assert codes(barred) == {("CustomerIsBarred", "CustomerNumber")}
    nobody = await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": 99})
    assert codes(nobody) == {("CustomerNotFound", "CustomerNumber")}
    for number in (1, 7, 7):
        await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": number, "eInvoiceId": "store 6"})
    found = await api.get(
        f"{ROOT}/DeliveryLocations", params={"filter": "eInvoiceId$eq:STORE 6$and:customerNumber$eq:7"}
    )
    assert [entry["number"] for entry in found.json()["items"]] == [2, 3]
    moved = {"number": 2, "customerNumber": 1, "objectVersion": await version(api, "DeliveryLocations/2")}
    assert codes(await api.put(f"{ROOT}/DeliveryLocations", json=moved)) == {
        ("CustomerNumberMismatch", "CustomerNumber")
    }
    own = {"defaultDeliveryLocation": 2, "objectVersion": await version(api, "Customers/7")}
    assert (await api.put(f"{ROOT}/Customers/7", json=mine | own)).status_code == 200
    assert codes(await api.delete(f"{ROOT}/DeliveryLocations/2")) == {("DeliveryLocationUsedOnCustomers", "Number")}
    used = draft | {"deliveryLocation": {"deliveryLocationNumber": 1}}
    assert (await api.post("/invoices/drafts", json=used)).status_code == 201
    assert codes(await api.delete(f"{ROOT}/DeliveryLocations/1")) == {("DeliveryLocationUsedOnInvoices", "Number")}
    assert (await api.delete(f"{ROOT}/DeliveryLocations/3")).status_code == 204
    assert (await api.get(f"{ROOT}/DeliveryLocations/3")).status_code == 404


async def test_all_faults_of_a_customer_come_in_one_answer(api: httpx.AsyncClient, mine: Body) -> None:
    wrong = {
        "name": " ", "customerGroupNumber": 99, "zone": 9, "paymentTermId": 99, "eanLocationNumber": "5798000123457",
        "pnr": "12", "email": "not an address", "defaultDiscountPct": 101, "priceGroupNumber": 10, "city": "O\x01",
    }  # fmt: skip
    answer = await api.post(f"{ROOT}/Customers", json=mine | wrong)
    assert {code for code, _ in codes(answer)} == {
        "CustomerMissingName", "CustomerInvalidGroupId", "CustomerInvalidVatZone", "CustomerInvalidPaymentTerm",
        "CustomerInvalidEAN", "CustomerInvalidPNumber", "CustomerInvalidEmail", "CustomerInvalidDiscount",
        "CustomerInvalidPriceGroup", "CustomerInvalidCharacters",
    }  # fmt: skip
    short = await api.post(f"{ROOT}/Customers", json=mine | {"eanLocationNumber": "579"})
    assert codes(short) == {("CustomerInvalidEANThirteenDigits", "EanLocationNumber")}


async def test_null_is_refused_and_an_unknown_name_is_not_noticed(api: httpx.AsyncClient, mine: Body) -> None:
    null = await api.post(f"{ROOT}/Customers", json=mine | {"access": None, "city": None})
    assert codes(null) == {("InvalidInput", "Access"), ("InvalidInput", "City")}
    assert {error["message"] for error in null.json()["errors"]} == {"Invalid value provided"}
    del mine["paymentTermId"]
    misspelt = await api.post(f"{ROOT}/Customers", json=mine | {"paymentTermsNumber": 1})
    assert codes(misspelt) == {("CustomerInvalidPaymentTerm", "PaymentTermId")}


async def test_a_number_cannot_be_changed(api: httpx.AsyncClient, mine: Body) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    body = mine | {"customerNumber": 8, "objectVersion": await version(api, "Customers/7")}
    answer = await api.put(f"{ROOT}/Customers/7", json=body)
    assert codes(answer) == {("CustomerannotChangeNumber", "CustomerNumber")}
    assert (await api.put(f"{ROOT}/Customers/9", json=mine)).status_code == 404


async def test_a_deleted_customer_is_gone_on_both_hosts(api: httpx.AsyncClient, mine: Body, draft: Body) -> None:
    for number in (1, 7):
        await api.post(f"{ROOT}/Customers", json=mine | {"customerNumber": number})
    assert (await api.post("/invoices/drafts", json=draft)).status_code == 201
    answer = await api.delete(f"{ROOT}/Customers/7")
    assert (answer.status_code, answer.content) == (200, b"")
    assert (await api.get("/customers/7")).status_code == 404
    assert (await api.delete(f"{ROOT}/Customers/7")).json()["errorCode"] == "ResourceNotFound"
    assert (await api.delete(f"{ROOT}/Customers/1")).status_code == 400


async def test_a_key_is_remembered_on_this_host_too(api: httpx.AsyncClient, mine: Body) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    key = {"Idempotency-Key": "row-1"}
    sent = {"customerNumber": 7, "address": "Havnen"}
    first = await api.post(f"{ROOT}/DeliveryLocations", json=sent, headers=key)
    again = await api.post(f"{ROOT}/DeliveryLocations", json=sent, headers=key)
    assert first.json() == again.json() == {"number": 1}
    assert again.headers["X-ResultFromCache"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert (await api.get(f"{ROOT}/DeliveryLocations/count")).json() == 1
    changed = await api.post(f"{ROOT}/DeliveryLocations", json=sent | {"city": "O"}, headers=key)
    elsewhere = await api.post("/customers/7/delivery-locations", json=sent, headers=key)
    assert (changed.status_code, changed.json()["errorCode"]) == (400, "PayloadChanged")
    assert (elsewhere.status_code, elsewhere.json()["errorCode"]) == (400, "URLChanged")
    assert changed.headers["Content-Type"].startswith("application/problem+json")


async def test_a_kept_refusal_is_replayed_as_the_problem_it_was(api: httpx.AsyncClient, mine: Body) -> None:
    key = {"Idempotency-Key": "row-2"}
    answers = [await api.post(f"{ROOT}/Customers", json=mine | {"zone": 99}, headers=key) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert {answer.headers["Content-Type"] for answer in answers} == {"application/problem+json; charset=utf-8"}


@pytest.mark.parametrize(("age", "locations"), [(3590, 1), (3601, 2)])
async def test_a_key_is_forgotten_after_an_hour(
    api: httpx.AsyncClient, store: Store, mine: Body, age: int, locations: int
) -> None:
    await api.post(f"{ROOT}/Customers", json=mine)
    key = {"Idempotency-Key": "row-3"}
    await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": 7}, headers=key)
    with store.writing() as connection:
        connection.execute("UPDATE kept_answers SET kept_at = kept_at - ?", (age,))
    await api.post(f"{ROOT}/DeliveryLocations", json={"customerNumber": 7}, headers=key)
    assert (await api.get(f"{ROOT}/DeliveryLocations/count")).json() == locations


async def test_what_is_wrong_before_the_body_is_read_is_a_problem_too(
    api: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    url = f"{ROOT}/Contacts"
    answers = [
        await stranger.get(url),
        await api.post(url, content=b"{", headers={"Content-Type": "application/json"}),
        await api.post(url, content=b'{"name": "\\ud800"}', headers={"Content-Type": "application/json"}),
        await api.post(url, content=b"{}", headers={"Content-Type": "text/plain"}),
        await api.post(url, json=[]),
        await api.patch(url, json={}),
        await api.get(f"{ROOT}/Nothing"),
    ]
    assert [(answer.status_code, answer.json()["errorCode"]) for answer in answers] == [
        (401, "Unauthorized"), (400, "InvalidInput"), (400, "InvalidInput"), (415, "UnsupportedMediaType"),
        (400, "InvalidInput"), (405, "MethodNotAllowed"), (404, "ResourceNotFound"),
    ]  # fmt: skip
    assert all(answer.headers["Content-Type"].startswith("application/problem+json") for answer in answers)


async def test_a_cursor_listing_ignores_sort_and_a_paged_one_follows_it(api: httpx.AsyncClient, mine: Body) -> None:
    for number in (3, 9, 7):
        await api.post(f"{ROOT}/Customers", json=mine | {"customerNumber": number})
    by = {"sort": "-customerNumber"}
    listed = (await api.get(f"{ROOT}/Customers", params=by)).json()["items"]
    paged = (await api.get(f"{ROOT}/Customers/paged", params=by)).json()
    assert [entry["customerNumber"] for entry in listed] == [3, 7, 9]
    assert [entry["customerNumber"] for entry in paged] == [9, 7, 3]
    assert (await api.get(f"{ROOT}/Customers/paged", params={"sort": "name"})).status_code == 400
    assert (await api.get(f"{ROOT}/customers/PAGED?pageSize=101")).status_code == 400
