"""The tables of the store: one per kind of record, a key beside the record's own JSON.

Columns that are looked up by are generated from the JSON, so a record is written in one place only. `more` holds what
only the newer host has a property for.
"""

from __future__ import annotations

APPLICATION_ID = 0x62756C6B
LAYOUT_VERSION = 2

_WHOLE_NUMBER_KEYED = (
    "accounts",
    "vat_zones",
    "payment_terms",
    "layouts",
    "employees",
    "product_groups",
    "units",
    "departments",
    "customer_groups",
)
_TEXT_KEYED = ("currencies", "accounting_years", "products")


def _plain(table: str, key_type: str) -> str:
    return f"CREATE TABLE {table} (key {key_type} PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL)"


def _derived(table: str, **columns: str) -> str:
    parts = "".join(
        f", {name} GENERATED ALWAYS AS (json_extract(body, '$.{path}')) VIRTUAL" for name, path in columns.items()
    )
    return (
        f"CREATE TABLE {table} (key INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL, "
        f"more TEXT{parts})"
    )


TABLES: tuple[str, ...] = (
    "CREATE TABLE agreement (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE numbers (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID",
    *(_plain(table, "INTEGER") for table in _WHOLE_NUMBER_KEYED),
    *(_plain(table, "TEXT") for table in _TEXT_KEYED),
    _derived(
        "customers",
        group_number="customerGroup.customerGroupNumber",
        sales_person="salesPerson.employeeNumber",
    ),
    "CREATE INDEX customers_by_group ON customers (group_number)",
    _derived("contacts", customer="customer.customerNumber", name="name", sort_key="sortKey", deleted="deleted"),
    "CREATE INDEX contacts_by_customer ON contacts (customer, name)",
    _derived("delivery_locations", customer="customer.customerNumber", sort_key="sortKey"),
    "CREATE INDEX delivery_locations_by_customer ON delivery_locations (customer)",
    _derived("drafts", customer="customer.customerNumber"),
    "CREATE INDEX drafts_by_customer ON drafts (customer)",
    _derived("booked", customer="customer.customerNumber", due_date="dueDate", remainder="remainder"),
    "CREATE INDEX booked_by_customer ON booked (customer)",
    _derived("periods", year="accountingYear.year"),
    _derived("sales_prices", product="product.productNumber", currency="currency.code"),
    "CREATE UNIQUE INDEX sales_prices_by_product ON sales_prices (product, currency)",
    _derived(
        "entries",
        account="account.accountNumber",
        dated="date",
        base="amountInBaseCurrency",
        invoice="bookedInvoice.bookedInvoiceNumber",
    ),
    "CREATE INDEX entries_by_account ON entries (account, dated, base)",
    "CREATE INDEX entries_by_date ON entries (dated)",
    "CREATE INDEX entries_by_invoice ON entries (invoice)",
    (
        "CREATE TABLE kept_answers (key TEXT PRIMARY KEY, target TEXT NOT NULL, digest TEXT NOT NULL, "
        "status INTEGER NOT NULL, location TEXT, body BLOB NOT NULL, kept_at REAL NOT NULL) WITHOUT ROWID"
    ),
    "CREATE INDEX kept_answers_by_age ON kept_answers (kept_at)",
)
