"""`/Customers`: the caller chooses the number, and a customer is barred unless the body gives it `access`.

PUT and DELETE answer 200 with nothing in it, as seen live, though 204 is published.
"""

from __future__ import annotations

from dataclasses import replace

from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic import customers as classic
from bulkio.sandbox.newer import keeping
from bulkio.sandbox.newer.contract import properties
from bulkio.sandbox.newer.customer_rules import faults_of
from bulkio.sandbox.newer.judging import judged, out_of_range
from bulkio.sandbox.newer.problems import Fault, refuse, refuse_if_any
from bulkio.sandbox.newer.records import beyond, customer_body
from bulkio.sandbox.shelves import CUSTOMERS, Body


def create_customer(room: Room) -> Answer:
    """`POST /Customers`."""
    payload = _judged(room)
    number = payload["customerNumber"]
    refuse_if_any([*_taken(room, number), *faults_of(room, payload)])
    keeping.add(room, CUSTOMERS, number, customer_body(payload), beyond("Customer", payload))
    return keeping.created(room, "Customers", "customerNumber", number)


def replace_customer(room: Room, number: str) -> Answer:
    """`PUT /Customers/{number}`: replaces all; what is left out is cleared, `access` too."""
    payload = _judged(room)
    key = whole_number(number)
    kept = keeping.must_find(room, CUSTOMERS, key)
    keeping.in_time(replace(room, payload=payload), kept)
    refuse_if_any([*_renamed(payload, key), *faults_of(room, payload)])
    keeping.overwrite(room, CUSTOMERS, key, customer_body(payload), beyond("Customer", payload))
    return Answer(200)


def delete_customer(room: Room, number: str) -> Answer:
    """`DELETE /Customers/{number}`: as on the classic host."""
    classic.delete_customer(room, number)
    return Answer(200)


def _judged(room: Room) -> Body:
    payload = judged("Customer", room.payload)
    if "customerNumber" not in payload:
        raise refuse([out_of_range(properties("Customer")["customerNumber"])])
    return payload


def _taken(room: Room, number: int) -> list[Fault]:
    if not CUSTOMERS.has(room.connection, number):
        return []
    return [Fault("CustomerNumber", "The number is taken.", "CustomerAlreadyExists")]


def _renamed(payload: Body, key: int) -> list[Fault]:
    if payload["customerNumber"] == key:
        return []
    return [Fault("CustomerNumber", "The number cannot be changed.", "CustomerannotChangeNumber")]
