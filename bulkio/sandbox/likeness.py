"""A fresh practice agreement in the likeness of another: its look-ups and groups in place of the seed's own."""

# ruff: noqa: S608 - names of tables are our own constants; values go as parameters

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulkio.sandbox import shelves
from bulkio.sandbox.seed import sales_accounts
from bulkio.sandbox.shelves import Body, Shelf, dump, load

_COPIED: tuple[Shelf, ...] = (
    shelves.CURRENCIES,
    shelves.VAT_ZONES,
    shelves.PAYMENT_TERMS,
    shelves.LAYOUTS,
    shelves.EMPLOYEES,
    shelves.ACCOUNTS,
    shelves.CUSTOMER_GROUPS,
)
_NOT_COPIED = ("self", "metaData", "balance", "draftBalance")


@dataclass(frozen=True)
class Likeness:
    """What is copied: the company's name, its base currency, and records as the API gave them, by their list's path."""

    company: str
    base_currency: str
    lookups: Mapping[str, Sequence[Mapping[str, Any]]]


def take_after(connection: sqlite3.Connection, likeness: Likeness) -> None:
    """Put the copied look-ups in the place of the seed's; a list that was not copied stays as it is.

    The agreement keeps a number of its own, so that nobody takes its runs for the other's.
    """
    for shelf in _COPIED:
        if shelf.path in likeness.lookups:
            _replace(connection, shelf, likeness.lookups[shelf.path])
    _rename(connection, likeness)
    _sell_on_its_accounts(connection)


def _replace(connection: sqlite3.Connection, shelf: Shelf, records: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(f"DELETE FROM {shelf.table}")
    for record in records:
        shelf.insert(connection, record[shelf.key_name], _without_links(record))


def _without_links(record: Mapping[str, Any]) -> Body:
    """The record itself: links lead to the other agreement, and balances are its own affair."""
    kept = {name: _bare(value) for name, value in record.items() if name not in _NOT_COPIED}
    return {name: value for name, value in kept.items() if value not in (None, {}, "")}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_links(value)
    return None if isinstance(value, str) and value.startswith(("http://", "https://")) else value


def _rename(connection: sqlite3.Connection, likeness: Likeness) -> None:
    own = load(connection.execute("SELECT value FROM agreement WHERE name = 'self'").fetchone()[0])
    own["company"] = {"name": f"{likeness.company} (øvelse)"}
    own["settings"] = own.get("settings", {}) | {"baseCurrency": likeness.base_currency}
    connection.execute("UPDATE agreement SET value = ? WHERE name = 'self'", (dump(own),))


def _sell_on_its_accounts(connection: sqlite3.Connection) -> None:
    """The seed's product groups sell on accounts that are there."""
    facts = {
        name: [load(row[0]) for row in connection.execute(f"SELECT body FROM {table} ORDER BY key")]
        for name, table in (("accounts", "accounts"), ("vatZones", "vat_zones"))
    }
    sales = dump(sales_accounts(facts)["sales"])
    connection.execute("UPDATE product_groups SET body = json_set(body, '$.sales', json(?))", (sales,))
