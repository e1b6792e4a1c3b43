"""What a customer can only be told when the rest exists: its contacts, its default location, and that it is barred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.plan import Action, Step
from bulkio.planning.basis import Basis
from bulkio.planning.comparing import changes
from bulkio.planning.existing import Record, number_of, property_of
from bulkio.planning.folding import folded
from bulkio.planning.rows import Row

_REFERENCES = {"attention": "name", "their_reference": "name", "default_delivery_location": "location_number"}
_UNKNOWN = {
    "attention": "unknown_contact",
    "their_reference": "unknown_contact",
    "default_delivery_location": "unknown_delivery_location",
}


@dataclass(frozen=True, slots=True)
class Children:
    """The steps of the workbook's contacts and locations by their customer and the name or number they go by."""

    steps: Mapping[tuple[Kind, int | None, str], Step]

    @classmethod
    def of(cls, rows: Sequence[Row], steps: Sequence[Step]) -> Children:
        """An index of these steps, refused ones too; those that go in win over those that do not."""
        index: dict[tuple[Kind, int | None, str], Step] = {}
        pairs = sorted(zip(rows, steps, strict=True), key=lambda pair: pair[1].action not in _OUT)
        for row, step in pairs:
            name = row.values.get("name" if row.kind is Kind.CONTACTS else "location_number")
            if name is not None:
                index[row.kind, step.customer_number, folded(name)] = step
        return cls(index)


_OUT = frozenset({Action.REFUSE, Action.SKIP})


def plan_second_pass(basis: Basis, row: Row, step: Step, children: Children) -> Step:
    """The customer's step with its second pass: what is known already goes with the first call, what is not comes after."""
    if step.action in _OUT or step.number is None:
        return step
    wanted, issues = _references(basis, row, step, children)
    if "barred" in row.values:
        wanted["barred"] = row.values["barred"]
    if step.remote is None:
        return _of_new(step, wanted, issues)
    return _of_existing(basis, step, wanted, issues)


def _of_new(step: Step, wanted: dict[str, object], issues: tuple[Issue, ...]) -> Step:
    """A new customer is not barred until it is said."""
    later = {name: value for name, value in wanted.items() if value is not False}
    return replace(step, second_pass=later, issues=(*step.issues, *issues))


def _of_existing(basis: Basis, step: Step, wanted: dict[str, object], issues: tuple[Issue, ...]) -> Step:
    """A bar is lifted in the first call, since a barred customer may refuse locations, and set in the last."""
    assert step.remote is not None
    altered = changes(step.kind, wanted, basis.to_values(step.kind, step.remote))
    later = {name: wanted[name] for name in altered if isinstance(wanted[name], str) or wanted[name] is True}
    now = {name: wanted[name] for name in altered if name not in later}
    action = Action.UPDATE if altered else step.action
    return replace(
        step,
        action=action,
        values={**step.values, **now},
        second_pass=later,
        changes=(*step.changes, *altered),
        issues=(*step.issues, *issues),
    )


def _references(basis: Basis, row: Row, step: Step, children: Children) -> tuple[dict[str, object], tuple[Issue, ...]]:
    """The references as the id of a record that is there, or the identity of the step that makes it."""
    wanted: dict[str, object] = {}
    issues = []
    for name in _REFERENCES:
        if name in row.values:
            target = _target(basis, row, step, name, children)
            if isinstance(target, Issue):
                issues.append(target)
            else:
                wanted[name] = target
    return wanted, tuple(issues)


def _target(basis: Basis, row: Row, step: Step, field: str, children: Children) -> int | str | Issue:
    kind = Kind.DELIVERY_LOCATIONS if field == "default_delivery_location" else Kind.CONTACTS
    named = row.values[field]
    child = children.steps.get((kind, step.number, folded(named)))
    if child is not None and child.action not in _OUT:
        return child.identity if child.number is None else child.number
    there = _records(basis, kind, step.number or 0, named)
    if there:  # also one that the workbook gives another name: the customer's cell may still say the old one
        return number_of(there[0], kind)
    if child is None:
        options = basis.agreement.options(kind, step.number or 0)
        return basis.error(row, _UNKNOWN[field], field, costs_row=False, options=options)
    place = child.place
    return basis.error(row, "reference_to_faulty_row", field, costs_row=False, sheet=place.sheet, row=place.row)


def _records(basis: Basis, kind: Kind, customer: int, named: object) -> Sequence[Record]:
    if kind is Kind.CONTACTS:
        return basis.agreement.contacts(customer, str(named))
    return [one for one in basis.agreement.locations(customer) if property_of(one, kind, "location_number") == named]
