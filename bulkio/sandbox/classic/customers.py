"""`/customers` and the lists of customers under groups and employees (economic-rest, 2.1)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

import json
from dataclasses import replace as copied

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, key_exists, not_found, simply_invented
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.customer_shape import BALANCE, DUE, show_customer, show_single_customer
from bulkio.sandbox.classic.records import created, deleted, found, plain_values
from bulkio.sandbox.classic.renumbering import may_change_numbers, renumber
from bulkio.sandbox.classic.values import at_most_two_decimals, right_ean
from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.shelves import Body

_LARGEST_NUMBER = 999_999_999
_SCHEMA = "customers.post"
LIST = Collection(
    shelves.CUSTOMERS,
    show_customer,
    "/customers",
    columns={"balance": BALANCE},
    extra=(BALANCE, DUE),
    create="Create a new customer",
)
_OF_GROUP = copied(LIST, surface="/customer-groups/customerGroupNumber/customers", create="")
_OF_EMPLOYEE = copied(LIST, surface="/employees/employeeNumber/customers", create="")


def list_customers(room: Room) -> Answer:
    """`GET /customers`."""
    return listing(room, LIST, "customers")


def list_customers_of_group(room: Room, group: str) -> Answer:
    """`GET /customer-groups/:n/customers`."""
    found(room, shelves.CUSTOMER_GROUPS, group)
    scope = Condition("group_number = ?", (int(group),))
    return listing(room, _OF_GROUP, f"customer-groups/{group}/customers", scope)


def list_customers_of_employee(room: Room, employee: str) -> Answer:
    """`GET /employees/:n/customers`."""
    found(room, shelves.EMPLOYEES, employee)
    scope = Condition("sales_person = ?", (int(employee),))
    return listing(room, _OF_EMPLOYEE, f"employees/{employee}/customers", scope)


def read_customer(room: Room, number: str) -> Answer:
    """`GET /customers/:n`."""
    return Answer(200, _shown(room, whole_number(number)))


def _shown(room: Room, number: int) -> Body:
    row = room.connection.execute(f"SELECT body, {BALANCE}, {DUE} FROM customers WHERE key = ?", (number,)).fetchone()
    if row is None:
        raise not_found()
    return show_single_customer(room.links, json.loads(row[0]), row[1], row[2])


def create_customer(room: Room) -> Answer:
    """`POST /customers`: the number is the caller's, or the next one; what only PUT may set is ignored."""
    faults = room.faults()
    body = _common(room, room.payload, faults)
    faults.refuse_if_any()
    return _added(room, _free_number(room), body)


def _free_number(room: Room) -> int:
    number = room.payload.get("customerNumber")
    if number is None:
        return _assigned(room)
    if shelves.CUSTOMERS.has(room.connection, number):
        raise key_exists()
    return int(number)


def _assigned(room: Room) -> int:
    highest = shelves.CUSTOMERS.highest(room.connection)
    if highest < _LARGEST_NUMBER:
        return highest + 1
    row = room.connection.execute(
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM customers WHERE key = 1) UNION ALL "
        "SELECT key + 1 FROM customers c WHERE NOT EXISTS (SELECT 1 FROM customers d WHERE d.key = c.key + 1) LIMIT 1"
    ).fetchone()
    return int(row[0])


def _added(room: Room, number: int, body: Body) -> Answer:
    body = {"customerNumber": number, **body, "eInvoicingDisabledByDefault": False}
    shelves.CUSTOMERS.insert(room.connection, number, body)
    return created("customers", room.links, number, show_single_customer(room.links, body))


def replace_customer(room: Room, number: str) -> Answer:
    """`PUT /customers/:n`: replaces all, creates what does not exist, changes the number where that is allowed."""
    key = whole_number(number)
    previous = shelves.CUSTOMERS.get(room.connection, key)
    faults = room.faults()
    body = _common(room, room.payload, faults) | _put_only(room, key, faults)
    _judge_number(room, key, previous, faults)
    faults.refuse_if_any()
    return _upserted(room, key, body) if previous is None else _replaced(room, key, previous, body)


def _upserted(room: Room, key: int, body: Body) -> Answer:
    if not 1 <= key <= _LARGEST_NUMBER:
        raise not_found()
    return _added(room, key, body)


def _replaced(room: Room, key: int, previous: Body, body: Body) -> Answer:
    kept = {"eInvoicingDisabledByDefault": previous.get("eInvoicingDisabledByDefault", False)}
    shelves.CUSTOMERS.replace(room.connection, key, {"customerNumber": key, **body, **kept})
    wanted = room.payload.get("customerNumber", key)
    if wanted != key:
        renumber(room.connection, key, wanted)
    return Answer(200, _shown(room, wanted))


def _judge_number(room: Room, key: int, previous: Body | None, faults: Faults) -> None:
    wanted = room.payload.get("customerNumber", key)
    if wanted == key:
        return
    if previous is None:
        faults.add_invented(("customerNumber",), "number-mismatch", wanted)
    elif not may_change_numbers(room.connection):
        faults.add_invented(("customerNumber",), "number-change-refused", wanted)
    elif shelves.CUSTOMERS.has(room.connection, wanted):
        raise key_exists()


def _common(room: Room, payload: Body, faults: Faults) -> Body:
    body = plain_values(payload, _SCHEMA)
    refer.usable_currency(room, payload["currency"], faults)
    at_most_two_decimals(payload, "creditLimit", (), faults)
    right_ean(payload, (), faults)
    return body | _references(room, payload, faults) | {"lastUpdated": last_updated(now())}


def _references(room: Room, payload: Body, faults: Faults) -> Body:
    group = refer.resolve(room, refer.CUSTOMER_GROUP, payload["customerGroup"], ("customerGroup",), faults)
    terms = refer.resolve(room, refer.PAYMENT_TERMS, payload["paymentTerms"], ("paymentTerms",), faults)
    zone = refer.usable_vat_zone(room, payload["vatZone"], ("vatZone",), faults)
    body: Body = {
        "customerGroup": {"customerGroupNumber": group and group.key},
        "paymentTerms": {"paymentTermsNumber": terms and terms.key},
        "vatZone": {"vatZoneNumber": zone and zone.key},
    }
    return body | _optional_references(room, payload, faults)


def _optional_references(room: Room, payload: Body, faults: Faults) -> Body:
    body: Body = {}
    if "layout" in payload:
        layout = refer.usable_layout(room, payload["layout"], ("layout",), faults)
        body["layout"] = {"layoutNumber": layout and layout.key}
    if "salesPerson" in payload:
        employee = refer.usable_employee(room, payload["salesPerson"], ("salesPerson",), faults)
        body["salesPerson"] = {"employeeNumber": employee and employee.key}
    return body


def _put_only(room: Room, key: int, faults: Faults) -> Body:
    body: Body = {}
    for name in ("attention", "customerContact"):
        if name in room.payload:
            contact = refer.contact_of(room, key, room.payload[name], (name,), faults)
            body[name] = {"customerContactNumber": contact and contact.key}
    name = "defaultDeliveryLocation"
    if name in room.payload:
        location = refer.location_of(room, key, room.payload[name], (name,), faults)
        body[name] = {"deliveryLocationNumber": location and location.key}
    return body


def patch_customer(room: Room, number: str) -> Answer:
    """`PATCH /customers/:n`: JSON Patch for `eInvoicingDisabledByDefault` and nothing else (documented)."""
    body = found(room, shelves.CUSTOMERS, number)
    for step in room.payload if isinstance(room.payload, list) else [None]:
        body["eInvoicingDisabledByDefault"] = _patched(step)
    shelves.CUSTOMERS.replace(room.connection, int(number), body | {"lastUpdated": last_updated(now())})
    return Answer(200, _shown(room, int(number)))


def _patched(step: object) -> bool:
    if isinstance(step, dict) and step.get("op") == "replace" and step.get("path") == "/eInvoicingDisabledByDefault":
        value = step.get("value")
        if isinstance(value, bool):
            return value
    raise simply_invented("patch-other", 400)


def delete_customer(room: Room, number: str) -> Answer:
    """`DELETE /customers/:n`: refused while an invoice points at it, seen live."""
    found(room, shelves.CUSTOMERS, number)
    key = int(number)
    for table in ("drafts", "booked"):
        if room.connection.execute(f"SELECT 1 FROM {table} WHERE customer = ? LIMIT 1", (key,)).fetchone():
            raise simply_invented("customer-in-use", 400)
    company = "SELECT 1 FROM payment_terms WHERE json_extract(body, '$.creditCardCompany.customerNumber') = ?"
    if room.connection.execute(company, (key,)).fetchone():
        raise simply_invented("customer-in-use", 400)
    for table in ("contacts", "delivery_locations"):
        room.connection.execute(f"DELETE FROM {table} WHERE customer = ?", (key,))
    shelves.CUSTOMERS.remove(room.connection, key)
    return deleted()
