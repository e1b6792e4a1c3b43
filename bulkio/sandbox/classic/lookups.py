"""Look-ups that are only read and have no rules of their own (economic-rest, 4.5)."""

from __future__ import annotations

from collections.abc import Callable

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found, not_implemented
from bulkio.sandbox.calls import Handler, Room, whole_number
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.links import Links, decode_key
from bulkio.sandbox.shelves import Body, Shelf


def _plain(shelf: Shelf) -> Callable[[Links, Body], Body]:
    def show(links: Links, body: Body) -> Body:
        return body | {"self": links.to_key(shelf.path, body[shelf.key_name])}

    return show


def _show_employee(links: Links, body: Body) -> Body:
    own = f"employees/{body['employeeNumber']}"
    more = {
        "customers": links.to(f"{own}/customers"),
        "draftInvoices": links.to(f"{own}/invoices/drafts"),
        "bookedInvoices": links.to(f"{own}/invoices/booked"),
    }
    return body | more | {"self": links.to(own)}


COLLECTIONS: tuple[Collection, ...] = (
    Collection(shelves.VAT_ZONES, _plain(shelves.VAT_ZONES), "/vat-zones", bare_meta_data=True),
    Collection(shelves.LAYOUTS, _plain(shelves.LAYOUTS), "/layouts"),
    Collection(shelves.EMPLOYEES, _show_employee, "/employees"),
    Collection(shelves.CURRENCIES, _plain(shelves.CURRENCIES), "/currencies"),
    Collection(shelves.DEPARTMENTS, _plain(shelves.DEPARTMENTS), "/departments"),
)


def list_of(collection: Collection) -> Handler:
    """The handler for a look-up's list."""
    return lambda room: listing(room, collection, collection.shelf.path)


def single_of(collection: Collection) -> Handler:
    """The handler for one record of a look-up."""

    def read(room: Room, key: str) -> Answer:
        shelf = collection.shelf
        record = shelf.get(room.connection, decode_key(key) if shelf is shelves.CURRENCIES else whole_number(key))
        if record is None:
            raise not_found()
        return Answer(200, collection.render(room.links, record))

    return read


def later(_room: Room, *_keys: str) -> Answer:
    """What is linked to and published but not built here."""
    raise not_implemented()
