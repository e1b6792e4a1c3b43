"""A row, and what was found for it, become a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bulkio.model.issue import Issue
from bulkio.model.plan import Action, Step
from bulkio.planning.basis import Basis
from bulkio.planning.comparing import changes
from bulkio.planning.existing import Record
from bulkio.planning.identity import content_digest
from bulkio.planning.rows import Row


@dataclass(frozen=True, slots=True)
class Found:
    """What a row stands for: its identity, the number it has or shall have, and the record where there is one.

    `refusal` says why it cannot be told, `warnings` what the user should know of it.
    """

    identity: str
    number: int | None = None
    remote: Record | None = None
    refusal: Issue | None = None
    warnings: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """What a row hangs on: its number, the identity of the step that must end well first, or why there is none.

    `skips` is true where the parent's own row is refused or skipped, so that the row itself is not at fault.
    """

    number: int | None = None
    identity: str | None = None
    issue: Issue | None = None
    skips: bool = False


def step_of(basis: Basis, row: Row, found: Found, parent: Parent, values: Mapping[str, object]) -> Step:
    """The step of a row. `values` are its first-pass values, references resolved."""
    step = Step(
        kind=row.kind,
        place=row.place,
        action=Action.REFUSE,
        identity=found.identity,
        number=found.number if found.remote is not None else None,
        customer_number=parent.number,
        digest=content_digest(row),
        issues=(*row.issues, *found.warnings),
    )
    if row.refused:
        return step
    if parent.issue is not None and parent.skips:
        return replace(step, action=Action.SKIP, issues=(*step.issues, parent.issue))
    if fault := found.refusal or parent.issue:
        return replace(step, issues=(*step.issues, fault))
    step = replace(step, action=Action.CREATE, number=found.number, values=values, parent=parent.identity)
    return step if found.remote is None else updated(basis, replace(step, remote=found.remote))


def updated(basis: Basis, step: Step) -> Step:
    """The step of a record that is there: an update of the fields that differ, or none."""
    assert step.remote is not None
    altered = changes(step.kind, step.values, basis.to_values(step.kind, step.remote))
    return replace(step, action=Action.UPDATE if altered else Action.UNCHANGED, changes=altered)


def without_shared(basis: Basis, rows: Sequence[Row], steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps, those that would end in the same record refused together: none of them can be said to be the one."""
    owners: dict[object, list[int]] = {}
    for row, step in zip(rows, steps, strict=True):
        if step.action in {Action.CREATE, Action.UPDATE, Action.UNCHANGED}:
            owners.setdefault(step.identity if step.number is None else step.number, []).append(row.number)
    shared = {row: mates for mates in owners.values() if len(mates) > 1 for row in mates}
    return tuple(
        _shared(basis, row, step, shared[row.number]) if row.number in shared else step
        for row, step in zip(rows, steps, strict=True)
    )


def _shared(basis: Basis, row: Row, step: Step, mates: list[int]) -> Step:
    others = ", ".join(str(one) for one in mates if one != row.number)
    issue = basis.error(row, "same_record_twice", number=step.number or "", rows=others)
    return Step(step.kind, step.place, Action.REFUSE, step.identity, issues=(*step.issues, issue))
