"""`/DeliveryLocations`: created, replaced and deleted; nothing but the customer is required."""

from __future__ import annotations

from dataclasses import replace

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.documents import location_is_used
from bulkio.sandbox.newer import keeping
from bulkio.sandbox.newer.judging import judged
from bulkio.sandbox.newer.problems import Fault, refuse, refuse_if_any
from bulkio.sandbox.newer.records import beyond, location_body
from bulkio.sandbox.shelves import DELIVERY_LOCATIONS, Body


def create_location(room: Room) -> Answer:
    """`POST /DeliveryLocations`: the server gives the number and the one that users see."""
    payload = judged("DeliveryLocation", room.payload)
    refuse_if_any(_owner(room, payload))
    number = shelves.next_number(room.connection, "delivery_locations")
    sort_key = keeping.next_sort_key(room, DELIVERY_LOCATIONS, payload["customerNumber"])
    body = location_body(payload, number, sort_key)
    keeping.add(room, DELIVERY_LOCATIONS, number, body, beyond("DeliveryLocation", payload))
    return keeping.created(room, "DeliveryLocations", "number", number)


def replace_location(room: Room) -> Answer:
    """`PUT /DeliveryLocations`: replaces all that may be written; what is left out is cleared."""
    payload = judged("DeliveryLocation", room.payload, also_required=("number",))
    number = payload["number"]
    kept = keeping.must_find(room, DELIVERY_LOCATIONS, number)
    keeping.in_time(replace(room, payload=payload), kept)
    refuse_if_any(_mismatch(payload, kept.body) or _owner(room, payload))
    body = location_body(payload, number, kept.body["sortKey"])
    keeping.overwrite(room, DELIVERY_LOCATIONS, number, body, beyond("DeliveryLocation", payload))
    return Answer(204)


def delete_location(room: Room, number: str) -> Answer:
    """`DELETE /DeliveryLocations/{number}`: refused while its customer or an invoice refers to it."""
    key = whole_number(number)
    customer = keeping.must_find(room, DELIVERY_LOCATIONS, key).body["customer"]["customerNumber"]
    owner = shelves.CUSTOMERS.get(room.connection, customer) or {}
    if owner.get("defaultDeliveryLocation", {}).get("deliveryLocationNumber") == key:
        raise refuse([Fault("Number", "It is its customer's default.", "DeliveryLocationUsedOnCustomers")])
    if location_is_used(room.connection, customer, key):
        raise refuse([Fault("Number", "An invoice refers to it.", "DeliveryLocationUsedOnInvoices")])
    DELIVERY_LOCATIONS.remove(room.connection, key)
    return Answer(204)


def _owner(room: Room, payload: Body) -> list[Fault]:
    owner = shelves.CUSTOMERS.get(room.connection, payload["customerNumber"])
    if owner is None:
        return [Fault("CustomerNumber", "There is no such customer.", "CustomerNotFound")]
    if owner.get("barred"):
        return [Fault("CustomerNumber", "The customer is barred.", "CustomerIsBarred")]
    return []


def _mismatch(payload: Body, body: Body) -> list[Fault]:
    if payload["customerNumber"] == body["customer"]["customerNumber"]:
        return []
    return [Fault("CustomerNumber", "The location belongs to another customer.", "CustomerNumberMismatch")]
