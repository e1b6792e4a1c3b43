"""Writing on this host: numbers, versions, and what the classic host has no property for.

The latter stands in a column of its own (`more`), which the classic host's writes leave alone.
"""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from dataclasses import dataclass

from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room
from bulkio.sandbox.newer.problems import not_there, stale
from bulkio.sandbox.shelves import Body, Shelf, dump, load

PREFIX = ("customersapi", "v3.1.0")


@dataclass(frozen=True)
class Kept:
    """A record as it stands: the classic host's view, what only this host knows, and its version."""

    body: Body
    more: Body
    version: int


def find(room: Room, shelf: Shelf, number: int) -> Kept | None:
    """The record under a number, or None."""
    sql = f"SELECT body, more, version FROM {shelf.table} WHERE key = ?"
    row = room.connection.execute(sql, (number,)).fetchone()
    return None if row is None else Kept(load(row[0]), load(row[1] or "{}"), row[2])


def must_find(room: Room, shelf: Shelf, number: int) -> Kept:
    """The record under a number, or 404."""
    found = find(room, shelf, number)
    if found is None:
        raise not_there()
    return found


def version_text(version: int) -> str:
    """The object version: opaque, another one after each write."""
    return f"{version:016x}"


def in_time(room: Room, kept: Kept) -> None:
    """409 when the body's `objectVersion` is missing or not the record's own (seen live)."""
    if room.payload.get("objectVersion") != version_text(kept.version):
        raise stale()


def add(room: Room, shelf: Shelf, number: int, body: Body, more: Body) -> None:
    """Write a new record; the caller has checked that the number is free."""
    sql = f"INSERT INTO {shelf.table} (key, body, more) VALUES (?, ?, ?)"
    room.connection.execute(sql, (number, dump(body), dump(more)))


def overwrite(room: Room, shelf: Shelf, number: int, body: Body, more: Body) -> None:
    """Replace a record and count its version up."""
    sql = f"UPDATE {shelf.table} SET body = ?, more = ?, version = version + 1 WHERE key = ?"
    room.connection.execute(sql, (dump(body), dump(more), number))


def next_sort_key(room: Room, shelf: Shelf, customer: int) -> int:
    """The number that a user sees, counted within the customer."""
    sql = f"SELECT max(sort_key) FROM {shelf.table} WHERE customer = ?"
    return int(room.connection.execute(sql, (customer,)).fetchone()[0] or 0) + 1


def created(room: Room, path: str, name: str, number: int) -> Answer:
    """201 with the number and nothing else, and the record's address."""
    address = f"{room.links.root}/{'/'.join(PREFIX)}/{path}/{number}"
    return Answer(201, {name: number}, (("Location", address),))
