"""Customers: their steps before the second pass, and how the rows below them find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkio.entities import ENTITIES
from bulkio.model.kind import Kind
from bulkio.model.plan import Action, Step
from bulkio.planning.basis import Basis
from bulkio.planning.groups import group_of
from bulkio.planning.identity import by_reference
from bulkio.planning.matching import find_customers
from bulkio.planning.rows import Row, is_number
from bulkio.planning.steps import Found, Parent, step_of, without_shared

_SECOND_PASS = frozenset(one.name for one in ENTITIES[Kind.CUSTOMERS].fields if one.second_pass)


def plan_customers(
    basis: Basis, rows: Sequence[Row], groups: dict[int, Step], allocate_from: int | None
) -> tuple[Step, ...]:
    """A step for each customer of the workbook, its second pass left out."""
    found = find_customers(basis, rows, allocate_from)
    steps = [_step(basis, row, one, group_of(basis, row, groups)) for row, one in zip(rows, found, strict=True)]
    return without_shared(basis, rows, steps)


def _step(basis: Basis, row: Row, found: Found, group: Parent) -> Step:
    """A customer that keeps its group needs none on the sheet: the check has refused a blank one where it is required."""
    needless = found.remote is not None and "customer_group" not in row.values and not row.refused
    parent = Parent() if needless else group
    return step_of(basis, row, found, parent, _values(row, found, parent))


def _values(row: Row, found: Found, group: Parent) -> Mapping[str, object]:
    values = {name: value for name, value in row.values.items() if name not in _SECOND_PASS}
    if found.number is not None:
        values["customer_number"] = found.number
    if group.number is not None:
        values["customer_group"] = group.number
    return values


def owner_of(basis: Basis, row: Row, customers: dict[int, Step]) -> Parent:
    """The customer of a contact's or location's row: on the sheet, in the agreement by number, or by an earlier run's own reference."""
    step = customers.get(row.parent) if row.parent is not None else None
    if step is not None and step.action not in {Action.REFUSE, Action.SKIP}:
        return Parent(step.number, step.identity if step.action is Action.CREATE else None)
    if step is not None and step.number is not None:
        return Parent(step.number)
    if step is not None:
        issue = basis.warning(row, "parent_refused", sheet=step.place.sheet, row=step.place.row)
        return Parent(issue=issue, skips=True)
    number = _in_agreement(basis, str(row.values.get("customer", "")))
    if number is None:
        return Parent(issue=basis.error(row, "unknown_customer", "customer"))
    return Parent(number)


def _in_agreement(basis: Basis, named: str) -> int | None:
    numbers = [int(named)] if is_number(named) else []
    known = basis.known.get(by_reference(named))
    numbers += [known.number] if known is not None else []
    return next((number for number in numbers if basis.agreement.find(Kind.CUSTOMERS, number) is not None), None)
