"""Where each kind of record stands in the store, and the few things done to a record there."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]
Key = int | str

_LARGEST_KEY = 2**62


def dump(body: Any) -> str:
    """JSON as the store keeps it: compact, letters as they are."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Body:
    """A record out of the store's JSON."""
    found: Body = json.loads(text)
    return found


@dataclass(frozen=True)
class Shelf:
    """One table of records; `key_name` is the property that carries the key, `path` its collection's address."""

    table: str
    key_name: str
    path: str

    def get(self, connection: sqlite3.Connection, key: Key) -> Body | None:
        """The record under this key, or None."""
        if isinstance(key, int) and abs(key) > _LARGEST_KEY:
            return None
        row = connection.execute(f"SELECT body FROM {self.table} WHERE key = ?", (key,)).fetchone()
        return None if row is None else load(row[0])

    def has(self, connection: sqlite3.Connection, key: Key) -> bool:
        """Whether a record stands under this key."""
        return self.get(connection, key) is not None

    def insert(self, connection: sqlite3.Connection, key: Key, body: Body) -> None:
        """Add a record; the caller has checked that the key is free."""
        connection.execute(f"INSERT INTO {self.table} (key, body) VALUES (?, ?)", (key, dump(body)))

    def replace(self, connection: sqlite3.Connection, key: Key, body: Body) -> None:
        """Overwrite a record and count its version up."""
        connection.execute(f"UPDATE {self.table} SET body = ?, version = version + 1 WHERE key = ?", (dump(body), key))

    def remove(self, connection: sqlite3.Connection, key: Key) -> None:
        """Take a record away."""
        connection.execute(f"DELETE FROM {self.table} WHERE key = ?", (key,))

    def highest(self, connection: sqlite3.Connection) -> int:
        """The highest number in use, 0 when there is none."""
        row = connection.execute(f"SELECT max(key) FROM {self.table}").fetchone()
        return int(row[0] or 0)


def next_number(connection: sqlite3.Connection, name: str) -> int:
    """The next number of a series that never gives one out twice."""
    row = connection.execute("UPDATE numbers SET last = last + 1 WHERE name = ? RETURNING last", (name,)).fetchone()
    return int(row[0])


ACCOUNTS = Shelf("accounts", "accountNumber", "accounts")
ACCOUNTING_YEARS = Shelf("accounting_years", "year", "accounting-years")
BOOKED = Shelf("booked", "bookedInvoiceNumber", "invoices/booked")
CONTACTS = Shelf("contacts", "customerContactNumber", "contacts")
CURRENCIES = Shelf("currencies", "code", "currencies")
CUSTOMER_GROUPS = Shelf("customer_groups", "customerGroupNumber", "customer-groups")
CUSTOMERS = Shelf("customers", "customerNumber", "customers")
DELIVERY_LOCATIONS = Shelf("delivery_locations", "deliveryLocationNumber", "delivery-locations")
DEPARTMENTS = Shelf("departments", "departmentNumber", "departments")
DRAFTS = Shelf("drafts", "draftInvoiceNumber", "invoices/drafts")
ENTRIES = Shelf("entries", "entryNumber", "entries")
EMPLOYEES = Shelf("employees", "employeeNumber", "employees")
LAYOUTS = Shelf("layouts", "layoutNumber", "layouts")
PAYMENT_TERMS = Shelf("payment_terms", "paymentTermsNumber", "payment-terms")
PERIODS = Shelf("periods", "periodKey", "periods")
PRODUCT_GROUPS = Shelf("product_groups", "productGroupNumber", "product-groups")
PRODUCTS = Shelf("products", "productNumber", "products")
SALES_PRICES = Shelf("sales_prices", "priceKey", "currency-specific-sales-prices")
UNITS = Shelf("units", "unitNumber", "units")
VAT_ZONES = Shelf("vat_zones", "vatZoneNumber", "vat-zones")
