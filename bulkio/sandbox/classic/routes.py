"""All addresses of the classic host."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.classic import contacts, customer_groups, customers, delivery_locations, lookups
from bulkio.sandbox.classic.collection import Collection
from bulkio.sandbox.classic.invoice_routes import invoice_routes
from bulkio.sandbox.routing import Route, Routes

_CONTACT_SCHEMAS = "customers.customerNumber.contacts"
_LOCATION_SCHEMAS = "customers.customerNumber.delivery-locations"


def classic_routes() -> Routes:
    """The classic host's addresses, ready to be looked up."""
    return Routes(
        [*_general(), *_groups(), *_customers(), *_contacts(), *_locations(), *invoice_routes(), *_not_built()]
    )


def _general() -> Iterator[Route]:
    yield Route("GET", "/", lookups.read_root)
    yield Route("GET", "/self", lookups.read_self)
    yield Route("GET", "/returnHttp500", lookups.fail)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        yield Route(method, "/echo", lookups.echo)
    for collection in lookups.COLLECTIONS:
        yield from _lookup(collection)
    yield Route("GET", "/accounting-years/:year/periods", lookups.list_periods)
    yield Route("GET", "/accounting-years/:year/periods/:period", lookups.read_period)
    yield Route("GET", "/product-groups/:group/products", lookups.list_products_of_group)
    yield Route("GET", "/employees/:employee/customers", customers.list_customers_of_employee)


def _lookup(collection: Collection) -> Iterator[Route]:
    path = f"/{collection.shelf.path}"
    yield Route("GET", path, lookups.list_of(collection))
    yield Route("GET", f"{path}/:key", lookups.single_of(collection))


def _groups() -> Iterator[Route]:
    yield Route("GET", "/customer-groups", customer_groups.list_groups)
    yield Route("POST", "/customer-groups", customer_groups.create_group, "customer-groups.post")
    one = "/customer-groups/:group"
    yield Route("GET", one, customer_groups.read_group)
    yield Route("PUT", one, customer_groups.replace_group, "customer-groups.customergroupnumber.put")
    yield Route("DELETE", one, customer_groups.delete_group)
    yield Route("GET", f"{one}/customers", customers.list_customers_of_group)


def _customers() -> Iterator[Route]:
    yield Route("GET", "/customers", customers.list_customers)
    yield Route("POST", "/customers", customers.create_customer, "customers.post")
    one = "/customers/:customer"
    yield Route("GET", one, customers.read_customer)
    yield Route("PUT", one, customers.replace_customer, "customers.customerNo.put")
    yield Route("PATCH", one, customers.patch_customer)
    yield Route("DELETE", one, customers.delete_customer)


def _contacts() -> Iterator[Route]:
    path = "/customers/:customer/contacts"
    yield Route("GET", path, contacts.list_contacts)
    yield Route("POST", path, contacts.create_contact, f"{_CONTACT_SCHEMAS}.post")
    one = f"{path}/:contact"
    yield Route("GET", one, contacts.read_contact)
    yield Route("PUT", one, contacts.replace_contact, f"{_CONTACT_SCHEMAS}.contactNumber.put")
    yield Route("DELETE", one, contacts.delete_contact)


def _locations() -> Iterator[Route]:
    path = "/customers/:customer/delivery-locations"
    yield Route("GET", path, delivery_locations.list_locations)
    yield Route("POST", path, delivery_locations.create_location, f"{_LOCATION_SCHEMAS}.post")
    one = f"{path}/:location"
    yield Route("GET", one, delivery_locations.read_location)
    yield Route("PUT", one, delivery_locations.replace_location, f"{_LOCATION_SCHEMAS}.deliveryLocationNumber.put")
    yield Route("DELETE", one, delivery_locations.delete_location)


def _not_built() -> Iterator[Route]:
    for path in (
        "/accounting-years/:year/entries",
        "/accounting-years/:year/totals",
        "/accounting-years/:year/vouchers",
        "/accounting-years/:year/periods/:period/entries",
        "/accounting-years/:year/periods/:period/totals",
        "/accounts/:account/accounting-years",
        "/customers/:customer/templates",
        "/customers/:customer/templates/invoice",
        "/customers/:customer/templates/invoiceline",
        "/employees/:employee/invoices/drafts",
        "/employees/:employee/invoices/booked",
        "/products/:product/invoices/drafts",
        "/products/:product/invoices/booked",
        "/product-groups/:group/sales-accounts",
        "/languages/:language",
        "/apps/:app",
    ):
        yield Route("GET", path, lookups.later)
