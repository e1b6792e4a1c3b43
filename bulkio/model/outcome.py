"""How a row ended: every row that enters leaves with exactly one of these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.place import Place


class Status(StrEnum):
    """A row's end, or that it has none yet (`pending`)."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row: its status, the number it has in the agreement, and why, where there is a why.

    `number` is the customer's or group's number, the contact's id, the location's id. `sort_key` is the number the web interface
    shows for a contact or location. `issues` are the faults and warnings that belong to the row, the check's and the API's.
    """

    kind: Kind
    place: Place
    status: Status
    number: int | None = None
    sort_key: int | None = None
    issues: tuple[Issue, ...] = ()
