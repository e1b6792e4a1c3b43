"""Whether a contact or location is used by its customer or on the customer's invoices."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

import sqlite3

_CONTACT_ON_CUSTOMER = ("attention.customerContactNumber", "customerContact.customerContactNumber")
_CONTACT_ON_INVOICE = (
    "recipient.attention.customerContactNumber",
    "references.customerContact.customerContactNumber",
)


def contact_is_used(connection: sqlite3.Connection, customer: int, contact: int) -> bool:
    """Whether the customer or one of its invoices refers to the contact."""
    return _is_used(connection, customer, contact, _CONTACT_ON_CUSTOMER, _CONTACT_ON_INVOICE)


def location_is_used(connection: sqlite3.Connection, customer: int, location: int) -> bool:
    """Whether the customer or one of its invoices refers to the delivery location."""
    on_customer = ("defaultDeliveryLocation.deliveryLocationNumber",)
    return _is_used(connection, customer, location, on_customer, ("deliveryLocation.deliveryLocationNumber",))


def _is_used(
    connection: sqlite3.Connection,
    customer: int,
    number: int,
    on_customer: tuple[str, ...],
    on_invoice: tuple[str, ...],
) -> bool:
    places = [("customers", "key", on_customer), ("drafts", "customer", on_invoice), ("booked", "customer", on_invoice)]
    return any(_names(connection, table, owner, customer, number, paths) for table, owner, paths in places)


def _names(
    connection: sqlite3.Connection, table: str, owner: str, customer: int, number: int, paths: tuple[str, ...]
) -> bool:
    named = " OR ".join(f"json_extract(body, '$.{path}') = ?" for path in paths)
    sql = f"SELECT 1 FROM {table} WHERE {owner} = ? AND ({named}) LIMIT 1"
    return connection.execute(sql, (customer, *[number] * len(paths))).fetchone() is not None
