"""Contacts: named by their id, or by their customer and name, which the API allows only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bulkio.model.kind import Kind
from bulkio.model.plan import Step
from bulkio.planning.basis import Basis
from bulkio.planning.customers import owner_of
from bulkio.planning.existing import Record, number_of
from bulkio.planning.identity import Ordinals, by_name
from bulkio.planning.ownership import belongs_to, by_key, first_pass_values, written_record
from bulkio.planning.rows import Row
from bulkio.planning.steps import Found, Parent, step_of, without_shared

_KIND = Kind.CONTACTS


def plan_contacts(basis: Basis, rows: Sequence[Row], customers: dict[int, Step]) -> tuple[Step, ...]:
    """A step for each contact of the workbook."""
    ordinals = Ordinals()
    written = Counter(row.written for row in rows if row.key is None)
    owners = [owner_of(basis, row, customers) for row in rows]
    claimed = {row.key for row in rows if row.key is not None}
    steps = [
        step_of(basis, row, _found(basis, row, owner, ordinals, written, claimed), owner, first_pass_values(row))
        for row, owner in zip(rows, owners, strict=True)
    ]
    return without_shared(basis, rows, steps)


def _found(
    basis: Basis, row: Row, owner: Parent, ordinals: Ordinals, written: Mapping[int | None, int], claimed: set[int]
) -> Found:
    if row.key is not None:
        return by_key(basis, row, row.key, owner, "unknown_contact_id")
    name = row.values.get("name")
    if owner.number is None or name is None:
        return Found(ordinals.by_content(row))
    identity = by_name(owner.number, str(name))
    remote = written_record(basis, row, owner.number, written)
    if remote is not None:
        return Found(identity, number_of(remote, _KIND), remote)
    return _named(basis, row, owner.number, identity, claimed)


def _named(basis: Basis, row: Row, customer: int, identity: str, claimed: set[int]) -> Found:
    options = [
        one
        for one in basis.agreement.contacts(customer, str(row.values["name"]))
        if number_of(one, _KIND) not in claimed
    ]
    if len(options) > 1:
        numbers = ", ".join(str(number_of(one, _KIND)) for one in options)
        return Found(identity, refusal=basis.error(row, "several_matches", "name", numbers=numbers))
    if options:
        return Found(identity, number_of(options[0], _KIND), options[0])
    return _renamed_there(basis, identity, customer, claimed)


def _renamed_there(basis: Basis, identity: str, customer: int, claimed: set[int]) -> Found:
    """The contact that an earlier run made of this row, and that has got another name in the agreement since."""
    known = basis.known.get(identity)
    remote: Record | None = basis.agreement.find(_KIND, known.number) if known is not None else None
    if known is None or remote is None or known.number in claimed or not belongs_to(remote, _KIND, customer):
        return Found(identity)
    return Found(identity, known.number, remote)
