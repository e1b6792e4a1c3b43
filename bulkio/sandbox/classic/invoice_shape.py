"""How drafts and booked invoices are shown (samples/invoices.*.json); lists show no lines, as seen live."""

from __future__ import annotations

from bulkio.sandbox.classic.collection import Render
from bulkio.sandbox.classic.records import link_known, linked
from bulkio.sandbox.links import Links
from bulkio.sandbox.published import item_properties
from bulkio.sandbox.shelves import Body


def show_draft(links: Links, body: Body) -> Body:
    """A draft with its lines."""
    number = body["draftInvoiceNumber"]
    own = f"invoices/drafts/{number}"
    more: Body = {
        "soap": {"currentInvoiceHandle": {"id": number}},
        "templates": {
            "bookingInstructions": links.to(f"{own}/templates/booking-instructions"),
            "self": links.to(f"{own}/templates"),
        },
        "attachment": links.to(f"{own}/attachment"),
    }
    return more | _linked(links, body) | {"pdf": {"download": links.to(f"{own}/pdf")}, "self": links.to(own)}


def listed_drafts(schema: str) -> Render:
    """Drafts as a list shows them: what its published schema has, and so no lines."""
    return lambda links, body: _published(schema, show_draft(links, body))


def show_booked(links: Links, body: Body) -> Body:
    """A booked invoice with its lines."""
    own = f"invoices/booked/{body['bookedInvoiceNumber']}"
    more = {"pdf": {"download": links.to(f"{own}/pdf")}, "sent": links.to(f"{own}/sent"), "self": links.to(own)}
    return _linked(links, body) | more


def listed_booked(schema: str) -> Render:
    """Booked invoices as a list shows them: what its published schema has, and so no lines."""
    return lambda links, body: _published(schema, show_booked(links, body))


def _published(schema: str, shown: Body) -> Body:
    known = item_properties(schema)
    return {name: value for name, value in shown.items() if name in known}


def _linked(links: Links, body: Body) -> Body:
    own = f"customers/{body['customer']['customerNumber']}"
    link_known(links, body, "customer", "customers", "customerNumber")
    link_known(links, body, "paymentTerms", "payment-terms", "paymentTermsNumber")
    link_known(links, body, "layout", "layouts", "layoutNumber")
    link_known(links, body, "deliveryLocation", f"{own}/delivery-locations", "deliveryLocationNumber")
    link_known(links, body["recipient"], "vatZone", "vat-zones", "vatZoneNumber")
    link_known(links, body["recipient"], "attention", f"{own}/contacts", "customerContactNumber")
    _link_references(links, body, own)
    for line in body.get("lines", []):
        link_known(links, line, "product", "products", "productNumber")
        link_known(links, line, "unit", "units", "unitNumber")
    return body


def _link_references(links: Links, body: Body, own: str) -> None:
    references = body.get("references", {})
    for name in ("salesPerson", "vendorReference"):
        link_known(links, references, name, "employees", "employeeNumber")
    if "customerContact" in references:
        contact = linked(links, f"{own}/contacts", references["customerContact"], "customerContactNumber")
        references["customerContact"] = contact | {"customer": body["customer"]}
