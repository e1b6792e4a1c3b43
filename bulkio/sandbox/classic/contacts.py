"""`/customers/:n/contacts` (economic-rest, 2.2): numbers unique over the agreement, sort keys per customer."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found, simply_invented
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.documents import contact_is_used
from bulkio.sandbox.classic.records import created, deleted, found, linked, plain_values
from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body

_SCHEMA = "customers.customerNumber.contacts.post"


def show_contact(links: Links, body: Body) -> Body:
    """A contact as samples/contacts.single.json shows it."""
    own = f"customers/{body['customer']['customerNumber']}"
    shown = {name: value for name, value in body.items() if name != "lastUpdated"}
    shown["customer"] = linked(links, "customers", body["customer"], "customerNumber")
    return shown | {"self": links.to(f"{own}/contacts/{body['customerContactNumber']}")}


LIST = Collection(
    shelves.CONTACTS,
    show_contact,
    "/customers/customerNumber/contacts",
    columns={"comments": "json_extract(body, '$.notes')"},
    create="Create a new contact",
)


def list_contacts(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/contacts`."""
    found(room, shelves.CUSTOMERS, customer)
    scope = Condition("customer = ? AND deleted IS NULL", (int(customer),))
    return listing(room, LIST, f"customers/{int(customer)}/contacts", scope)


def read_contact(room: Room, customer: str, contact: str) -> Answer:
    """`GET /customers/:n/contacts/:m`."""
    return Answer(200, show_contact(room.links, _own(room, customer, contact)))


def _own(room: Room, customer: str, contact: str) -> Body:
    body = found(room, shelves.CONTACTS, contact)
    if body["customer"]["customerNumber"] != whole_number(customer) or body.get("deleted"):
        raise not_found()
    return body


def create_contact(room: Room, customer: str) -> Answer:
    """`POST /customers/:n/contacts`: the server gives the number and the sort key."""
    found(room, shelves.CUSTOMERS, customer)
    faults = room.faults()
    _judge(room, int(customer), None, faults)
    faults.refuse_if_any()
    number = shelves.next_number(room.connection, "contacts")
    body = _body(room, number, int(customer), _next_sort_key(room, int(customer)))
    shelves.CONTACTS.insert(room.connection, number, body)
    return created(f"customers/{int(customer)}/contacts", room.links, number, show_contact(room.links, body))


def replace_contact(room: Room, customer: str, contact: str) -> Answer:
    """`PUT /customers/:n/contacts/:m`: replaces all but the sort key; needs the number in the body."""
    previous = _own(room, customer, contact)
    faults = room.faults()
    _judge(room, int(customer), int(contact), faults)
    faults.refuse_if_any()
    body = _body(room, int(contact), int(customer), previous["sortKey"])
    shelves.CONTACTS.replace(room.connection, int(contact), body)
    return Answer(200, show_contact(room.links, body))


def delete_contact(room: Room, customer: str, contact: str) -> Answer:
    """`DELETE /customers/:n/contacts/:m`: the contact stays for the newer host, marked as deleted."""
    body = _own(room, customer, contact)
    if contact_is_used(room.connection, int(customer), int(contact)):
        raise simply_invented("contact-in-use", 400)
    gone = body | {"deleted": True, "lastUpdated": last_updated(now())}
    shelves.CONTACTS.replace(room.connection, int(contact), gone)
    return deleted()


def _body(room: Room, number: int, customer: int, sort_key: int) -> Body:
    body: Body = {"customerContactNumber": number, **plain_values(room.payload, _SCHEMA)}
    if room.payload.get("emailNotifications"):
        body["emailNotifications"] = room.payload["emailNotifications"]
    return body | {"customer": {"customerNumber": customer}, "sortKey": sort_key, "lastUpdated": last_updated(now())}


def _judge(room: Room, customer: int, contact: int | None, faults: Faults) -> None:
    _judge_name(room, customer, contact, faults)
    if contact is not None and room.payload["customerContactNumber"] != contact:
        faults.add_invented(("customerContactNumber",), "number-mismatch", room.payload["customerContactNumber"])
    named = room.payload.get("customer", {}).get("customerNumber", customer)
    if named != customer:
        faults.add_invented(("customer",), "number-mismatch", named)


def _judge_name(room: Room, customer: int, contact: int | None, faults: Faults) -> None:
    name = room.payload["name"]
    if not name.strip():
        faults.add_invented(("name",), "contact-name-empty", name)
    elif _is_taken(room, customer, contact, name):
        faults.add_invented(("name",), "contact-name-taken", name)


def _is_taken(room: Room, customer: int, contact: int | None, name: str) -> bool:
    sql = "SELECT 1 FROM contacts WHERE customer = ? AND name = ? AND deleted IS NULL AND key IS NOT ?"
    return room.connection.execute(sql, (customer, name, contact)).fetchone() is not None


def _next_sort_key(room: Room, customer: int) -> int:
    row = room.connection.execute("SELECT max(sort_key) FROM contacts WHERE customer = ?", (customer,)).fetchone()
    return int(row[0] or 0) + 1
