from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkio.economic import Fault, Rejected, Request
from bulkio.economic.answers import read_answer
from bulkio.economic.properties import field_of
from bulkio.entities import ENTITIES
from bulkio.model.kind import Kind

CUSTOMER = b'{"currency":"DKK","customerGroup":{"customerGroupNumber":0},"name":"Bo","pNumber":"12","zip":"12"}'
POST_CUSTOMER = Request("POST", "/customers", CUSTOMER, "k")
POST_CONTACT = Request("POST", "/customers/7/contacts", b'{"name":"Bo"}', "k")
POST_LOCATION = Request("POST", "/customers/7/delivery-locations", b"{}", "k")
POST_GROUP = Request("POST", "/customer-groups", b"{}", "k")


def faults(body: object, request: Request = POST_CUSTOMER, status: int = 400) -> tuple[Fault, ...]:
    return rejected(body, request, status).faults


def rejected(body: object, request: Request = POST_CUSTOMER, status: int = 400) -> Rejected:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = read_answer(request, status, {}, content)
    assert isinstance(answer, Rejected)
    return answer


def sentences(*texts: str) -> list[tuple[str | None, str, str | None]]:
    found = faults({"message": "Validation failed", "errors": list(texts), "schemaPath": "https://x"})
    return [(fault.field, fault.code, fault.value) for fault in found]


def test_the_captured_customer_error_lands_on_the_group(captured: Callable[[str], Any]) -> None:
    body = captured("errors-real.json")[0]["body"]

    assert faults(body) == (
        Fault(
            "customer_group",
            "E07140",
            "CustomerGroup '1' not found.",
            "Find a list of customer groups at https://restapi.e-conomic.com/customer-groups .",
            "1",
        ),
    )
    assert rejected(body).code == "E07140"


def test_all_faults_of_a_captured_answer_are_kept(captured: Callable[[str], Any]) -> None:
    found = faults(captured("errors-real.json")[1]["body"])

    assert [(fault.field, fault.code, fault.value) for fault in found] == [
        ("payment_terms", "E07080", "4711"),
        (None, "E07180", "invoiceMonth"),
    ]


def test_a_captured_tree_of_arrays_is_walked(captured: Callable[[str], Any]) -> None:
    found = faults(captured("errors-real.json")[2]["body"], POST_GROUP)

    assert [(fault.field, fault.code, fault.value) for fault in found] == [
        ("account", "E04041", "3562"),
        ("account", "E07150", "3562"),
    ]


def test_the_form_of_2015_is_read() -> None:
    body = {
        "message": "Validation error.",
        "errors": {
            "currency": {"errors": [{"message": "currency does not exist.", "value": "XXX", "errorCode": "E06000"}]},
            "lines": [{"arrayIndex": 0, "zip": {"errors": [{"message": "zip is odd"}]}}],
        },
    }

    assert faults(body) == (
        Fault("currency", "E06000", "currency does not exist.", "", "XXX"),
        Fault("postal_code", "api_rejected", "zip is odd", "", None),
    )


def test_a_leaf_in_danish_and_another_case_finds_its_field() -> None:
    leaf = {
        "propertyName": "Date",
        "errorMessage": "Perioden er spærret.",
        "errorCode": "E04041",
        "inputValue": {"a": 1},
    }

    assert faults({"errors": {"Date": {"errors": [leaf]}, "EAN": {"errors": [leaf]}}}) == (
        Fault(None, "E04041", "Perioden er spærret.", "", None),
        Fault("ean_number", "E04041", "Perioden er spærret.", "", None),
    )


def test_a_nested_property_is_the_field_of_its_whole_path() -> None:
    leaf = {"errorMessage": "no", "inputValue": False}
    tree = {
        "attention": {"customerContactNumber": {"errors": [leaf]}},
        "customerContact": {"customerContactNumber": {"errors": [leaf]}},
    }

    assert [(fault.field, fault.value) for fault in faults({"errors": tree})] == [
        ("attention", "false"),
        ("their_reference", "false"),
    ]


def test_each_missing_property_is_a_fault_of_its_own() -> None:
    assert sentences("Required properties are missing from object: vatZone, paymentTerms.") == [
        ("vat_zone", "api_required", None),
        ("payment_terms", "api_required", None),
    ]
    assert sentences("Required properties are missing from object: name. Line 1, position 12.") == [
        ("name", "api_required", None)
    ]


def test_a_quoted_value_that_only_one_property_holds_names_it() -> None:
    assert sentences("String 'Bo' exceeds maximum length of 1.") == [("name", "api_too_long", "Bo")]
    assert sentences("Integer 0 is less than minimum value of 1.") == [("customer_group", "api_out_of_range", "0")]


def test_a_quoted_value_that_two_properties_hold_names_none() -> None:
    assert sentences("String '12' is less than minimum length of 10.") == [(None, "api_too_short", "12")]


def test_a_position_in_our_own_bytes_names_the_property() -> None:
    end = CUSTOMER.index(b'"pNumber":"12"') + len(b'"pNumber":"12"')

    assert sentences(f"String '12' is less than minimum length of 10. Line 1, position {end}.") == [
        ("p_number", "api_too_short", "12")
    ]
    assert sentences(f"Invalid type. Expected String but got Null. Line 1, position {end}.") == [
        ("p_number", "api_invalid", None)
    ]


def test_a_sentence_that_names_a_property_is_believed() -> None:
    assert sentences("Invalid type for property 'vatNumber'.") == [("vat_number", "api_invalid", None)]
    assert sentences("Invalid type. Expected String but got Null.") == [(None, "api_invalid", None)]


def test_a_taken_number_lands_on_the_number() -> None:
    body = {
        "message": "The entity cannot be created because the key already exists",
        "errorCode": "E06010",
        "developerHint": "h",
    }

    assert faults(body)[0].field == "customer_number"
    assert faults(body, POST_GROUP)[0].field == "group_number"
    assert rejected(body).code == "E06010"


def test_a_customer_that_is_gone_is_its_contacts_fault_in_the_customer_column() -> None:
    body = {"message": "Resource not found.", "errorCode": "E06000"}

    assert faults(body, POST_CONTACT, 404)[0].field == "customer"
    assert faults(body, Request("PUT", "/customers/7/contacts/1", b"{}", "k"), 404)[0].field is None


def test_the_newer_hosts_problem_is_read() -> None:
    body = {
        "type": "t",
        "title": "Invalid",
        "status": 400,
        "detail": "d",
        "errorCode": "InvalidInput",
        "errors": [
            {"message": "taken", "errorCode": "CustomerAlreadyExists", "property": None},
            {"message": "odd", "errorCode": "X", "property": "EanLocationNumber"},
        ],
    }

    assert [(fault.field, fault.code, fault.text) for fault in faults(body)] == [
        ("customer_number", "CustomerAlreadyExists", "taken"),
        ("ean_number", "X", "odd"),
    ]
    assert faults(body | {"errors": []})[0] == Fault(None, "InvalidInput", "d", "", None)
    assert (
        faults({"title": "gone", "errorCode": "CustomerIsBarred", "errors": None}, POST_LOCATION)[0].field == "customer"
    )


def test_html_is_read_without_its_tags() -> None:
    page = b"<html><head><title>x</title><style>p{}</style></head><body><script>alert(1)</script><h1>Bad &amp; gone</h1><p>M\xc3\xa5ske</p></body></html>"

    assert faults(page) == (Fault(None, "api_rejected", "Bad & gone Måske", "", None),)


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"null", b"[]", b'"x"', b"[" * 5000, b"<" * 100_000, b"x" * 1_000_000]
)
def test_what_is_no_error_body_is_one_fault_of_the_row(body: bytes) -> None:
    (fault,) = faults(body)

    assert (fault.field, fault.code) == (None, "api_rejected")
    assert len(fault.text) <= 200


def test_a_flood_of_faults_is_bounded() -> None:
    flood = {
        "errors": {
            f"p{number}": {"errors": [{"errorMessage": "x" * 5000, "inputValue": "y" * 5000}]} for number in range(500)
        }
    }

    assert len(faults(flood)) == 50
    assert len(faults(flood)[0].text) == 1000


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.just("Required properties are missing from object: , ."),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                ["errors", "items", "errorMessage", "message", "property", "propertyName", "errorCode", "name", ""]
            ),
            inner,
        )
    ),
)


@settings(max_examples=150)
@given(JSON, st.sampled_from([POST_CUSTOMER, POST_CONTACT, POST_GROUP, Request("POST", "/nowhere", b"\xff", "")]))
def test_no_json_whatever_breaks_the_reading(body: object, request: Request) -> None:
    assert faults({"errors": body}, request)
    assert faults(body, request)


@pytest.mark.parametrize("kind", Kind)
def test_every_property_of_an_entity_finds_its_field(kind: Kind) -> None:
    for field in ENTITIES[kind].fields:
        if field.api:
            assert field_of(kind, field.api) == field.name
            assert field_of(kind, field.api.upper()) == field.name
            assert field_of(kind, field.api.partition(".")[0]) == field.name


def test_a_part_that_two_fields_share_names_neither() -> None:
    assert field_of(Kind.CUSTOMERS, "customerContactNumber") is None
    assert field_of(Kind.CUSTOMERS, "attention.self", "x") == "attention"
    assert field_of(None, "name") is None
