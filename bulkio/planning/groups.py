"""Customer groups: their number is the caller's own and names them."""

from __future__ import annotations

from collections.abc import Sequence

from bulkio.model.kind import Kind
from bulkio.model.plan import Action, Step
from bulkio.planning.basis import Basis
from bulkio.planning.identity import Ordinals, by_number
from bulkio.planning.rows import Row
from bulkio.planning.steps import Found, Parent, step_of, without_shared

_KIND = Kind.CUSTOMER_GROUPS


def plan_groups(basis: Basis, rows: Sequence[Row]) -> tuple[Step, ...]:
    """A step for each group of the workbook."""
    ordinals = Ordinals()
    steps = [step_of(basis, row, _found(basis, row, ordinals), Parent(), row.values) for row in rows]
    return without_shared(basis, rows, steps)


def _found(basis: Basis, row: Row, ordinals: Ordinals) -> Found:
    if row.key is None:
        return Found(ordinals.by_content(row))
    return Found(by_number(_KIND, row.key), row.key, basis.agreement.find(_KIND, row.key))


def group_of(basis: Basis, row: Row, groups: dict[int, Step]) -> Parent:
    """The group of a customer's row: on the sheet, or in the agreement by number or by name."""
    step = groups.get(row.parent) if row.parent is not None else None
    if step is not None and step.action not in {Action.REFUSE, Action.SKIP}:
        return Parent(step.number, step.identity if step.action is Action.CREATE else None)
    number = _number_in_agreement(basis, row.values.get("customer_group"))
    if number is not None:
        return Parent(number)
    if step is not None:
        issue = basis.warning(row, "parent_refused", sheet=step.place.sheet, row=step.place.row)
        return Parent(issue=issue, skips=True)
    return Parent(issue=basis.error(row, "unknown_group", "customer_group", options=basis.agreement.group_options()))


def _number_in_agreement(basis: Basis, named: object) -> int | None:
    if isinstance(named, int):
        return named if basis.agreement.find(_KIND, named) is not None else None
    numbers = basis.agreement.group_numbers(str(named)) if named else []
    return numbers[0] if len(numbers) == 1 else None
