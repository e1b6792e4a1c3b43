"""What became of a request: the row's outcome so far, and the record where it is in."""

from __future__ import annotations

from dataclasses import dataclass

from bulkio.economic import Accepted, numbers_of
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Step
from bulkio.upload.exchange import number_in
from bulkio.upload.outcomes import ended
from bulkio.upload.records import Record
from bulkio.upload.voyage import Voyage


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a row stands after a request. `key` names an intent that only a look at the agreement can settle, once the pass is over."""

    outcome: Outcome
    record: Record | None = None
    seconds: float = 0.0
    key: str | None = None


def owner_of(step: Step) -> int | None:
    """The customer whose URL a contact or location hangs under."""
    return step.customer_number if step.kind in {Kind.CONTACTS, Kind.DELIVERY_LOCATIONS} else None


def landed(step: Step, status: Status, answer: Accepted, seconds: float) -> Landing:
    """A row that is in, with the numbers that it got."""
    _, shown = numbers_of(step.kind, answer.body)
    sort_key = shown if owner_of(step) is not None else None
    return Landing(ended(step, status, number_in(step, answer), sort_key), answer.body or step.remote, seconds)


def found_there(voyage: Voyage, step: Step, status: Status, key: str, record: Record, seconds: float) -> Landing:
    """A row whose request was never answered, but whose record the agreement holds: it is in."""
    answer = Accepted(200, record)
    number = number_in(step, answer)
    voyage.journal.found(key, number)
    return landed(step, status, answer, seconds)
