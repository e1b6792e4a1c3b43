"""What an update would change in a record: each field as the agreement holds it, and as the row has it."""

from __future__ import annotations

from dataclasses import dataclass

from bulkio.economic import to_values
from bulkio.model.plan import Plan, Step


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after; None where the record has no such value."""

    field: str
    before: object
    after: object


def differences(step: Step) -> tuple[Difference, ...]:
    """The fields that a step alters; none but for an update."""
    if step.remote is None:
        return ()
    held = to_values(step.kind, step.remote)
    return tuple(
        Difference(name, held.get(name), step.values.get(name, step.second_pass.get(name))) for name in step.changes
    )


def calls_of(plan: Plan) -> int:
    """How many requests the plan takes at least: one a row that is sent, one more for what needs the rest to exist."""
    sent = [step for steps in plan.steps.values() for step in steps if step.action in {"create", "update"}]
    return len(sent) + sum(bool(step.second_pass) for step in sent)
