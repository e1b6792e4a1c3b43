from __future__ import annotations

from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store

Body = dict[str, Any]


async def test_a_customer_without_a_number_gets_the_next_one(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer | {"customerNumber": 41})
    answer = await api.post("/customers", json=customer)
    assert answer.status_code == 201
    assert answer.json()["customerNumber"] == 42
    assert answer.headers["Location"] == "https://restapi.e-conomic.com/customers/42"


async def test_a_number_that_is_sent_is_kept(api: httpx.AsyncClient, customer: Body) -> None:
    answer = await api.post("/customers", json=customer | {"customerNumber": 900123})
    assert answer.json()["customerNumber"] == 900123


async def test_a_taken_number_is_refused_with_e06010(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer | {"customerNumber": 7})
    answer = await api.post("/customers", json=customer | {"customerNumber": 7})
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "E06010")
    assert "errors" not in answer.json()


async def test_read_only_and_unknown_properties_are_ignored(api: httpx.AsyncClient, customer: Body) -> None:
    answer = await api.post("/customers", json=customer | {"balance": 999.99, "nonsense": {"a": None}})
    assert answer.status_code == 201
    assert answer.json()["balance"] == 0.0
    assert "nonsense" not in answer.json()


async def test_post_ignores_what_only_put_may_set(api: httpx.AsyncClient, customer: Body) -> None:
    more = {"attention": {"customerContactNumber": 99}, "defaultDeliveryLocation": {"deliveryLocationNumber": 99}}
    answer = await api.post("/customers", json=customer | more)
    assert answer.status_code == 201
    assert "attention" not in answer.json()


async def test_put_clears_what_it_omits(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer | {"city": "Odense", "barred": True, "email": "a@b.example"})
    answer = await api.put("/customers/1", json=customer | {"zip": "5000"})
    assert answer.status_code == 200
    body = (await api.get("/customers/1")).json()
    assert body["zip"] == "5000"
    assert not {"city", "email", "barred"} & set(body)


async def test_put_creates_a_number_that_does_not_exist(api: httpx.AsyncClient, customer: Body) -> None:
    answer = await api.put("/customers/77", json=customer)
    assert (answer.status_code, answer.json()["customerNumber"]) == (201, 77)
    assert answer.headers["Location"].endswith("/customers/77")


async def test_put_points_at_the_customers_own_contact_and_location(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    contact = (await api.post("/customers/1/contacts", json={"name": "Ada"})).json()["customerContactNumber"]
    place = (await api.post("/customers/1/delivery-locations", json={})).json()["deliveryLocationNumber"]
    more = {
        "attention": {"customerContactNumber": contact},
        "customerContact": {"self": f"https://restapi.e-conomic.com/customers/1/contacts/{contact}"},
        "defaultDeliveryLocation": {"deliveryLocationNumber": place},
    }
    body = (await api.put("/customers/1", json=customer | more)).json()
    assert body["attention"]["self"].endswith(f"/customers/1/contacts/{contact}")
    assert body["attention"]["customer"]["customerNumber"] == 1
    assert body["customerContact"]["customerContactNumber"] == contact
    assert body["defaultDeliveryLocation"]["deliveryLocationNumber"] == place


async def test_put_refuses_the_contact_and_location_of_another(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers", json=customer)
    await api.post("/customers/2/contacts", json={"name": "Ada"})
    await api.post("/customers/2/delivery-locations", json={})
    more = {"attention": {"customerContactNumber": 1}, "defaultDeliveryLocation": {"deliveryLocationNumber": 1}}
    answer = await api.put("/customers/1", json=customer | more)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"attention", "defaultDeliveryLocation"}


async def test_references_may_be_links(api: httpx.AsyncClient, customer: Body) -> None:
    group = {"customerGroup": {"self": "https://restapi.e-conomic.com/customer-groups/2"}}
    answer = await api.post("/customers", json=customer | group)
    assert answer.json()["customerGroup"]["customerGroupNumber"] == 2


async def test_e_invoicing_is_switched_by_patch_only(api: httpx.AsyncClient, customer: Body) -> None:
    answer = await api.post("/customers", json=customer | {"eInvoicingDisabledByDefault": True})
    assert answer.json()["eInvoicingDisabledByDefault"] is False
    steps = [{"op": "replace", "path": "/eInvoicingDisabledByDefault", "value": True}]
    assert (await api.patch("/customers/1", json=steps)).json()["eInvoicingDisabledByDefault"] is True
    assert (await api.put("/customers/1", json=customer)).json()["eInvoicingDisabledByDefault"] is True


async def test_another_number_in_the_body_is_refused(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    answer = await api.put("/customers/1", json=customer | {"customerNumber": 5})
    assert answer.status_code == 400
    assert (await api.get("/customers/5")).status_code == 404


async def test_a_deleted_customer_is_gone(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    assert (await api.delete("/customers/1")).status_code == 204
    again = await api.delete("/customers/1")
    assert (again.status_code, again.json()["errorCode"]) == (404, "E06000")


async def test_a_customer_with_a_draft_is_not_deleted(api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await api.post("/customers", json=customer)
    await api.post("/invoices/drafts", json=draft)
    assert (await api.delete("/customers/1")).status_code == 400
    assert (await api.get("/customers/1")).status_code == 200


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"customerGroup": {"customerGroupNumber": 99}}, "customerGroup"),
        ({"customerGroup": {"customerGroupNumber": 0}}, "customerGroup"),
        ({"customerGroup": {}}, "customerGroup"),
        ({"paymentTerms": {"paymentTermsNumber": 99}}, "paymentTerms"),
        ({"vatZone": {"vatZoneNumber": 99}}, "vatZone"),
        ({"vatZone": {"vatZoneNumber": 9}}, "vatZone"),
        ({"layout": {"layoutNumber": 99}}, "layout"),
        ({"layout": {"layoutNumber": 22}}, "layout"),
        ({"salesPerson": {"employeeNumber": 99}}, "salesPerson"),
        ({"salesPerson": {"employeeNumber": 3}}, "salesPerson"),
        ({"salesPerson": {"employeeNumber": 10**30}}, "salesPerson"),
        ({"currency": "XXX"}, "currency"),
        ({"creditLimit": 1.234}, "creditLimit"),
        ({"ean": "5798000123456"}, "ean"),
        ({"ean": "579800012345"}, "ean"),
    ],
)
async def test_a_business_fault_stands_at_its_property(
    api: httpx.AsyncClient, customer: Body, part: Body, place: str
) -> None:
    answer = await api.post("/customers", json=customer | part)
    body = answer.json()
    assert (answer.status_code, body["errorCode"], body["errorCount"]) == (400, "E04300", 1)
    assert list(body["errors"]) == [place]
    assert body["errors"][place]["errors"][0]["propertyName"] == place


async def test_good_values_at_the_edge_are_let_in(api: httpx.AsyncClient, customer: Body) -> None:
    more = {"creditLimit": 0, "ean": "5798000123458", "layout": {"layoutNumber": 19}, "vatZone": {"vatZoneNumber": 4}}
    body = (await api.post("/customers", json=customer | more)).json()
    assert body["creditLimit"] == 0
    assert body["ean"] == "5798000123458"


async def test_a_refused_customer_leaves_nothing(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer | {"currency": "XXX"})
    assert (await api.get("/customers")).json()["pagination"]["results"] == 0


async def test_a_number_is_changed_when_the_agreement_allows_it(
    api: httpx.AsyncClient, store: Store, customer: Body, draft: Body
) -> None:
    await api.post("/customers", json=customer)
    await api.post("/customers", json=customer)
    await api.post("/customers/1/contacts", json={"name": "Ada"})
    await api.post("/customers/1/delivery-locations", json={})
    await api.post("/invoices/drafts", json=draft)
    store.set_change_of_numbers(allowed=True)
    taken = await api.put("/customers/1", json=customer | {"customerNumber": 2})
    assert taken.json()["errorCode"] == "E06010"
    changed = await api.put("/customers/1", json=customer | {"customerNumber": 50})
    assert (changed.status_code, changed.json()["customerNumber"]) == (200, 50)
    assert (await api.get("/customers/1")).status_code == 404
    for address in ("contacts/1", "delivery-locations/1"):
        assert (await api.get(f"/customers/50/{address}")).json()["customer"]["customerNumber"] == 50
    assert (await api.get("/invoices/drafts/1")).json()["customer"]["customerNumber"] == 50
