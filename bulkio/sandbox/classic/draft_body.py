"""A draft invoice out of a request: references followed, dates derived, lines priced."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.draft_lines import read_lines
from bulkio.sandbox.classic.due_dates import due_date
from bulkio.sandbox.classic.pricing import terms_of, totals
from bulkio.sandbox.classic.values import moderate, real_date, right_ean
from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.faults import Faults, Path
from bulkio.sandbox.shelves import Body

_RECIPIENT = ("name", "address", "zip", "city", "country", "ean", "publicEntryNumber", "mobilePhone", "nemHandelType")
_DELIVERY = ("address", "zip", "city", "country", "deliveryTerms", "deliveryDate")
_NOTES = ("heading", "textLine1", "textLine2")


def read_draft(room: Room, payload: Body, faults: Faults) -> Body:
    """The draft as it will be stored, but for its number; faults of all its parts are noted."""
    real_date(payload, "date", (), faults)
    moderate(payload, "exchangeRate", (), faults)
    refer.usable_currency(room, payload["currency"], faults)
    customer = _customer(room, payload, faults)
    terms = _payment_terms(room, payload, faults)
    head: Body = {
        "date": payload["date"][:10],
        "dueDate": due_date(payload, terms, faults),
        "currency": payload["currency"],
        "customer": {"customerNumber": customer},
        "paymentTerms": terms,
        "layout": _layout(room, payload, faults),
        "recipient": _recipient(room, payload["recipient"], customer, faults),
    }
    head |= _extras(room, payload, customer, faults)
    return head | _amounts(room, payload, head, faults) | {"lastUpdated": last_updated(now())}


def _amounts(room: Room, payload: Body, head: Body, faults: Faults) -> Body:
    zone = head["recipient"]["vatZone"]["vatZoneNumber"]
    if any(path == ("exchangeRate",) for path, _ in faults.found):
        return {}
    terms = terms_of(payload["currency"], payload.get("exchangeRate"), zone)
    lines = read_lines(room, payload.get("lines", []), terms, faults)
    return {"lines": lines, **totals(lines, terms)}


def _customer(room: Room, payload: Body, faults: Faults) -> int:
    path: Path = ("customer",)
    found = refer.resolve(room, refer.CUSTOMER, payload["customer"], path, faults)
    if found is None:
        return 0
    if found.record.get("barred"):
        hint = "Use a customer that is not barred."
        faults.add(path, f"Customer '{found.key}' is barred.", "E06820", found.key, hint)
    return int(found.key)


def _payment_terms(room: Room, payload: Body, faults: Faults) -> Body:
    given = payload["paymentTerms"]
    found = refer.resolve(room, refer.PAYMENT_TERMS, given, ("paymentTerms",), faults)
    record = found.record if found else {}
    wanted = given.get("paymentTermsType")
    if wanted is not None and wanted != record.get("paymentTermsType"):
        # The real body has this fault beside `paymentTerms`, not below it (samples, drafts-paymentterms-not-found).
        faults.add(
            ("paymentTermsType",),
            "Payment terms type does not match the type on the payment terms specified.",
            "E07180",
            wanted,
            "Either specify the matching payment terms type for the payment terms in question, or omit the property.",
        )
    return record


def _layout(room: Room, payload: Body, faults: Faults) -> Body:
    found = refer.usable_layout(room, payload["layout"], ("layout",), faults)
    return {"layoutNumber": found and found.key}


def _recipient(room: Room, given: Body, customer: int, faults: Faults) -> Body:
    path: Path = ("recipient",)
    right_ean(given, path, faults)
    zone = refer.usable_vat_zone(room, given["vatZone"], (*path, "vatZone"), faults)
    body = {name: given[name] for name in _RECIPIENT if given.get(name)} | _registration(room, customer)
    if "attention" in given:
        body["attention"] = _contact(room, given["attention"], customer, (*path, "attention"), faults)
    return body | {"vatZone": zone.record if zone else {"vatZoneNumber": None}}


def _registration(room: Room, customer: int) -> Body:
    """The customer's registration number, which an invoice shows and nobody can send (invention `recipient-cvr`)."""
    record = shelves.CUSTOMERS.get(room.connection, customer) or {}
    number = record.get("corporateIdentificationNumber")
    return {"cvr": number} if number else {}


def _contact(room: Room, given: Body, customer: int, path: Path, faults: Faults) -> Body:
    found = refer.resolve(room, refer.CONTACT, given, path, faults)
    if found and found.record["customer"]["customerNumber"] != customer:
        message = "Mismatching customer number for invoice and customer contact"
        faults.add(path, message, "E04800", found.key, "Use a contact of the invoice's customer.")
    return {"customerContactNumber": found and found.key}


def _extras(room: Room, payload: Body, customer: int, faults: Faults) -> Body:
    body: Body = {}
    if "deliveryLocation" in payload:
        path: Path = ("deliveryLocation",)
        location = refer.location_of(room, customer, payload["deliveryLocation"], path, faults)
        body["deliveryLocation"] = {"deliveryLocationNumber": location and location.key}
    real_date(payload.get("delivery", {}), "deliveryDate", ("delivery",), faults)
    for name, parts in (("delivery", _DELIVERY), ("notes", _NOTES)):
        kept = {part: payload[name][part] for part in parts if payload.get(name, {}).get(part)}
        body |= {name: kept} if kept else {}
    references = _references(room, payload.get("references", {}), customer, faults)
    return body | ({"references": references} if references else {})


def _references(room: Room, given: Body, customer: int, faults: Faults) -> Body:
    body: Body = {"other": given["other"]} if given.get("other") else {}
    if "customerContact" in given:
        path: Path = ("references", "customerContact")
        body["customerContact"] = _contact(room, given["customerContact"], customer, path, faults)
    for name in ("salesPerson", "vendorReference"):
        if name in given:
            found = refer.usable_employee(room, given[name], ("references", name), faults)
            body[name] = {"employeeNumber": found and found.key}
    return body
