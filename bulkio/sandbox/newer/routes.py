"""All addresses of the customers service, below `/customersapi/v3.1.0/`; their case does not matter (seen live)."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.newer import contacts, customers, delivery_locations, listings
from bulkio.sandbox.routing import Route, Routes


def newer_routes() -> Routes:
    """The service's addresses, ready to be looked up."""
    routes = [route for kind in listings.KINDS for route in _readings(kind)]
    return Routes([*routes, *_writings(), Route("GET", "/Setup", listings.read_setup)], case_matters=False)


def _readings(kind: listings.Kind) -> Iterator[Route]:
    path = f"/{kind.name}"
    yield Route("GET", path, listings.cursor_of(kind))
    yield Route("GET", f"{path}/paged", listings.paged_of(kind))
    yield Route("GET", f"{path}/count", listings.count_of(kind))
    yield Route("GET", f"{path}/:number", listings.single_of(kind))


def _writings() -> Iterator[Route]:
    yield Route("POST", "/Contacts", contacts.create_contact)
    yield Route("PUT", "/Contacts", contacts.replace_contact)
    yield Route("DELETE", "/Contacts/:number", contacts.delete_contact)
    yield Route("POST", "/DeliveryLocations", delivery_locations.create_location)
    yield Route("PUT", "/DeliveryLocations", delivery_locations.replace_location)
    yield Route("DELETE", "/DeliveryLocations/:number", delivery_locations.delete_location)
    yield Route("POST", "/Customers", customers.create_customer)
    yield Route("PUT", "/Customers/:number", customers.replace_customer)
    yield Route("DELETE", "/Customers/:number", customers.delete_customer)
