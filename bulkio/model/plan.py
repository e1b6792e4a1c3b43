"""What would be done with each row, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.place import Place


class Action(StrEnum):
    """What is to happen to a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Step:
    """One row and what is to happen to it.

    `identity` names the row in the journal and never depends on its position. `number` is the record's number where it is known
    before sending (customers and groups always, after allocation); `customer_number` the owner of a contact or location. `values` are the typed, non-blank
    values by field name, references resolved to numbers; `second_pass` those that need the rest to exist: True for `barred`, and
    for `attention`, `their_reference`, `default_delivery_location` the identity of the step that makes the record meant. What can be said
    at once (a reference to a record that is there, a bar that is lifted) is in `values`. `remote` is the record as the agreement holds it
    (classic host's shape) for an update or unchanged row. `changes` are the fields an update alters. `parent` is the identity of a step of
    this plan that must end well first. `digest` is the fingerprint of the row's content. `issues` say why a row is refused or skipped, and carry its warnings.
    """

    kind: Kind
    place: Place
    action: Action
    identity: str
    number: int | None = None
    customer_number: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    second_pass: Mapping[str, object] = field(default_factory=dict)
    remote: Mapping[str, object] | None = None
    changes: tuple[str, ...] = ()
    parent: str | None = None
    digest: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of the workbook as a step, in sheet order within its kind, kinds in the order they depend on one another."""

    agreement_number: int
    workbook_digest: str
    steps: Mapping[Kind, tuple[Step, ...]]

    def count(self, action: Action, kind: Kind | None = None) -> int:
        """How many rows have this action, in one kind or in all."""
        kinds = self.steps if kind is None else (kind,)
        return sum(step.action is action for one in kinds for step in self.steps.get(one, ()))
