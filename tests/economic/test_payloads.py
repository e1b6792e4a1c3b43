from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft3Validator

import bulkio.sandbox
from bulkio.economic import content_of, create_request, numbers_of, replace_request, to_payload, to_values
from bulkio.economic.adapters import ADAPTERS
from bulkio.entities import ENTITIES, Field, Target, Type
from bulkio.model.kind import Kind

PUBLISHED = Path(bulkio.sandbox.__file__).parent / "data" / "schemas"
POST = {
    Kind.CUSTOMER_GROUPS: "customer-groups.post",
    Kind.CUSTOMERS: "customers.post",
    Kind.CONTACTS: "customers.customerNumber.contacts.post",
    Kind.DELIVERY_LOCATIONS: "customers.customerNumber.delivery-locations.post",
}
PUT = {
    Kind.CUSTOMER_GROUPS: "customer-groups.customergroupnumber.put",
    Kind.CUSTOMERS: "customers.customerNo.put",
    Kind.CONTACTS: "customers.customerNumber.contacts.contactNumber.put",
    Kind.DELIVERY_LOCATIONS: "customers.customerNumber.delivery-locations.deliveryLocationNumber.put",
}
TEXT = st.characters(exclude_categories=["Cs", "Cc"])


def schema(name: str) -> Any:
    return json.loads((PUBLISHED / f"{name}.schema.json").read_text(encoding="utf-8"))


def faults(name: str, body: bytes) -> list[str]:
    return [error.message for error in Draft3Validator(schema(name)).iter_errors(json.loads(body))]


def value_of(field: Field) -> st.SearchStrategy[object]:
    if field.type is Type.TEXT:
        length = field.exact_length
        return st.text(TEXT, min_size=length or 1, max_size=length or field.max_length or 20).filter(
            lambda text: bool(text)
        )
    if field.type is Type.DECIMAL:
        return st.decimals(min_value=-(10**9), max_value=10**12, places=2)
    if field.type is Type.BOOLEAN:
        return st.booleans()
    if field.type is Type.LIST:
        words = [word for word, _ in field.options]
        return st.sets(st.sampled_from(words), min_size=1).map(lambda chosen: tuple(sorted(chosen, key=words.index)))
    return st.integers(field.minimum or 1, field.maximum or 999_999_999)


def values(kind: Kind, *, second_pass: bool = True) -> st.SearchStrategy[dict[str, object]]:
    """What a checked row may hold, as it comes to the client: required fields always, the others at will."""
    adapter = ADAPTERS[kind]
    sent = [field for field in adapter.fields if adapter.sends(field) and field.type is not Type.KEY]
    sent = [field for field in sent if second_pass or field.type is not Type.REFERENCE]
    always = {field.name: value_of(field) for field in sent if field.required}
    return st.fixed_dictionaries(always, optional={field.name: value_of(field) for field in sent if not field.required})


def with_defaults(kind: Kind, row: dict[str, object]) -> dict[str, object]:
    """A boolean that nobody says is false, as the API leaves those out."""
    return {field.name: False for field in ENTITIES[kind].fields if field.type is Type.BOOLEAN} | row


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=40)
@given(data=st.data())
def test_a_record_says_what_its_values_said(kind: Kind, data: st.DataObject) -> None:
    row = data.draw(values(kind))

    assert to_values(kind, json.loads(content_of(to_payload(kind, row)))) == with_defaults(kind, row)


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=40)
@given(data=st.data())
def test_what_is_created_passes_the_published_schema(kind: Kind, data: st.DataObject) -> None:
    row = data.draw(values(kind, second_pass=False))
    request = create_request(kind, row, 77 if ADAPTERS[kind].below_customer else None, "key")

    assert faults(POST[kind], request.body) == []


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=40)
@given(data=st.data())
def test_an_overlay_changes_the_named_fields_and_no_other(kind: Kind, data: st.DataObject) -> None:
    before, after = data.draw(values(kind)), data.draw(values(kind))
    some = {name: after[name] for name in data.draw(st.sets(st.sampled_from(sorted(after))))}
    remote = to_payload(kind, before)
    request = replace_request(
        kind, 5, 77 if ADAPTERS[kind].below_customer else None, to_payload(kind, some, remote), "key"
    )
    number = {"contact_id": 5} if kind is Kind.CONTACTS else {}

    assert to_values(kind, json.loads(request.body)) == with_defaults(kind, {**before, **some, **number})
    assert faults(PUT[kind], request.body) == []


def test_a_real_customer_overlaid_keeps_what_is_writable_and_drops_the_rest(captured: Callable[[str], Any]) -> None:
    remote = captured("customers.collection.json")["body"]["collection"][0]
    remote |= {
        "eInvoicingDisabledByDefault": False,
        "aPropertyOfTomorrow": {"number": 3, "self": "https://x"},
        "layout": None,
        "website": "",
    }

    payload = to_payload(Kind.CUSTOMERS, {"city": "Odense", "credit_limit": Decimal("12500.50")}, remote)

    assert payload == {
        "customerNumber": 1,
        "currency": "DKK",
        "paymentTerms": {"paymentTermsNumber": 1},
        "customerGroup": {"customerGroupNumber": 1},
        "address": "Avenue des Arts No 5",
        "city": "Odense",
        "country": "Belgium",
        "email": "customerone@mailinator.com",
        "name": "Decathlon",
        "zip": "1040",
        "telephoneAndFaxNumber": "08343242525",
        "vatZone": {"vatZoneNumber": 1},
        "attention": {"customerContactNumber": 1},
        "customerContact": {"customerContactNumber": 2},
        "mobilePhone": "066567657657575",
        "defaultDeliveryLocation": {"deliveryLocationNumber": 1},
        "salesPerson": {"employeeNumber": 1},
        "eInvoicingDisabledByDefault": False,
        "aPropertyOfTomorrow": {"number": 3},
        "creditLimit": Decimal("12500.50"),
    }
    assert faults(PUT[Kind.CUSTOMERS], content_of(payload)) == []


def test_every_real_customer_can_be_put_back(captured: Callable[[str], Any]) -> None:
    for remote in captured("customers.collection.json")["body"]["collection"]:
        assert faults(PUT[Kind.CUSTOMERS], content_of(to_payload(Kind.CUSTOMERS, {}, remote))) == []


def test_a_real_group_is_put_back_by_its_account_number_alone(captured: Callable[[str], Any]) -> None:
    remote = captured("customer-groups.collection.json")["body"]["collection"][0]

    assert to_payload(Kind.CUSTOMER_GROUPS, {"name": "Danske"}, remote) == {
        "customerGroupNumber": 1,
        "name": "Danske",
        "account": {"accountNumber": 1100},
    }
    assert to_values(Kind.CUSTOMER_GROUPS, remote) == {"group_number": 1, "name": "Domestic customers", "account": 1100}


@pytest.mark.parametrize("blank", [None, "", ()])
def test_a_blank_takes_the_property_away(blank: object) -> None:
    remote = {"customerContactNumber": 3, "name": "Bo", "emailNotifications": ["invoices"]}

    assert to_payload(Kind.CONTACTS, {"email_copies": blank}, remote) == {"customerContactNumber": 3, "name": "Bo"}


def test_numbers_that_the_server_gives_are_not_sent() -> None:
    row = {"contact_id": 4, "contact_number": 2, "name": "Bo"}

    assert json.loads(create_request(Kind.CONTACTS, row, 9, "k").body)["name"] == "Bo"
    assert "sortKey" not in to_payload(Kind.CONTACTS, row)
    assert to_payload(Kind.DELIVERY_LOCATIONS, {"location_id": 4, "city": "Ry"}) == {"city": "Ry"}


def test_a_customer_by_own_reference_goes_by_its_number() -> None:
    request = create_request(Kind.CONTACTS, {"customer": "KUNDE-7", "name": "Bo"}, 1007, "k")

    assert request.path == "/customers/1007/contacts"
    assert json.loads(request.body) == {"customer": {"customerNumber": 1007}, "name": "Bo"}


def test_a_name_is_no_reference_until_it_is_resolved() -> None:
    assert to_payload(Kind.CUSTOMERS, {"attention": "Bo", "their_reference": 12}) == {
        "customerContact": {"customerContactNumber": 12}
    }


def test_a_child_without_a_customer_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="contacts"):
        create_request(Kind.CONTACTS, {"name": "Bo"}, None, "k")


def test_a_reference_known_only_by_its_link_is_read() -> None:
    record = {"name": "A", "vatZone": {"self": "https://restapi.e-conomic.com/vat-zones/3"}, "barred": True}

    assert to_values(Kind.CUSTOMERS, record) == {"name": "A", "vat_zone": 3, "barred": True}


@pytest.mark.parametrize(
    "odd", [None, [], {}, "x", True, Decimal("1e400"), Decimal("2.5"), {"customerGroupNumber": []}]
)
def test_a_record_that_makes_no_sense_gives_no_value_and_no_fault(odd: object) -> None:
    record = {"customerGroup": odd, "creditLimit": [odd], "name": [odd], "customerNumber": odd, "barred": odd}

    assert set(to_values(Kind.CUSTOMERS, record)) <= {"barred"}


def test_e_mail_copies_are_said_in_one_order() -> None:
    assert to_payload(Kind.CONTACTS, {"email_copies": ("reminders", "invoices")})["emailNotifications"] == [
        "invoices",
        "reminders",
    ]
    assert to_values(Kind.CONTACTS, {"emailNotifications": ["later", "orders", "invoices"]})["email_copies"] == (
        "invoices",
        "orders",
        "later",
    )


def test_a_created_record_tells_its_numbers() -> None:
    assert numbers_of(Kind.CONTACTS, {"customerContactNumber": 140, "sortKey": 7}) == (140, 7)
    assert numbers_of(Kind.CUSTOMERS, {"customerNumber": "x"}) == (None, None)


def test_every_field_that_refers_to_another_record_is_a_known_reference() -> None:
    for kind, adapter in ADAPTERS.items():
        nested = {
            field.api.partition(".")[0]: field.api.partition(".")[2] for field in adapter.fields if "." in field.api
        }
        assert nested == dict(adapter.references), kind
    assert ENTITIES[Kind.CONTACTS].field("customer").target is Target.CUSTOMER
