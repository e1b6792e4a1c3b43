"""The store's records under the newer host's names (economic-customersapi, section 6; customersapi-v3.1.0.json).

False booleans and absent values are left out of answers, as documented.
"""

from __future__ import annotations

from bulkio.sandbox.shelves import Body

_CUSTOMER_NAMES = {
    "customerNumber": "customerNumber",
    "name": "name",
    "currency": "currency",
    "zip": "postCode",
    "city": "city",
    "country": "country",
    "email": "email",
    "telephoneAndFaxNumber": "phone",
    "mobilePhone": "mobilePhone",
    "corporateIdentificationNumber": "cvrNo",
    "pNumber": "pnr",
    "ean": "eanLocationNumber",
    "vatNumber": "vatNo",
    "publicEntryNumber": "voucherNumber",
    "website": "homepage",
    "creditLimit": "creditMaximum",
    "eInvoicingDisabledByDefault": "defaultDisableEInvoicing",
}
_CUSTOMER_REFERENCES = {
    "customerGroup": ("customerGroupNumber", "customerGroupNumber"),
    "vatZone": ("vatZoneNumber", "zone"),
    "paymentTerms": ("paymentTermsNumber", "paymentTermId"),
    "salesPerson": ("employeeNumber", "ourRef"),
    "layout": ("layoutNumber", "layoutGroup"),
    "attention": ("customerContactNumber", "defaultAttention"),
    "customerContact": ("customerContactNumber", "defaultTheirRef"),
    "defaultDeliveryLocation": ("deliveryLocationNumber", "defaultDeliveryLocation"),
}
_NOTIFICATIONS = {
    "quotations": "receiveQuotes",
    "orders": "receiveOrders",
    "invoices": "receiveInvoices",
    "reminders": "receiveReminders",
}


def version_text(version: int) -> str:
    """The object version: opaque, another one after each write."""
    return f"{version:016x}"


def _present(body: Body) -> Body:
    return {name: value for name, value in body.items() if value is not None and value is not False}


def as_contact(body: Body, version: int) -> Body:
    """A Contact of customersapi 3.1.0."""
    told = body.get("emailNotifications", [])
    return _present(
        {
            "number": body["customerContactNumber"],
            "customerNumber": body["customer"]["customerNumber"],
            "userInterfaceNumber": body["sortKey"],
            **{name: body.get(name) for name in ("name", "email", "phone", "notes", "eInvoiceId", "lastUpdated")},
            **{theirs: ours in told for ours, theirs in _NOTIFICATIONS.items()},
            "isDeleted": bool(body.get("deleted")),
            "active": not body.get("deleted"),
            "objectVersion": version_text(version),
        }
    )


def as_location(body: Body, version: int) -> Body:
    """A DeliveryLocation of customersapi 3.1.0."""
    plain = ("address", "city", "country", "postalCode", "termsOfDelivery", "lastUpdated")
    return _present(
        {
            "number": body["deliveryLocationNumber"],
            "customerNumber": body["customer"]["customerNumber"],
            "userInterfaceNumber": body["sortKey"],
            **{name: body.get(name) for name in plain},
            "isBarred": bool(body.get("barred")),
            "objectVersion": version_text(version),
        }
    )


def as_customer(body: Body, version: int) -> Body:
    """A Customer of customersapi 3.1.0; `access` is the opposite of barred."""
    plain = {theirs: body.get(ours) for ours, theirs in _CUSTOMER_NAMES.items()}
    references = {theirs: body.get(ours, {}).get(number) for ours, (number, theirs) in _CUSTOMER_REFERENCES.items()}
    first, _, second = str(body.get("address", "")).partition("\n")
    address = {"address1": first[:255] or None, "address2": (second or first[255:]) or None}
    return _present(
        {**plain, **references, **address, "access": not body.get("barred"), "objectVersion": version_text(version)}
    )
