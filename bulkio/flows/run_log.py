"""What the events of a run add up to: one outcome a row, and every issue once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkio.model.checked import Checked
from bulkio.model.event import Event, RowSettled, RunEnded, RunStarted
from bulkio.model.issue import Issue
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Plan


class RunLog:
    """What the events of a run add up to."""

    def __init__(self) -> None:
        self.ended: dict[Place, Outcome] = {}
        self.calls: dict[str, int] = {}
        self.stopped = True
        self.fault: Issue | None = None

    def take(self, event: Event) -> None:
        """Remember what an event says for the end."""
        if isinstance(event, RowSettled):
            self.ended[event.outcome.place] = event.outcome
        elif isinstance(event, RunEnded):
            self.calls, self.stopped = dict(event.calls), event.stopped
            if event.fault is not None:
                self.fault = Issue(event.fault, Place(), parameters=event.facts)
        elif isinstance(event, RunStarted):
            self.stopped = True


def one_a_row(planned: Plan, ended: Mapping[Place, Outcome]) -> tuple[Outcome, ...]:
    """The outcome of every planned row, pending where the run did not come to it."""
    return tuple(
        ended.get(step.place)
        or Outcome(kind, step.place, Status.PENDING, step.number if step.remote else None, issues=step.issues)
        for kind, steps in planned.steps.items()
        for step in steps
    )


def all_issues(checked: Checked, outcomes: Sequence[Outcome]) -> tuple[Issue, ...]:
    """The check's issues and the outcomes' own, each once, in sheet and row order as the check gives them."""
    seen = {id(issue) for issue in checked.issues}
    added = [issue for outcome in outcomes for issue in outcome.issues if id(issue) not in seen]
    known = set(map(_key, checked.issues))
    return checked.issues + tuple(issue for issue in added if _key(issue) not in known)


def _key(issue: Issue) -> tuple[object, ...]:
    return issue.code, issue.place, issue.source, issue.value, str(issue.parameters.get("text", ""))
