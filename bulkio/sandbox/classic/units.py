"""`/units`: a name under a number that the server gives (schemas units.*)."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, simply_invented
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.records import created, deleted, found
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body


def show_unit(links: Links, body: Body) -> Body:
    """A unit with its links, as samples/products.collection.json shows it."""
    own = f"units/{body['unitNumber']}"
    return body | {"products": links.to(f"{own}/products"), "self": links.to(own)}


LIST = Collection(shelves.UNITS, show_unit, "/units", create="Create a new unit")


def list_units(room: Room) -> Answer:
    """`GET /units`."""
    return listing(room, LIST, "units")


def read_unit(room: Room, number: str) -> Answer:
    """`GET /units/:n`."""
    return Answer(200, show_unit(room.links, found(room, shelves.UNITS, number)))


def create_unit(room: Room) -> Answer:
    """`POST /units`."""
    number = shelves.UNITS.highest(room.connection) + 1
    body = {"unitNumber": number, "name": room.payload["name"]}
    shelves.UNITS.insert(room.connection, number, body)
    return created("units", room.links, number, show_unit(room.links, body))


def replace_unit(room: Room, number: str) -> Answer:
    """`PUT /units/:n`."""
    body = found(room, shelves.UNITS, number) | {"name": room.payload["name"]}
    shelves.UNITS.replace(room.connection, int(number), body)
    return Answer(200, show_unit(room.links, body))


def delete_unit(room: Room, number: str) -> Answer:
    """`DELETE /units/:n`: refused while a product or an invoice line has it (invention)."""
    found(room, shelves.UNITS, number)
    sql = (
        "SELECT 1 FROM products WHERE json_extract(body, '$.unit.unitNumber') = :unit UNION ALL "
        "SELECT 1 FROM drafts, json_each(drafts.body, '$.lines') l WHERE json_extract(l.value, '$.unit.unitNumber') "
        "= :unit UNION ALL SELECT 1 FROM booked, json_each(booked.body, '$.lines') l "
        "WHERE json_extract(l.value, '$.unit.unitNumber') = :unit LIMIT 1"
    )
    if room.connection.execute(sql, {"unit": int(number)}).fetchone():
        raise simply_invented("unit-in-use", 400)
    shelves.UNITS.remove(room.connection, int(number))
    return deleted()
