"""Changing a customer's number, offered when the agreement's setting allows it (techtalk, economic-rest 2.1)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

import json
import sqlite3


def may_change_numbers(connection: sqlite3.Connection) -> bool:
    """Whether the agreement's change of numbers is on for customers."""
    row = connection.execute("SELECT value FROM agreement WHERE name = 'self'").fetchone()
    return bool(json.loads(row[0]).get("changeOfNumbers", {}).get("customers"))


def renumber(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Give a customer another number; everything that refers to it follows."""
    connection.execute(
        "UPDATE customers SET key = ?, body = json_set(body, '$.customerNumber', ?) WHERE key = ?", (new, new, old)
    )
    connection.execute(
        "UPDATE payment_terms SET body = json_set(body, '$.creditCardCompany.customerNumber', ?) "
        "WHERE json_extract(body, '$.creditCardCompany.customerNumber') = ?",
        (new, old),
    )
    for table in ("contacts", "delivery_locations", "drafts", "booked"):
        connection.execute(
            f"UPDATE {table} SET body = json_set(body, '$.customer.customerNumber', ?) WHERE customer = ?", (new, old)
        )
    connection.execute(
        "UPDATE entries SET body = json_set(body, '$.customer.customerNumber', ?) "
        "WHERE json_extract(body, '$.customer.customerNumber') = ?",
        (new, old),
    )
