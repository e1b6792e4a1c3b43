"""How a customer is shown (samples/customers.collection.json, customers.post.response.json)."""

from __future__ import annotations

from bulkio.sandbox.classic.collection import actions
from bulkio.sandbox.classic.records import link_known
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body

BALANCE = "(SELECT round(coalesce(sum(remainder), 0), 2) FROM booked WHERE booked.customer = customers.key)"
DUE = (
    "(SELECT round(coalesce(sum(remainder), 0), 2) FROM booked WHERE booked.customer = customers.key "
    "AND booked.due_date < date('now', 'localtime'))"
)


def show_customer(links: Links, body: Body, balance: float = 0.0, due: float = 0.0) -> Body:
    """A customer as a list shows it."""
    own = f"customers/{body['customerNumber']}"
    body["balance"], body["dueAmount"] = balance, due
    body.pop("priceGroup", None)  # it can be set here and not be read back
    _link_lookups(links, body)
    _link_own(links, body, own)
    return body | _sub_resources(links, own, body["customerNumber"]) | {"self": links.to(own)}


def show_single_customer(links: Links, body: Body, balance: float = 0.0, due: float = 0.0) -> Body:
    """A customer as its own address shows it: with what can be done to it."""
    shown = show_customer(links, body, balance, due)
    own = shown.pop("self")
    return shown | {"metaData": actions(links, f"customers/{body['customerNumber']}", "customer"), "self": own}


def _link_lookups(links: Links, body: Body) -> None:
    link_known(links, body, "customerGroup", "customer-groups", "customerGroupNumber")
    link_known(links, body, "paymentTerms", "payment-terms", "paymentTermsNumber")
    link_known(links, body, "vatZone", "vat-zones", "vatZoneNumber")
    link_known(links, body, "layout", "layouts", "layoutNumber")
    link_known(links, body, "salesPerson", "employees", "employeeNumber")


def _link_own(links: Links, body: Body, own: str) -> None:
    for name in ("attention", "customerContact"):
        if name in body:
            body[name] = _contact(links, body, body[name], own)
    link_known(links, body, "defaultDeliveryLocation", f"{own}/delivery-locations", "deliveryLocationNumber")


def _contact(links: Links, body: Body, reference: Body, own: str) -> Body:
    number = reference["customerContactNumber"]
    customer = {"customerNumber": body["customerNumber"], "self": links.to(own)}
    return {"customerContactNumber": number, "customer": customer, "self": links.to(f"{own}/contacts/{number}")}


def _sub_resources(links: Links, own: str, number: int) -> Body:
    to = links.to
    return {
        "contacts": to(f"{own}/contacts"),
        "templates": {
            "invoice": to(f"{own}/templates/invoice"),
            "invoiceLine": to(f"{own}/templates/invoiceline"),
            "self": to(f"{own}/templates"),
        },
        "totals": {
            "drafts": to(f"invoices/totals/drafts/customers/{number}"),
            "booked": to(f"invoices/totals/booked/customers/{number}"),
            "self": to(f"{own}/totals"),
        },
        "deliveryLocations": to(f"{own}/delivery-locations"),
        "invoices": {
            "drafts": to(f"{own}/invoices/drafts"),
            "booked": to(f"{own}/invoices/booked"),
            "self": to(f"{own}/invoices"),
        },
    }
