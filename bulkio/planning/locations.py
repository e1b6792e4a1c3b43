"""Delivery locations: named by their id, their number at the customer, or only by what they say.

The API lets two be alike, so rows without a number are matched with the customer's records as a multiset: three rows
that are alike and two records that are alike make one new record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bulkio.model.kind import Kind
from bulkio.model.plan import Step
from bulkio.planning.basis import Basis
from bulkio.planning.customers import owner_of
from bulkio.planning.existing import Record, number_of, property_of
from bulkio.planning.folding import folded
from bulkio.planning.identity import Ordinals, by_location_number
from bulkio.planning.ownership import belongs_to, by_key, first_pass_values, written_record
from bulkio.planning.rows import Row
from bulkio.planning.steps import Found, Parent, step_of, without_shared

_KIND = Kind.DELIVERY_LOCATIONS
_CONTENT = ("address", "postal_code", "city", "country", "terms_of_delivery")


@dataclass(frozen=True, slots=True)
class _Claims:
    """Which records a row has already; rows that name one come first."""

    written: Mapping[int | None, int]
    ordinals: Ordinals = field(default_factory=Ordinals)
    taken: set[int] = field(default_factory=set)

    def take(self, record: Record) -> Record:
        self.taken.add(number_of(record, _KIND))
        return record


def plan_locations(basis: Basis, rows: Sequence[Row], customers: dict[int, Step]) -> tuple[Step, ...]:
    """A step for each delivery location of the workbook."""
    owners = [owner_of(basis, row, customers) for row in rows]
    claims = _Claims(Counter(row.written for row in rows if row.key is None))
    pairs = list(zip(rows, owners, strict=True))
    named = [_named(basis, row, owner, claims) for row, owner in pairs]
    known = [one or _remembered(basis, row, owner, claims) for one, (row, owner) in zip(named, pairs, strict=True)]
    found = [_alike(basis, row, owner, one, claims) for one, (row, owner) in zip(known, pairs, strict=True)]
    steps = [
        step_of(basis, row, one, owner, first_pass_values(row)) for one, (row, owner) in zip(found, pairs, strict=True)
    ]
    return without_shared(basis, rows, steps)


def _named(basis: Basis, row: Row, owner: Parent, claims: _Claims) -> Found | None:
    """By id, by the results workbook's id, or by the number at the customer; None where the row has none of them."""
    if row.key is not None:
        found = by_key(basis, row, row.key, owner, "unknown_location_id")
        return _taken(found, claims)
    if owner.number is None:
        return None
    number = row.values.get("location_number")
    remote = written_record(basis, row, owner.number, claims.written)
    if number is not None:
        return _taken(_numbered(basis, row, owner.number, number, remote), claims)
    if remote is None:
        return None
    return _taken(Found(claims.ordinals.by_content(row, owner.number), number_of(remote, _KIND), remote), claims)


def _taken(found: Found, claims: _Claims) -> Found:
    if found.remote is not None:
        claims.take(found.remote)
    return found


def _numbered(basis: Basis, row: Row, customer: int, number: object, written: Record | None) -> Found:
    identity = by_location_number(customer, number)
    options = [
        one for one in basis.agreement.locations(customer) if property_of(one, _KIND, "location_number") == number
    ]
    if written is not None and (written in options or not options):
        options = [written]
    if len(options) > 1:
        numbers = ", ".join(str(number_of(one, _KIND)) for one in options)
        return Found(identity, refusal=basis.error(row, "several_matches", "location_number", numbers=numbers))
    return Found(identity, number_of(options[0], _KIND), options[0]) if options else Found(identity)


def _remembered(basis: Basis, row: Row, owner: Parent, claims: _Claims) -> Found:
    """The record that an earlier run made of the same content, wherever it has been moved to since."""
    identity = claims.ordinals.by_content(row, owner.number)
    known = basis.known.get(identity)
    remote = basis.agreement.find(_KIND, known.number) if known is not None else None
    if remote is None or owner.number is None or not belongs_to(remote, _KIND, owner.number):
        return Found(identity)
    if number_of(remote, _KIND) in claims.taken:
        return Found(identity)
    return Found(identity, number_of(remote, _KIND), claims.take(remote))


def _alike(basis: Basis, row: Row, owner: Parent, found: Found, claims: _Claims) -> Found:
    """A record of the same content that no other row has, for a row that nothing else names."""
    named = row.key is not None or row.values.get("location_number") is not None
    if named or found.remote is not None or owner.number is None or row.refused:
        return found
    said = tuple(folded(row.values.get(name)) for name in _CONTENT)
    for one in basis.agreement.locations(owner.number):
        if number_of(one, _KIND) not in claims.taken and _content(one) == said:
            return Found(found.identity, number_of(one, _KIND), claims.take(one))
    return found


def _content(record: Record) -> tuple[str, ...]:
    return tuple(folded(property_of(record, _KIND, name)) for name in _CONTENT)
