"""Contacts and delivery locations of one customer must be told apart: by name, by location number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bulkio.checking.customers import Owner
from bulkio.checking.directory import folded, number_key
from bulkio.checking.draft import Draft
from bulkio.checking.failures import listed
from bulkio.checking.finding import Finding

Siblings = Mapping[tuple[Owner, str], list[int]]
"""The rows of each natural key: the customer, and the name or location number within it."""


def siblings(table: Draft, field: str, owners: Mapping[int, Owner]) -> Siblings:
    """The rows of a table by customer and natural key, faulty ones included; without regard to case."""
    rows = defaultdict(list)
    key = folded if field == "name" else number_key
    for row, text in zip(table.cells.rows, table.cells.shown.get(field, []), strict=False):
        if text is not None and row in owners:
            rows[one_owner(owners[row]), key(text)].append(row)
    return dict(rows)


def one_owner(owner: Owner) -> Owner:
    """The owner without the way it was named, so that number and own reference of one customer are one."""
    return Owner(owner.row) if owner.row is not None else Owner(None, owner.number)


def refuse_twins(table: Draft, field: str, rows: Siblings) -> None:
    """Report rows that share customer and natural key, unless each has its id: then the agreement tells them apart."""
    table.add(list(_twins(table, field, rows)))


def _twins(table: Draft, field: str, rows: Siblings) -> Iterator[Finding]:
    ids = table.column(table.entity.key)
    for shared in rows.values():
        if len(shared) > 1 and any(ids[table.positions[row]] is None for row in shared):
            for row in shared:
                yield Finding(row, field, "duplicate", {"rows": listed(shared)})
