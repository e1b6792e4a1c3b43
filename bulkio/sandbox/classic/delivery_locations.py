"""`/customers/:n/delivery-locations` (economic-rest, 2.3): nothing is required, the sort key may be set."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found, simply_invented
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.documents import location_is_used
from bulkio.sandbox.classic.records import created, deleted, found, linked, plain_values
from bulkio.sandbox.classic.values import fits_int32
from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body

_SCHEMA = "customers.customerNumber.delivery-locations.post"


def show_location(links: Links, body: Body) -> Body:
    """A delivery location with its links."""
    own = f"customers/{body['customer']['customerNumber']}"
    shown = {name: value for name, value in body.items() if name != "lastUpdated"}
    shown["customer"] = linked(links, "customers", body["customer"], "customerNumber")
    return shown | {"self": links.to(f"{own}/delivery-locations/{body['deliveryLocationNumber']}")}


LIST = Collection(
    shelves.DELIVERY_LOCATIONS,
    show_location,
    "/customers/customerNumber/delivery-locations",
    create="Create a new delivery location",
)


def list_locations(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/delivery-locations`."""
    found(room, shelves.CUSTOMERS, customer)
    scope = Condition("customer = ?", (int(customer),))
    return listing(room, LIST, f"customers/{int(customer)}/delivery-locations", scope)


def read_location(room: Room, customer: str, location: str) -> Answer:
    """`GET /customers/:n/delivery-locations/:m`."""
    return Answer(200, show_location(room.links, _own(room, customer, location)))


def _own(room: Room, customer: str, location: str) -> Body:
    body = found(room, shelves.DELIVERY_LOCATIONS, location)
    if body["customer"]["customerNumber"] != whole_number(customer):
        raise not_found()
    return body


def create_location(room: Room, customer: str) -> Answer:
    """`POST /customers/:n/delivery-locations`: a barred customer takes none (invention)."""
    owner = found(room, shelves.CUSTOMERS, customer)
    faults = room.faults()
    if owner.get("barred"):
        faults.add_invented(("customer",), "customer-barred-location", int(customer))
    _judge(room, int(customer), faults)
    faults.refuse_if_any()
    number = shelves.next_number(room.connection, "delivery_locations")
    body = _body(room, number, int(customer), _next_sort_key(room, int(customer)))
    shelves.DELIVERY_LOCATIONS.insert(room.connection, number, body)
    shown = show_location(room.links, body)
    return created(f"customers/{int(customer)}/delivery-locations", room.links, number, shown)


def replace_location(room: Room, customer: str, location: str) -> Answer:
    """`PUT /customers/:n/delivery-locations/:m`: replaces all; an omitted sort key stays."""
    previous = _own(room, customer, location)
    faults = room.faults()
    _judge(room, int(customer), faults)
    faults.refuse_if_any()
    body = _body(room, int(location), int(customer), previous["sortKey"])
    shelves.DELIVERY_LOCATIONS.replace(room.connection, int(location), body)
    return Answer(200, show_location(room.links, body))


def delete_location(room: Room, customer: str, location: str) -> Answer:
    """`DELETE /customers/:n/delivery-locations/:m`."""
    _own(room, customer, location)
    if location_is_used(room.connection, int(customer), int(location)):
        raise simply_invented("location-in-use", 400)
    shelves.DELIVERY_LOCATIONS.remove(room.connection, int(location))
    return deleted()


def _body(room: Room, number: int, customer: int, sort_key: int) -> Body:
    return {
        "deliveryLocationNumber": number,
        **plain_values(room.payload, _SCHEMA),
        "customer": {"customerNumber": customer},
        "sortKey": room.payload.get("sortKey", sort_key),
        "lastUpdated": last_updated(now()),
    }


def _judge(room: Room, customer: int, faults: Faults) -> None:
    fits_int32(room.payload, "sortKey", (), faults)
    named = room.payload.get("customer", {}).get("customerNumber", customer)
    if named != customer:
        faults.add_invented(("customer",), "number-mismatch", named)


def _next_sort_key(room: Room, customer: int) -> int:
    sql = "SELECT max(sort_key) FROM delivery_locations WHERE customer = ?"
    return int(room.connection.execute(sql, (customer,)).fetchone()[0] or 0) + 1
