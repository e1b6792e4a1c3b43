"""What a workbook holds and what would happen to it, counted by sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bulkio.model.checked import Checked
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.model.plan import Action, Plan
from bulkio.tui.ports import ImportReport

ACTIONS = (Action.CREATE, Action.UPDATE, Action.UNCHANGED, Action.SKIP, Action.REFUSE)
STATUSES = (
    Status.CREATED,
    Status.UPDATED,
    Status.UNCHANGED,
    Status.SKIPPED,
    Status.REFUSED,
    Status.IN_DOUBT,
    Status.PENDING,
)


@dataclass(frozen=True, slots=True)
class Found:
    """One sheet: its rows, those with a fault, those that only carry a warning, and those a filter hides."""

    sheet: str
    rows: int
    faulty: int
    warned: int
    hidden: int

    @property
    def good(self) -> int:
        """Rows without a fault; a warning does not count as one."""
        return self.rows - self.faulty


@dataclass(frozen=True, slots=True)
class Intended:
    """One sheet: how many rows each action takes."""

    sheet: str
    counts: tuple[int, ...]
    """In the order of `ACTIONS`."""


def found_in(checked: Checked) -> tuple[Found, ...]:
    """What each sheet holds, in the order in which the kinds depend on one another."""
    return tuple(_found(checked, kind) for kind in Kind if kind in checked.workbook.tables)


def _found(checked: Checked, kind: Kind) -> Found:
    table = checked.workbook.tables[kind]
    own = [issue for issue in checked.issues if issue.place.sheet == table.sheet and issue.place.row is not None]
    faulty = {issue.place.row for issue in own if issue.severity is Severity.ERROR}
    warned = {issue.place.row for issue in own if issue.severity is Severity.WARNING}
    return Found(table.sheet, len(table.frame), len(faulty), len(warned - faulty), len(table.hidden))


def intended_by(plan: Plan, checked: Checked) -> tuple[Intended, ...]:
    """What would happen to each sheet's rows."""
    return tuple(
        Intended(checked.workbook.tables[kind].sheet, _actions(plan, kind))
        for kind in Kind
        if kind in checked.workbook.tables
    )


def _actions(plan: Plan, kind: Kind) -> tuple[int, ...]:
    counted = Counter(step.action for step in plan.steps.get(kind, ()))
    return tuple(counted[action] for action in ACTIONS)


def to_send(plan: Plan) -> int:
    """How many rows need a call."""
    return plan.count(Action.CREATE) + plan.count(Action.UPDATE)


def statuses_met(report: ImportReport) -> tuple[Status, ...]:
    """The statuses worth a column: those every reader expects, and the unwelcome ones that occurred."""
    rare = {Status.IN_DOUBT, Status.PENDING}
    return tuple(status for status in STATUSES if status not in rare or report.counts.get(status, 0))
