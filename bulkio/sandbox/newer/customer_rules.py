"""The rules of a customer that no schema tells: the published codes, with conditions that are our own inventions.

Each code is published; when exactly e-conomic uses it is not (inventions `newer-customer-rules`, `newer-missing-currency`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulkio.sandbox import shelves
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.values import is_ean
from bulkio.sandbox.newer.problems import Fault
from bulkio.sandbox.shelves import Body, Shelf

_GROUPS = range(1, 10)
_RECIPIENTS = {
    "email": "CustomerInvalidEmail",
    "defaultInvoiceRecipient": "CustomerInvalidInvoiceEmail",
    "defaultOrderRecipient": "CustomerInvalidOrderEmail",
    "defaultQuoteRecipient": "CustomerInvalidQuotationEmail",
    "defaultReminderRecipient": "CustomerInvalidReminderEmail",
    "defaultStatementOfAccountRecipient": "CustomerInvalidStatementEmail",
}
_OWN_CONTACTS = {
    "defaultAttention": "CustomerInvalidDefaultAttention",
    "defaultTheirRef": "CustomerInvalidDefaultTheirRef",
}
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_PEPPOL = re.compile(r"\d{4}:\S+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def faults_of(room: Room, payload: Body) -> list[Fault]:
    """Every fault of a customer's body against the agreement."""
    return [*_texts(payload), *_required(room, payload), *_optional(room, payload), *_own(room, payload)]


def _fault(name: str, code: str) -> Fault:
    return Fault(name[0].upper() + name[1:], f"{name} is not valid.", code)


def _texts(payload: Body) -> Iterator[Fault]:
    for name, value in payload.items():
        if isinstance(value, str) and _CONTROL.search(value):
            yield _fault(name, "CustomerInvalidCharacters")
    for name, code in _RECIPIENTS.items():
        if payload.get(name) and not all(_ADDRESS.fullmatch(part.strip()) for part in payload[name].split(";")):
            yield _fault(name, code)
    yield from _numbers(payload)


def _numbers(payload: Body) -> Iterator[Fault]:
    ean, pnr, peppol = (payload.get(name) for name in ("eanLocationNumber", "pnr", "recipientPeppol"))
    if ean and not (len(ean) == 13 and ean.isascii() and ean.isdigit()):
        yield _fault("eanLocationNumber", "CustomerInvalidEANThirteenDigits")
    elif ean and not is_ean(ean):
        yield _fault("eanLocationNumber", "CustomerInvalidEAN")
    if pnr and not (len(pnr) == 10 and pnr.isascii() and pnr.isdigit()):
        yield _fault("pnr", "CustomerInvalidPNumber")
    if peppol and not _PEPPOL.fullmatch(peppol):
        yield _fault("recipientPeppol", "CustomerInvalidPEPPOLID")
    if not 0 <= payload.get("defaultDiscountPct", 0) <= 100:
        yield _fault("defaultDiscountPct", "CustomerInvalidDiscount")


def _required(room: Room, payload: Body) -> Iterator[Fault]:
    if not payload.get("name", "").strip():
        yield _fault("name", "CustomerMissingName")
    if not _exists(room, shelves.CUSTOMER_GROUPS, payload.get("customerGroupNumber")):
        yield _fault("customerGroupNumber", "CustomerInvalidGroupId")
    zone = shelves.VAT_ZONES.get(room.connection, payload.get("zone", 0))
    if not zone or not zone.get("enabledForCustomer"):
        yield _fault("zone", "CustomerInvalidVatZone")
    if not _exists(room, shelves.PAYMENT_TERMS, payload.get("paymentTermId")):
        yield _fault("paymentTermId", "CustomerInvalidPaymentTerm")
    if not shelves.CURRENCIES.has(room.connection, payload.get("currency", "")):
        yield _fault("currency", "InvalidInput")


def _optional(room: Room, payload: Body) -> Iterator[Fault]:
    layout = shelves.LAYOUTS.get(room.connection, payload.get("layoutGroup", 0))
    if "layoutGroup" in payload and (not layout or layout.get("deleted")):
        yield _fault("layoutGroup", "InvalidInput")
    employee = shelves.EMPLOYEES.get(room.connection, payload.get("ourRef", 0))
    if "ourRef" in payload and (not employee or employee.get("barred")):
        yield _fault("ourRef", "InvalidInput")
    if payload.get("priceGroupNumber", 1) not in _GROUPS:
        yield _fault("priceGroupNumber", "CustomerInvalidPriceGroup")
    if payload.get("discountGroupNumber", 1) not in _GROUPS:
        yield _fault("discountGroupNumber", "CustomerInvalidDiscountGroup")
    if payload.get("emailAttachmentLanguage", 0) < 0:
        yield _fault("emailAttachmentLanguage", "CustomerInvalidEmailAttachmentLanguage")


def _own(room: Room, payload: Body) -> Iterator[Fault]:
    for name, code in _OWN_CONTACTS.items():
        if name in payload and not _is_own(room, shelves.CONTACTS, payload[name], payload["customerNumber"]):
            yield _fault(name, code)
    name = "defaultDeliveryLocation"
    if name in payload and not _is_own(room, shelves.DELIVERY_LOCATIONS, payload[name], payload["customerNumber"]):
        yield _fault(name, "InvalidInput")


def _exists(room: Room, shelf: Shelf, number: int | None) -> bool:
    return number is not None and shelf.has(room.connection, number)


def _is_own(room: Room, shelf: Shelf, number: int, customer: int) -> bool:
    record = shelf.get(room.connection, number)
    return record is not None and not record.get("deleted") and record["customer"]["customerNumber"] == customer
