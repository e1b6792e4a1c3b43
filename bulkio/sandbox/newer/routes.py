"""All addresses of the customers service, below `/customersapi/v3.1.0/`; their case does not matter (seen live)."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.newer import listings
from bulkio.sandbox.routing import Route, Routes

PREFIX = ("customersapi", "v3.1.0")


def newer_routes() -> Routes:
    """The service's addresses, ready to be looked up."""
    routes = [route for kind in listings.KINDS for route in _resource(kind)]
    return Routes([*routes, Route("GET", "/Setup", listings.read_setup)], case_matters=False)


def _resource(kind: listings.Kind) -> Iterator[Route]:
    path = f"/{kind.name}"
    yield Route("GET", path, listings.cursor_of(kind))
    yield Route("GET", f"{path}/paged", listings.paged_of(kind))
    yield Route("GET", f"{path}/count", listings.count_of(kind))
    yield Route("GET", f"{path}/:number", listings.single_of(kind))
    yield Route("POST", path, listings.refuse_write)
    yield Route("DELETE", f"{path}/:number", listings.refuse_write)
    put_path = f"{path}/:number" if kind is listings.CUSTOMERS else path
    yield Route("PUT", put_path, listings.refuse_write)
