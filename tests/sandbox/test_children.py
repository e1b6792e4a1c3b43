from __future__ import annotations

from typing import Any

import httpx

Body = dict[str, Any]


async def test_contact_numbers_are_unique_over_the_agreement(api: httpx.AsyncClient, customer: Body) -> None:
    for _ in range(2):
        await api.post("/customers", json=customer)
    made = [
        (await api.post(f"/customers/{n}/contacts", json={"name": name})).json()
        for n, name in [(1, "Ada"), (2, "Ada"), (1, "Bo")]
    ]
    assert [(c["customerContactNumber"], c["sortKey"]) for c in made] == [(1, 1), (2, 1), (3, 2)]


async def test_a_contact_shows_what_was_sent(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    sent = {
        "name": "Ada",
        "email": "a@b.example",
        "phone": "12",
        "notes": "n",
        "eInvoiceId": "e",
        "emailNotifications": ["invoices", "orders"],
    }
    answer = await api.post("/customers/1/contacts", json=sent)
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith("/customers/1/contacts/1")
    assert sent.items() <= answer.json().items()
    assert answer.json()["customer"]["self"].endswith("/customers/1")


async def test_two_contacts_of_a_customer_do_not_share_a_name(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers/1/contacts", json={"name": "Ada"})
    answer = await api.post("/customers/1/contacts", json={"name": "Ada"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["name"]


async def test_the_put_of_a_contact_needs_its_number(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers/1/contacts", json={"name": "Ada", "phone": "1"})
    missing = await api.put("/customers/1/contacts/1", json={"name": "Ada"})
    assert missing.json()["errors"] == ["Required properties are missing from object: customerContactNumber."]
    right = await api.put("/customers/1/contacts/1", json={"name": "Ada", "customerContactNumber": 1})
    assert right.status_code == 200
    assert "phone" not in right.json()
    assert right.json()["sortKey"] == 1


async def test_a_deleted_contact_is_gone_and_its_name_free(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers/1/contacts", json={"name": "Ada"})
    assert (await api.delete("/customers/1/contacts/1")).status_code == 204
    assert (await api.delete("/customers/1/contacts/1")).status_code == 404
    assert (await api.get("/customers/1/contacts")).json()["collection"] == []
    assert (await api.post("/customers/1/contacts", json={"name": "Ada"})).status_code == 201


async def test_a_contact_in_use_is_not_deleted(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers/1/contacts", json={"name": "Ada"})
    await api.put("/customers/1", json=customer | {"attention": {"customerContactNumber": 1}})
    assert (await api.delete("/customers/1/contacts/1")).status_code == 400


async def test_children_live_under_their_own_customer_only(api: httpx.AsyncClient, customer: Body) -> None:
    for _ in range(2):
        await api.post("/customers", json=customer)
    await api.post("/customers/1/contacts", json={"name": "Ada"})
    await api.post("/customers/1/delivery-locations", json={})
    assert (await api.get("/customers/2/contacts/1")).status_code == 404
    assert (await api.get("/customers/2/delivery-locations/1")).status_code == 404
    assert (await api.post("/customers/3/contacts", json={"name": "Ada"})).status_code == 404


async def test_a_location_needs_nothing_and_may_set_its_sort_key(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    first = (await api.post("/customers/1/delivery-locations", json={"sortKey": 5})).json()
    second = (await api.post("/customers/1/delivery-locations", json={"deliveryLocationNumber": 900})).json()
    assert (first["deliveryLocationNumber"], first["sortKey"]) == (1, 5)
    assert (second["deliveryLocationNumber"], second["sortKey"]) == (2, 6)


async def test_the_put_of_a_location_replaces(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers/1/delivery-locations", json={"city": "Odense", "barred": True})
    body = (await api.put("/customers/1/delivery-locations/1", json={"address": "Havnen"})).json()
    assert (body["address"], body["sortKey"]) == ("Havnen", 1)
    assert not {"city", "barred"} & set(body)


async def test_a_barred_customer_takes_no_new_location(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer | {"barred": True})
    assert (await api.post("/customers/1/delivery-locations", json={})).status_code == 400
    assert (await api.post("/customers/1/contacts", json={"name": "Ada"})).status_code == 201


async def test_a_location_in_use_is_not_deleted(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    for _ in range(2):
        await api.post("/customers/1/delivery-locations", json={})
    await api.put("/customers/1", json=customer | {"defaultDeliveryLocation": {"deliveryLocationNumber": 1}})
    assert (await api.delete("/customers/1/delivery-locations/1")).status_code == 400
    assert (await api.delete("/customers/1/delivery-locations/2")).status_code == 204
