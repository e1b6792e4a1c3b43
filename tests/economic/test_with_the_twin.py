"""Client and twin share no knowledge: what one writes, the other must judge by e-conomic's own schemas and rules."""

from __future__ import annotations

from decimal import Decimal

from bulkio.economic import (
    Accepted,
    Economic,
    Rejected,
    create_request,
    numbers_of,
    replace_request,
    to_payload,
    to_values,
)
from bulkio.model.kind import Kind

CUSTOMER: dict[str, object] = {
    "customer_number": 4711,
    "name": "Ørsted & Søn",
    "customer_group": 1,
    "currency": "DKK",
    "payment_terms": 1,
    "vat_zone": 1,
    "postal_code": "0900",
    "credit_limit": Decimal("12500.50"),
}


async def put_in(api: Economic, kind: Kind, values: dict[str, object], customer: int | None = None) -> int:
    answer = await api.send(create_request(kind, values, customer, f"create-{kind}"))
    assert isinstance(answer, Accepted), answer
    number, _ = numbers_of(kind, answer.body)
    assert number is not None
    return number


async def test_a_customer_comes_back_as_it_was_sent(twin: Economic) -> None:
    assert await put_in(twin, Kind.CUSTOMERS, CUSTOMER) == 4711

    (record,) = await twin.customers()
    assert to_values(Kind.CUSTOMERS, record) == {**CUSTOMER, "barred": False}
    assert await twin.record(Kind.CUSTOMERS, 4711) is not None
    assert await twin.record(Kind.CUSTOMERS, 4712) is None


async def test_the_same_key_brings_the_same_answer_and_no_second_record(twin: Economic) -> None:
    request = create_request(Kind.CUSTOMERS, CUSTOMER, None, "once")
    first, second = await twin.send(request), await twin.send(request)

    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert (first.replayed, second.replayed) == (False, True)
    assert first.body == second.body
    assert len(await twin.customers()) == 1
    assert twin.calls == {"POST": 2, "GET": 1}


async def test_children_are_listed_as_they_were_written(twin: Economic) -> None:
    await put_in(twin, Kind.CUSTOMERS, CUSTOMER)
    contact: dict[str, object] = {
        "name": "Bo",
        "email": "bo@b.dk",
        "phone": "+45 12",
        "notes": "n",
        "e_invoice_id": "7",
        "email_copies": ("invoices", "quotations"),
    }
    location = {"address": "Vej 1", "postal_code": "0900", "city": "Ry", "terms_of_delivery": "fob", "barred": True}
    bo = await put_in(twin, Kind.CONTACTS, contact, 4711)
    ry = await put_in(twin, Kind.DELIVERY_LOCATIONS, location, 4711)

    (listed,) = await twin.contacts()
    assert to_values(Kind.CONTACTS, listed) == {**contact, "contact_id": bo, "contact_number": 1, "customer": 4711}
    (listed,) = await twin.delivery_locations()
    assert to_values(Kind.DELIVERY_LOCATIONS, listed) == {
        **location,
        "location_id": ry,
        "location_number": 1,
        "customer": 4711,
    }


async def test_the_second_pass_keeps_all_that_the_first_wrote(twin: Economic) -> None:
    await put_in(twin, Kind.CUSTOMERS, CUSTOMER)
    bo = await put_in(twin, Kind.CONTACTS, {"name": "Bo"}, 4711)
    ry = await put_in(twin, Kind.DELIVERY_LOCATIONS, {"city": "Ry"}, 4711)
    second = {"attention": bo, "their_reference": bo, "default_delivery_location": ry, "barred": True}
    remote = await twin.record(Kind.CUSTOMERS, 4711)

    answer = await twin.send(
        replace_request(Kind.CUSTOMERS, 4711, None, to_payload(Kind.CUSTOMERS, second, remote), "second")
    )

    assert isinstance(answer, Accepted)
    record = await twin.record(Kind.CUSTOMERS, 4711)
    assert record is not None
    assert to_values(Kind.CUSTOMERS, record) == {**CUSTOMER, **second}


async def test_a_contact_and_a_location_can_be_replaced(twin: Economic) -> None:
    await put_in(twin, Kind.CUSTOMERS, CUSTOMER)
    bo = await put_in(twin, Kind.CONTACTS, {"name": "Bo", "phone": "1"}, 4711)
    ry = await put_in(twin, Kind.DELIVERY_LOCATIONS, {"city": "Ry", "country": "Danmark"}, 4711)
    (contact,), (location,) = await twin.contacts(), await twin.delivery_locations()

    for kind, number, values, remote in (
        (Kind.CONTACTS, bo, {"phone": "2"}, contact),
        (Kind.DELIVERY_LOCATIONS, ry, {"city": "Rye"}, location),
    ):
        answer = await twin.send(replace_request(kind, number, 4711, to_payload(kind, values, remote), f"put-{kind}"))
        assert isinstance(answer, Accepted), answer

    (contact,), (location,) = await twin.contacts(), await twin.delivery_locations()
    assert (contact["name"], contact["phone"]) == ("Bo", "2")
    assert (location["city"], location["country"]) == ("Rye", "Danmark")


async def test_refusals_of_the_twin_land_on_their_fields(twin: Economic) -> None:
    wrong = await twin.send(
        create_request(Kind.CUSTOMERS, {**CUSTOMER, "customer_group": 99, "payment_terms": 77}, None, "a")
    )
    assert isinstance(wrong, Rejected)
    assert {fault.field for fault in wrong.faults} == {"customer_group", "payment_terms"}

    long = await twin.send(create_request(Kind.CUSTOMERS, {**CUSTOMER, "city": "x" * 51}, None, "b"))
    assert isinstance(long, Rejected)
    assert [fault.field for fault in long.faults] == ["city"]

    await put_in(twin, Kind.CUSTOMERS, CUSTOMER)
    taken = await twin.send(create_request(Kind.CUSTOMERS, CUSTOMER, None, "c"))
    assert isinstance(taken, Rejected)
    assert (taken.code, taken.faults[0].field) == ("E06010", "customer_number")

    orphan = await twin.send(create_request(Kind.CONTACTS, {"name": "Bo"}, 5000, "d"))
    assert isinstance(orphan, Rejected)
    assert orphan.faults[0].field == "customer"


async def test_an_agreement_tells_who_it_is(twin: Economic) -> None:
    facts = await twin.agreement()

    assert (facts.number, facts.base_currency) == (1234567, "DKK")
    assert facts.company.startswith("Nordlys")
    assert twin.rate is not None
    assert twin.rate.limit == 10_000
