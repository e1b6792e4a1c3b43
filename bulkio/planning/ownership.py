"""What contacts and delivery locations share: they belong to a customer and have an id of their own."""

from __future__ import annotations

from collections.abc import Mapping

from bulkio.entities import ENTITIES, Type
from bulkio.model.kind import Kind
from bulkio.planning.basis import Basis
from bulkio.planning.existing import Record, customer_of
from bulkio.planning.identity import by_number
from bulkio.planning.rows import Row
from bulkio.planning.steps import Found, Parent


def belongs_to(record: Record, kind: Kind, customer: int) -> bool:
    """Whether the record is that customer's."""
    return customer_of(record, kind) == customer


def by_key(basis: Basis, row: Row, number: int, owner: Parent, unknown: str) -> Found:
    """The record of the id that the row names; `unknown` is the code for an id that the agreement does not have."""
    key = ENTITIES[row.kind].key
    remote = basis.agreement.find(row.kind, number)
    identity = by_number(row.kind, number)
    if remote is None:
        return Found(identity, refusal=basis.error(row, unknown, key))
    if owner.number is not None and not belongs_to(remote, row.kind, owner.number):
        there = customer_of(remote, row.kind)
        return Found(identity, refusal=basis.error(row, "other_customer", "customer", number=number, customer=there))
    return Found(identity, number, remote)


def written_record(basis: Basis, row: Row, customer: int, claims: Mapping[int | None, int]) -> Record | None:
    """The record whose id an earlier results workbook wrote beside this row and no other, if it is that customer's."""
    if row.written is None or claims.get(row.written, 0) != 1:
        return None
    remote = basis.agreement.find(row.kind, row.written)
    return remote if remote is not None and belongs_to(remote, row.kind, customer) else None


def first_pass_values(row: Row) -> Mapping[str, object]:
    """What is sent of a row, its owner aside; columns that are only shown are not."""
    shown = {one.name for one in ENTITIES[row.kind].fields if one.type is Type.SHOWN}
    return {name: value for name, value in row.values.items() if name != "customer" and name not in shown}
