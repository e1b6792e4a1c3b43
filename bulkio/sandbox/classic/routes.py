"""All addresses of the classic host."""

from __future__ import annotations

from collections.abc import Iterator

from bulkio.sandbox.classic import (
    contacts,
    customer_groups,
    customers,
    delivery_locations,
    lookups,
    payments,
    root,
    templates,
)
from bulkio.sandbox.classic.invoice_routes import invoice_routes
from bulkio.sandbox.classic.lookup_routes import lookup_routes
from bulkio.sandbox.routing import Route, Routes

_CONTACT_SCHEMAS = "customers.customerNumber.contacts"
_LOCATION_SCHEMAS = "customers.customerNumber.delivery-locations"


def classic_routes() -> Routes:
    """The classic host's addresses, ready to be looked up."""
    return Routes([
        *_general(), *lookup_routes(), *_groups(), *_customers(), *_contacts(), *_locations(), *invoice_routes(),
        *_not_built(),
    ])  # fmt: skip


def _general() -> Iterator[Route]:
    yield Route("GET", "/", root.read_root)
    yield Route("GET", "/self", root.read_self)
    yield Route("GET", "/returnHttp500", root.fail)
    yield Route("GET", "/schema/:file", root.read_schema)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        yield Route(method, "/echo", root.echo)
    yield Route("GET", "/employees/:employee/customers", customers.list_customers_of_employee)
    yield Route("POST", "/sandbox/invoices/booked/:invoice/payments", payments.register_payment)


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
    yield Route("GET", f"{one}/templates", templates.read_customer_templates)
    yield Route("GET", f"{one}/templates/invoice", templates.read_invoice_template)
    yield Route("GET", f"{one}/templates/invoiceline", templates.list_line_templates)
    yield Route("GET", f"{one}/templates/invoiceline/:product", templates.read_line_template)


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
    for path in ("/accounting-years/:year/vouchers", "/languages/:language", "/apps/:app"):
        yield Route("GET", path, lookups.later)
