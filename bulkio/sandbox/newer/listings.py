"""Cursor and paged listings, counts and single records of the newer host (economic-customersapi, section 3)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Handler, Room, whole_number
from bulkio.sandbox.filtering.parser import parse
from bulkio.sandbox.filtering.sql import Condition, Fields, condition, order
from bulkio.sandbox.filtering.tree import BadFilter
from bulkio.sandbox.newer.contract import properties
from bulkio.sandbox.newer.keeping import Kept
from bulkio.sandbox.newer.problems import invalid, not_there
from bulkio.sandbox.newer.records import as_contact, as_customer, as_location
from bulkio.sandbox.shelves import Body, Shelf, load

_CURSOR_PAGE = 1000
_LARGEST_PAGE = 100
_MOST_SKIPPED = 100
_REACHABLE = 10_000


@dataclass(frozen=True)
class Kind:
    """One resource of the service: its name, its published schema, its shelf, and where its properties stand."""

    name: str
    schema: str
    shelf: Shelf
    show: Callable[[Kept], Body]
    columns: Mapping[str, str]

    def fields(self) -> Fields:
        """What may be filtered by, and with which operators, as published."""
        known = {name: rules for name, rules in properties(self.schema).items() if rules.operators}
        types = {name: rules.type for name, rules in known.items()}
        return Fields(tuple(known), types, self.columns, {name: rules.operators for name, rules in known.items()})

    def order_fields(self) -> Fields:
        """What may be sorted by."""
        known = {name: rules.type for name, rules in properties(self.schema).items() if rules.sortable}
        return Fields(tuple(known), known, self.columns)


_OWNED = {"number": "key", "customerNumber": "customer", "userInterfaceNumber": "sort_key"}
CONTACTS = Kind(
    "Contacts",
    "Contact",
    shelves.CONTACTS,
    as_contact,
    {**_OWNED, "isDeleted": "deleted", "active": "(deleted IS NULL)"},
)
DELIVERY_LOCATIONS = Kind(
    "DeliveryLocations",
    "DeliveryLocation",
    shelves.DELIVERY_LOCATIONS,
    as_location,
    {
        **_OWNED,
        "isBarred": "json_extract(body, '$.barred')",
        "eInvoiceId": "json_extract(more, '$.eInvoiceId')",
    },
)
CUSTOMERS = Kind("Customers", "Customer", shelves.CUSTOMERS, as_customer, {"customerNumber": "key"})
KINDS = (CONTACTS, DELIVERY_LOCATIONS, CUSTOMERS)


def cursor_of(kind: Kind) -> Handler:
    """`GET /Contacts` and the like: 1,000 a call; the cursor names the next first item, absent at the end."""

    def read(room: Room) -> Answer:
        wanted = _filter(room, kind)
        sql = f"({wanted.sql}) AND key >= ? ORDER BY key LIMIT ?"
        rows = _select(room, kind, Condition(sql, (*wanted.parameters, _cursor(room), _CURSOR_PAGE + 1)))
        body: Body = {"items": [item for _, item in rows[:_CURSOR_PAGE]]}
        if len(rows) > _CURSOR_PAGE:
            body["cursor"] = str(rows[_CURSOR_PAGE][0])
        return Answer(200, body)

    return read


def _cursor(room: Room) -> int:
    text = room.call.parameter("cursor")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise invalid("newer-bad-cursor", "Use the cursor of the previous answer.")
    return int(text)


def paged_of(kind: Kind) -> Handler:
    """`GET /Contacts/paged`: a bare array; only the first 10,000 items are reachable."""

    def read(room: Room) -> Answer:
        size = _within(room, "pagesize", 20, 1, _LARGEST_PAGE)
        skipped = _within(room, "skippages", 0, 0, _MOST_SKIPPED)
        wanted = _filter(room, kind)
        reachable = max(0, min(size, _REACHABLE - size * skipped))
        sql = f"{wanted.sql} ORDER BY {_sorting(room, kind)} LIMIT ? OFFSET ?"
        rows = _select(room, kind, Condition(sql, (*wanted.parameters, reachable, size * skipped)))
        return Answer(200, [item for _, item in rows])

    return read


def _within(room: Room, name: str, usual: int, least: int, most: int) -> int:
    text = room.call.parameter(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
        raise invalid("newer-bad-page", f"{name} must be a whole number between {least} and {most}.")
    return int(text)


def _sorting(room: Room, kind: Kind) -> str:
    text = room.call.parameter("sort")
    if not text:
        return "key"
    found = order(text, kind.order_fields())
    if found is None:
        raise invalid("newer-bad-sort", f"Sorting is not possible by '{text}'.")
    return f"{found}, key"


def count_of(kind: Kind) -> Handler:
    """`GET /Contacts/count`: a bare number."""

    def read(room: Room) -> Answer:
        wanted = _filter(room, kind)
        sql = f"SELECT count(*) FROM {kind.shelf.table} WHERE {wanted.sql}"
        return Answer(200, room.connection.execute(sql, wanted.parameters).fetchone()[0])

    return read


def single_of(kind: Kind) -> Handler:
    """`GET /Contacts/{number}`."""

    def read(room: Room, number: str) -> Answer:
        rows = _select(room, kind, Condition("key = ?", (whole_number(number),)))
        if not rows:
            raise not_there()
        return Answer(200, rows[0][1])

    return read


def read_setup(room: Room) -> Answer:
    """`GET /Setup`: the first group and layout of the agreement."""
    group = room.connection.execute("SELECT min(key) FROM customer_groups").fetchone()[0]
    layout = room.connection.execute("SELECT min(key) FROM layouts").fetchone()[0]
    body = {"defaultCustomerGroupNumber": group, "defaultLayoutNumber": layout, "objectVersion": "0" * 16}
    return Answer(200, {name: value for name, value in body.items() if value is not None})


def _filter(room: Room, kind: Kind) -> Condition:
    text = room.call.parameter("filter")
    if not text:
        return Condition("1")
    try:
        return condition(parse(text), kind.fields())
    except BadFilter as fault:
        raise invalid("newer-filter-words", str(fault)) from fault


def _select(room: Room, kind: Kind, wanted: Condition) -> list[tuple[int, Body]]:
    sql = f"SELECT key, version, body, more FROM {kind.shelf.table} WHERE {wanted.sql}"
    cursor = room.connection.execute(sql, wanted.parameters)
    return [
        (key, kind.show(Kept(load(body), load(more) if more else {}, version))) for key, version, body, more in cursor
    ]
