"""What the page lists: each kind of record with its columns, read straight from the store."""

# ruff: noqa: S608 - names of tables are our own constants; values go as parameters

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bulkio.sandbox.shelves import Body, load

PAGE = 50
_LARGEST = 2**62


@dataclass(frozen=True)
class Column:
    """One column: its heading, how its value is read, whether it is a number or a link to the customer."""

    heading: str
    read: Callable[[Body], Any]
    is_number: bool = False
    opens: str = ""


@dataclass(frozen=True)
class Section:
    """One kind of record; `owner` is its column of the customer's number, where it belongs to one."""

    name: str
    title: str
    single: str
    table: str
    columns: tuple[Column, ...]
    searched: str = "$.name"
    owner: str = ""


@dataclass(frozen=True)
class Rows:
    """One page of a section."""

    total: int
    records: list[tuple[int, Body]]


def _at(*path: str) -> Callable[[Body], Any]:
    def read(body: Body) -> Any:
        value: Any = body
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    return read


def _state(body: Body) -> str | None:
    if body.get("deleted"):
        return "deleted"
    return "barred" if body.get("barred") else None


_CUSTOMER = Column("Customer", _at("customer", "customerNumber"), is_number=True, opens="customers")
_STATE = Column("Status", _state)
_DATED = (Column("Date", _at("date")), Column("Name", _at("recipient", "name")))
_MONEY = (
    Column("Currency", _at("currency")),
    Column("Amount", _at("grossAmount"), is_number=True),
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "customers",
        "Customers",
        "Customer",
        "customers",
        (
            Column("No.", _at("customerNumber"), is_number=True),
            Column("Name", _at("name")),
            Column("Group", _at("customerGroup", "customerGroupNumber"), is_number=True, opens="groups"),
            Column("CVR", _at("corporateIdentificationNumber")),
            Column("Postcode", _at("zip")),
            Column("City", _at("city")),
            Column("Email", _at("email")),
            _STATE,
        ),
    ),
    Section(
        "groups",
        "Customer groups",
        "Customer group",
        "customer_groups",
        (
            Column("No.", _at("customerGroupNumber"), is_number=True),
            Column("Name", _at("name")),
            Column("Account", _at("account", "accountNumber"), is_number=True),
        ),
    ),
    Section(
        "contacts",
        "Contacts",
        "Contact",
        "contacts",
        (
            Column("No.", _at("customerContactNumber"), is_number=True),
            _CUSTOMER,
            Column("Name", _at("name")),
            Column("Email", _at("email")),
            Column("Phone", _at("phone")),
            _STATE,
        ),
        owner="customer",
    ),
    Section(
        "locations",
        "Delivery locations",
        "Delivery location",
        "delivery_locations",
        (
            Column("No.", _at("deliveryLocationNumber"), is_number=True),
            _CUSTOMER,
            Column("Address", _at("address")),
            Column("Postcode", _at("postalCode")),
            Column("City", _at("city")),
            _STATE,
        ),
        searched="$.address",
        owner="customer",
    ),
    Section(
        "drafts",
        "Draft invoices",
        "Draft invoice",
        "drafts",
        (Column("No.", _at("draftInvoiceNumber"), is_number=True), _CUSTOMER, *_DATED, *_MONEY),
        searched="$.recipient.name",
        owner="customer",
    ),
    Section(
        "booked",
        "Booked invoices",
        "Booked invoice",
        "booked",
        (
            Column("No.", _at("bookedInvoiceNumber"), is_number=True),
            _CUSTOMER,
            *_DATED,
            Column("Due", _at("dueDate")),
            *_MONEY,
            Column("Left to pay", _at("remainder"), is_number=True),
        ),
        searched="$.recipient.name",
        owner="customer",
    ),
)
BY_NAME = {section.name: section for section in SECTIONS}


def count(connection: sqlite3.Connection, section: Section) -> int:
    """How many there are."""
    return int(connection.execute(f"SELECT count(*) FROM {section.table}").fetchone()[0])


def page_of(connection: sqlite3.Connection, section: Section, page: int, search: str) -> Rows:
    """One page by number, of those whose name holds the searched text."""
    wanted, values = "1", []
    if search:
        wanted = f"instr(fold(coalesce(json_extract(body, '{section.searched}'), '')), ?)"
        values = [search.casefold()]
    total = connection.execute(f"SELECT count(*) FROM {section.table} WHERE {wanted}", values).fetchone()[0]
    sql = f"SELECT key, body FROM {section.table} WHERE {wanted} ORDER BY key LIMIT ? OFFSET ?"
    found = connection.execute(sql, [*values, PAGE, page * PAGE])
    return Rows(total, [(key, load(body)) for key, body in found])


def of_customer(connection: sqlite3.Connection, section: Section, customer: int) -> list[tuple[int, Body]]:
    """The first records that belong to a customer."""
    sql = f"SELECT key, body FROM {section.table} WHERE {section.owner} = ? ORDER BY key LIMIT ?"
    return [(key, load(body)) for key, body in connection.execute(sql, (customer, PAGE))]


def record_of(connection: sqlite3.Connection, section: Section, key: int) -> tuple[Body, Body] | None:
    """One record: what both hosts know, and what only the newer one does."""
    if not 0 <= key < _LARGEST:
        return None
    more = "more" if section.table in ("customers", "contacts", "delivery_locations") else "NULL"
    row = connection.execute(f"SELECT body, {more} FROM {section.table} WHERE key = ?", (key,)).fetchone()
    return None if row is None else (load(row[0]), load(row[1] or "{}"))
