"""`/Contacts`: created, replaced and deleted; the number in the body names what a PUT replaces."""

from __future__ import annotations

from dataclasses import replace

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.documents import contact_is_used
from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.newer import keeping
from bulkio.sandbox.newer.judging import judged
from bulkio.sandbox.newer.problems import Fault, not_there, refuse, refuse_if_any
from bulkio.sandbox.newer.records import beyond, contact_body
from bulkio.sandbox.shelves import CONTACTS, Body


def create_contact(room: Room) -> Answer:
    """`POST /Contacts`: the server gives the number and the one that users see."""
    payload = judged("Contact", room.payload)
    refuse_if_any([*_owner(room, payload), *_name(room, payload, None)])
    number = shelves.next_number(room.connection, "contacts")
    sort_key = keeping.next_sort_key(room, CONTACTS, payload["customerNumber"])
    keeping.add(room, CONTACTS, number, contact_body(payload, number, sort_key), beyond("Contact", payload))
    return keeping.created(room, "Contacts", "number", number)


def replace_contact(room: Room) -> Answer:
    """`PUT /Contacts`: replaces all that may be written; what is left out is cleared."""
    payload = judged("Contact", room.payload, also_required=("number",))
    number = payload["number"]
    kept = _living(room, number)
    keeping.in_time(replace(room, payload=payload), kept)
    refuse_if_any([*_mismatch(payload, kept.body), *_name(room, payload, number)])
    body = contact_body(payload, number, kept.body["sortKey"])
    keeping.overwrite(room, CONTACTS, number, body, beyond("Contact", payload))
    return Answer(204)


def delete_contact(room: Room, number: str) -> Answer:
    """`DELETE /Contacts/{number}`: the contact stays in listings, marked as deleted."""
    key = whole_number(number)
    kept = _living(room, key)
    if contact_is_used(room.connection, kept.body["customer"]["customerNumber"], key):
        raise refuse([Fault("Number", "The contact is in use.", "CustomerContactIsInUse")])
    gone = kept.body | {"deleted": True, "lastUpdated": last_updated(now())}
    keeping.overwrite(room, CONTACTS, key, gone, kept.more)
    return Answer(204)


def _living(room: Room, number: int) -> keeping.Kept:
    kept = keeping.must_find(room, CONTACTS, number)
    if kept.body.get("deleted"):
        raise not_there()
    return kept


def _owner(room: Room, payload: Body) -> list[Fault]:
    if shelves.CUSTOMERS.has(room.connection, payload["customerNumber"]):
        return []
    return [Fault("CustomerNumber", "There is no such customer.", "CustomerDoesNotExist")]


def _mismatch(payload: Body, body: Body) -> list[Fault]:
    if payload["customerNumber"] == body["customer"]["customerNumber"]:
        return []
    return [Fault("CustomerNumber", "The contact belongs to another customer.", "CustomerNumberMismatch")]


def _name(room: Room, payload: Body, number: int | None) -> list[Fault]:
    if not payload["name"].strip():
        return [Fault("Name", "The name is empty.", "CustomerContactNameNullOrEmpty")]
    sql = "SELECT 1 FROM contacts WHERE customer = ? AND name = ? AND deleted IS NULL AND key IS NOT ?"
    if room.connection.execute(sql, (payload["customerNumber"], payload["name"], number)).fetchone() is None:
        return []
    return [Fault("Name", "The customer has a contact of that name.", "CustomerContactNameAlreadyExists")]
