"""The store's records under the newer host's names, and back (economic-customersapi, section 6).

False booleans and absent values are left out of answers, as documented.
"""

from __future__ import annotations

from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.newer.contract import properties
from bulkio.sandbox.newer.keeping import Kept, version_text
from bulkio.sandbox.shelves import Body

_CUSTOMER_NAMES = {
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
}
_CUSTOMER_REFERENCES = {
    "customerGroup": ("customerGroupNumber", "customerGroupNumber"),
    "vatZone": ("vatZoneNumber", "zone"),
    "paymentTerms": ("paymentTermsNumber", "paymentTermId"),
    "salesPerson": ("employeeNumber", "ourRef"),
    "layout": ("layoutNumber", "layoutGroup"),
    "priceGroup": ("priceGroupNumber", "priceGroupNumber"),
    "attention": ("customerContactNumber", "defaultAttention"),
    "customerContact": ("customerContactNumber", "defaultTheirRef"),
    "defaultDeliveryLocation": ("deliveryLocationNumber", "defaultDeliveryLocation"),
}
_NOTIFICATIONS = {
    "invoices": "receiveInvoices",
    "orders": "receiveOrders",
    "quotations": "receiveQuotes",
    "reminders": "receiveReminders",
}
_CONTACT_NAMES = ("name", "email", "phone", "notes", "eInvoiceId")
_LOCATION_NAMES = ("address", "city", "country", "postalCode", "termsOfDelivery")
_OWN = {
    "Customer": {
        "customerNumber", "access", "address1", "address2", "defaultDisableEInvoicing", "objectVersion",
        *_CUSTOMER_NAMES.values(), *(theirs for _, theirs in _CUSTOMER_REFERENCES.values()),
    },
    "Contact": {"number", "customerNumber", "objectVersion", *_NOTIFICATIONS.values(), *_CONTACT_NAMES},
    "DeliveryLocation": {"number", "customerNumber", "objectVersion", "isBarred", *_LOCATION_NAMES},
}  # fmt: skip


def _present(schema: str, kept: Kept, body: Body) -> Body:
    """What an answer shows: nothing empty, no text longer than published (the classic host allows some)."""
    whole = {**kept.more, **body, "objectVersion": version_text(kept.version)}
    known = properties(schema)
    return {
        name: value[: known[name].longest] if isinstance(value, str) else value
        for name, value in whole.items()
        if value is not None and value is not False
    }


def _said(values: Body) -> Body:
    """What is worth keeping: an empty text and `false` are as good as absent."""
    return {name: value for name, value in values.items() if value not in (None, "") and value is not False}


def beyond(schema: str, payload: Body) -> Body:
    """What a body says that the classic host has no property for."""
    return _said({name: value for name, value in payload.items() if name not in _OWN[schema]})


def as_contact(kept: Kept) -> Body:
    """A Contact of customersapi 3.1.0."""
    body = kept.body
    told = body.get("emailNotifications", [])
    shown = {
        "number": body["customerContactNumber"],
        "customerNumber": body["customer"]["customerNumber"],
        "userInterfaceNumber": body["sortKey"],
        **{name: body.get(name) for name in (*_CONTACT_NAMES, "lastUpdated")},
        **{theirs: ours in told for ours, theirs in _NOTIFICATIONS.items()},
        "isDeleted": bool(body.get("deleted")),
        "active": not body.get("deleted"),
    }
    return _present("Contact", kept, shown)


def contact_body(payload: Body, number: int, sort_key: int) -> Body:
    """A contact's body as the classic host keeps it."""
    told = [ours for ours, theirs in _NOTIFICATIONS.items() if payload.get(theirs)]
    body: Body = {
        "customerContactNumber": number,
        **_said({name: payload.get(name) for name in _CONTACT_NAMES}),
        **({"emailNotifications": told} if told else {}),
    }
    return body | _owned(payload, sort_key)


def as_location(kept: Kept) -> Body:
    """A DeliveryLocation of customersapi 3.1.0."""
    body = kept.body
    shown = {
        "number": body["deliveryLocationNumber"],
        "customerNumber": body["customer"]["customerNumber"],
        "userInterfaceNumber": body["sortKey"],
        **{name: body.get(name) for name in (*_LOCATION_NAMES, "lastUpdated")},
        "isBarred": bool(body.get("barred")),
    }
    return _present("DeliveryLocation", kept, shown)


def location_body(payload: Body, number: int, sort_key: int) -> Body:
    """A delivery location's body as the classic host keeps it."""
    said = _said({**{name: payload.get(name) for name in _LOCATION_NAMES}, "barred": payload.get("isBarred")})
    return {"deliveryLocationNumber": number, **said} | _owned(payload, sort_key)


def _owned(payload: Body, sort_key: int) -> Body:
    customer = {"customerNumber": payload["customerNumber"]}
    return {"customer": customer, "sortKey": sort_key, "lastUpdated": last_updated(now())}


def as_customer(kept: Kept) -> Body:
    """A Customer of customersapi 3.1.0; `access` is the opposite of barred."""
    body = kept.body
    plain = {theirs: body.get(ours) for ours, theirs in _CUSTOMER_NAMES.items()}
    references = {theirs: body.get(ours, {}).get(number) for ours, (number, theirs) in _CUSTOMER_REFERENCES.items()}
    shown = {
        "customerNumber": body["customerNumber"],
        **plain,
        **references,
        **_split_address(str(body.get("address", ""))),
        "access": not body.get("barred"),
        "defaultDisableEInvoicing": body.get("eInvoicingDisabledByDefault"),
    }
    return _present("Customer", kept, shown)


def _split_address(address: str) -> Body:
    first, _, second = address.partition("\n")
    return {"address1": first[:255] or None, "address2": (second or first[255:]) or None}


def customer_body(payload: Body) -> Body:
    """A customer's body as the classic host keeps it; without `access` it is barred (seen live)."""
    address = "\n".join(payload.get(name, "") for name in ("address1", "address2")).rstrip("\n")
    said = _said({ours: payload.get(theirs) for ours, theirs in _CUSTOMER_NAMES.items()})
    references = {
        ours: {number: payload[theirs]} for ours, (number, theirs) in _CUSTOMER_REFERENCES.items() if theirs in payload
    }
    return {
        "customerNumber": payload["customerNumber"],
        **said,
        **_said({"address": address, "barred": not payload.get("access", False)}),
        **references,
        "eInvoicingDisabledByDefault": payload.get("defaultDisableEInvoicing", False),
        "lastUpdated": last_updated(now()),
    }
