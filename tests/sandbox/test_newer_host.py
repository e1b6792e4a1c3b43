from __future__ import annotations

from typing import Any

import httpx

from bulkio.sandbox import Store
from bulkio.sandbox.shelves import CONTACTS, CUSTOMERS

Body = dict[str, Any]
ROOT = "/customersapi/v3.1.0"


async def test_contacts_carry_the_newer_hosts_names(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    sent = {"name": "Ada", "emailNotifications": ["invoices", "reminders"], "eInvoiceId": "e"}
    await api.post("/customers/1/contacts", json=sent)
    listed = (await api.get(f"{ROOT}/Contacts")).json()
    assert "cursor" not in listed
    entry = listed["items"][0]
    assert entry.pop("lastUpdated")
    assert entry.pop("objectVersion")
    assert entry == {
        "number": 1, "customerNumber": 1, "userInterfaceNumber": 1, "name": "Ada", "eInvoiceId": "e",
        "receiveInvoices": True, "receiveReminders": True, "active": True,
    }  # fmt: skip


async def test_deleted_contacts_stay_listed_and_can_be_filtered_away(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    for name in ("Ada", "Bo"):
        await api.post("/customers/1/contacts", json={"name": name})
    await api.delete("/customers/1/contacts/1")
    assert [entry.get("isDeleted") for entry in (await api.get(f"{ROOT}/Contacts")).json()["items"]] == [True, None]
    left = (await api.get(f"{ROOT}/contacts", params={"filter": "isDeleted$eq:false"})).json()["items"]
    assert [entry["number"] for entry in left] == [2]


async def test_the_version_changes_with_each_write(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    versions = []
    for _ in range(2):
        versions.append((await api.get(f"{ROOT}/Customers/1")).json()["objectVersion"])
        await api.put("/customers/1", json=customer)
    assert versions[0] != versions[1]


async def test_a_thousand_a_call_and_no_cursor_at_the_end(api: httpx.AsyncClient, store: Store, customer: Body) -> None:
    await api.post("/customers", json=customer)
    with store.writing() as connection:
        for number in range(1, 2002):
            body = {"customerContactNumber": number, "customer": {"customerNumber": 1}, "sortKey": number, "name": "A"}
            CONTACTS.insert(connection, number, body)
    sizes, cursor = [], None
    while True:
        page = (await api.get(f"{ROOT}/Contacts", params={"cursor": cursor} if cursor else {})).json()
        sizes.append(len(page["items"]))
        cursor = page.get("cursor")
        if cursor is None:
            break
    assert sizes == [1000, 1000, 1]
    assert (await api.get(f"{ROOT}/Contacts/count")).json() == 2001
    assert len((await api.get(f"{ROOT}/Contacts/paged?pageSize=100&skipPages=20")).json()) == 1


async def test_locations_are_filtered_by_customer(api: httpx.AsyncClient, customer: Body) -> None:
    for _ in range(2):
        await api.post("/customers", json=customer)
    for number in (1, 2, 2):
        await api.post(f"/customers/{number}/delivery-locations", json={"address": "Havnen", "barred": True})
    found = (await api.get(f"{ROOT}/DeliveryLocations", params={"filter": "customerNumber$in:[2]"})).json()["items"]
    assert [(entry["number"], entry["userInterfaceNumber"], entry["isBarred"]) for entry in found] == [
        (2, 1, True), (3, 2, True),
    ]  # fmt: skip
    assert (await api.get(f"{ROOT}/DeliveryLocations/count?filter=customerNumber$eq:2")).json() == 2


async def test_customers_have_access_unless_barred(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer | {"address": "Gade 1\n2. sal", "ean": "5798000123458"})
    await api.post("/customers", json=customer | {"barred": True})
    first, second = (await api.get(f"{ROOT}/Customers")).json()["items"]
    assert (first["access"], first["address1"], first["address2"]) == (True, "Gade 1", "2. sal")
    assert first["eanLocationNumber"] == "5798000123458"
    assert "access" not in second


async def test_refusals_are_problems(api: httpx.AsyncClient) -> None:
    answer = await api.get(f"{ROOT}/Contacts/99")
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    body = answer.json()
    assert body.pop("traceId")
    assert body.pop("traceTimeUtc")
    assert body == {
        "type": "https://tools.ietf.org/html/rfc9110#section-15.5.5", "title": "Resource not found.", "status": 404,
        "detail": "The resource you have been looking for does not exist.", "errors": [],
        "errorCode": "ResourceNotFound",
    }  # fmt: skip
    bad = await api.get(f"{ROOT}/Customers?filter=name$eq:A")
    assert (bad.status_code, bad.json()["errorCode"]) == (400, "BadFilterRequest")
    assert "allowedFilteringFields" not in bad.json()
    assert (await api.get(f"{ROOT}/Contacts?cursor=x")).status_code == 400


async def test_the_setup_names_the_first_group_and_layout(api: httpx.AsyncClient) -> None:
    body = (await api.get(f"{ROOT}/Setup")).json()
    assert (body["defaultCustomerGroupNumber"], body["defaultLayoutNumber"]) == (1, 19)
    assert CUSTOMERS.path == "customers"
