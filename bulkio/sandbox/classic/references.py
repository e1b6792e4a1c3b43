"""References from one record to another: by number or by `self` link, and what is said when they lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from bulkio.sandbox import shelves
from bulkio.sandbox.calls import Room
from bulkio.sandbox.faults import Faults, Path
from bulkio.sandbox.inventions import invented
from bulkio.sandbox.links import key_in_link
from bulkio.sandbox.shelves import Body, Key, Shelf


@dataclass(frozen=True)
class Reference:
    """A kind of reference: the property that carries the key, where it leads, and how a missing one is worded.

    Wording and codes of customer group, payment terms and account are verbatim from real bodies; the others follow
    their pattern and are listed as inventions.
    """

    number_name: str
    shelf: Shelf
    thing: str
    plural: str
    code: str
    text_key: bool = False


@dataclass(frozen=True)
class Resolved:
    """What a reference led to."""

    key: Key
    record: Body


CUSTOMER_GROUP = Reference("customerGroupNumber", shelves.CUSTOMER_GROUPS, "CustomerGroup", "customer groups", "E07140")
PAYMENT_TERMS = Reference("paymentTermsNumber", shelves.PAYMENT_TERMS, "PaymentTerms", "paymentTermss", "E07080")
ACCOUNT = Reference("accountNumber", shelves.ACCOUNTS, "Account", "accounts", "E07150")
VAT_ZONE = Reference("vatZoneNumber", shelves.VAT_ZONES, "VatZone", "vat zones", invented("vat-zone-not-found").code)
LAYOUT = Reference("layoutNumber", shelves.LAYOUTS, "Layout", "layouts", invented("layout-not-found").code)
EMPLOYEE = Reference("employeeNumber", shelves.EMPLOYEES, "Employee", "employees", invented("employee-not-found").code)
CUSTOMER = Reference("customerNumber", shelves.CUSTOMERS, "Customer", "customers", invented("customer-not-found").code)
CONTACT = Reference(
    "customerContactNumber", shelves.CONTACTS, "CustomerContact", "contacts", invented("contact-not-found").code
)
LOCATION = Reference(
    "deliveryLocationNumber",
    shelves.DELIVERY_LOCATIONS,
    "DeliveryLocation",
    "delivery locations",
    invented("location-not-found").code,
)
PRODUCT = Reference(
    "productNumber", shelves.PRODUCTS, "Product", "products", invented("product-not-found").code, text_key=True
)
PRODUCT_GROUP = Reference(
    "productGroupNumber",
    shelves.PRODUCT_GROUPS,
    "ProductGroup",
    "product groups",
    invented("product-group-not-found").code,
)
CURRENCY = Reference(
    "code", shelves.CURRENCIES, "Currency", "currencies", invented("currency-not-found").code, text_key=True
)
UNIT = Reference("unitNumber", shelves.UNITS, "Unit", "units", invented("unit-not-found").code)
DRAFT = Reference(
    "draftInvoiceNumber", shelves.DRAFTS, "DraftInvoice", "draft invoices", invented("draft-not-found").code
)


def resolve(room: Room, reference: Reference, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """Follow a reference; a fault is noted where it has no identifier or leads nowhere."""
    key = _identify(reference, value)
    if key is None:
        faults.add(path, _no_identifier(path, reference), "E04500", hint="Include one identifier.")
        return None
    record = reference.shelf.get(room.connection, key)
    if record is None or (reference is CONTACT and record.get("deleted")):
        _not_found(room, reference, key, path, faults)
        return None
    return Resolved(key, record)


def _identify(reference: Reference, value: Body) -> Key | None:
    key = value.get(reference.number_name)
    if key is not None:
        return key  # type: ignore[no-any-return]
    written = key_in_link(str(value.get("self", "")), reference.shelf.path)
    if written is None or reference.text_key:
        return written
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None


def _no_identifier(path: Path, reference: Reference) -> str:
    return f"No identifiers present on {path[-1]}. Please include either a self link or a {reference.number_name}."


def _not_found(room: Room, reference: Reference, key: Key, path: Path, faults: Faults) -> None:
    # Contacts and locations have no list of their own: they are found under their customer.
    list_path = "customers" if reference in (CONTACT, LOCATION) else reference.shelf.path
    hint = f"Find a list of {reference.plural} at {room.links.to(list_path)} ."
    faults.add(path, f"{reference.thing} '{key}' not found.", reference.code, key, hint)


def usable_vat_zone(room: Room, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """A VAT zone that customers may have."""
    found = resolve(room, VAT_ZONE, value, path, faults)
    if found and not found.record.get("enabledForCustomer"):
        faults.add_invented(path, "vat-zone-not-for-customers", found.key)
    return found


def usable_layout(room: Room, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """A layout that is not deleted."""
    found = resolve(room, LAYOUT, value, path, faults)
    if found and found.record.get("deleted"):
        faults.add_invented(path, "layout-deleted", found.key)
    return found


def usable_employee(room: Room, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """An employee that is not barred."""
    found = resolve(room, EMPLOYEE, value, path, faults)
    if found and found.record.get("barred"):
        faults.add_invented(path, "employee-barred", found.key)
    return found


def usable_account(room: Room, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """An account for a customer group: not barred, of type profit and loss or status (seen live)."""
    found = resolve(room, ACCOUNT, value, path, faults)
    if found and found.record.get("barred"):
        faults.add_invented(path, "account-barred", found.key)
    elif found and found.record.get("accountType") not in ("profitAndLoss", "status"):
        faults.add_invented(path, "account-type", found.key)
    return found


def usable_currency(room: Room, code: str, faults: Faults) -> None:
    """A currency of the agreement; the leaf is the documentation's own example."""
    if not shelves.CURRENCIES.has(room.connection, code):
        hint = f"Find a list of currencies at {room.links.to('currencies')} ."
        faults.add(("currency",), "currency does not exist.", "E06000", code, hint)


def contact_of(room: Room, customer: int, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """A contact of this very customer."""
    found = resolve(room, CONTACT, value, path, faults)
    if found and found.record["customer"]["customerNumber"] != customer:
        faults.add_invented(path, "contact-of-another", found.key)
    return found


def location_of(room: Room, customer: int, value: Body, path: Path, faults: Faults) -> Resolved | None:
    """A delivery location of this very customer."""
    found = resolve(room, LOCATION, value, path, faults)
    if found and found.record["customer"]["customerNumber"] != customer:
        faults.add_invented(path, "location-of-another", found.key)
    return found
