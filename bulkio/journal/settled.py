"""A row's end as the journal keeps it, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import RowMapping

from bulkio.journal.intent import State
from bulkio.model.issue import Issue, Severity, Source
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Action


@dataclass(frozen=True, slots=True)
class Settled:
    """A row's outcome with what later runs need to find the row again."""

    outcome: Outcome
    identity: str
    customer_number: int | None = None
    reference: str | None = None
    digest: str = ""


def to_row(run: str, agreement: int, settled: Settled, settled_at: float) -> dict[str, object]:
    """The columns of table `rows`."""
    outcome = settled.outcome
    return {
        "run": run,
        "agreement": agreement,
        "identity": settled.identity,
        "kind": outcome.kind.value,
        "sheet": outcome.place.sheet or "",
        "sheet_row": outcome.place.row or 0,
        "status": outcome.status.value,
        "number": outcome.number,
        "customer_number": settled.customer_number,
        "sort_key": outcome.sort_key,
        "reference": settled.reference,
        "digest": settled.digest,
        "issues": json.dumps([_issue_to_json(issue) for issue in outcome.issues]) if outcome.issues else None,
        "settled_at": settled_at,
    }


def to_outcome(row: RowMapping) -> Outcome:
    """The outcome that a row of table `rows` keeps."""
    return Outcome(
        kind=Kind(row["kind"]),
        place=Place(row["sheet"], row["sheet_row"]),
        status=Status(row["status"]),
        number=row["number"],
        sort_key=row["sort_key"],
        issues=tuple(_issue_from_json(one) for one in json.loads(row["issues"] or "[]")),
    )


def outcome_of_request(row: RowMapping) -> Outcome:
    """What a request tells of its row where the run broke off before it told."""
    state, action = State(row["state"]), Action(row["action"])
    status = Status.PENDING
    if state is State.ACCEPTED:
        status = Status.CREATED if action is Action.CREATE else Status.UPDATED
    elif state is State.SENT:
        status = Status.IN_DOUBT
    number = row["number"] if status is not Status.PENDING else None
    return Outcome(Kind(row["kind"]), Place(row["sheet"], row["sheet_row"]), status, number)


def in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """By kind and row."""
    order = list(Kind)
    return tuple(sorted(outcomes, key=lambda one: (order.index(one.kind), one.place.row or 0)))


def _issue_to_json(issue: Issue) -> dict[str, object]:
    place = issue.place
    return {
        "code": issue.code,
        "place": [place.sheet, place.row, place.column, place.letter],
        "severity": issue.severity.value,
        "source": issue.source.value,
        "value": issue.value,
        "field": issue.field,
        "costs_row": issue.costs_row,
        "parameters": {name: _plain(value) for name, value in issue.parameters.items()},
    }


def _issue_from_json(kept: Mapping[str, Any]) -> Issue:
    return Issue(
        code=kept["code"],
        place=Place(*kept["place"]),
        severity=Severity(kept["severity"]),
        source=Source(kept["source"]),
        value=kept["value"],
        field=kept["field"],
        costs_row=kept["costs_row"],
        parameters=kept["parameters"],
    )


def _plain(value: object) -> object:
    """What JSON can hold; the words only ever need the text of anything else."""
    return value if value is None or isinstance(value, str | int | bool) else str(value)
