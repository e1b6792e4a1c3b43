"""What is about to be sent for one row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.plan import Action


class State(StrEnum):
    """What is known of a request."""

    SENT = "sent"
    """It may have left; no answer is known. The one open state."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """It certainly had no effect: never sent, or turned away by the pace limit."""
    RECONCILED = "reconciled"
    """No answer came, and the agreement was looked at instead."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One request for one row, with the exact bytes, so that a replay can be the same.

    `key` is the idempotency key and names the intent. `number` is the record's number where it is chosen before sending.
    `reference` is the row's own reference, under which other rows may ask for it later. `digest` is the fingerprint of the
    row's content. `posted_at` is seconds since 1970, UTC. `before` is the record that a replacement takes the place of, as JSON.
    Tokens are never part of it.
    """

    run: str
    agreement: int
    identity: str
    kind: Kind
    place: Place
    action: Action
    method: str
    path: str
    body: bytes
    key: str
    posted_at: float
    number: int | None = None
    customer_number: int | None = None
    reference: str | None = None
    digest: str = ""
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class OpenIntent:
    """A request without a known answer, left by a run that was killed, cut off or stopped."""

    key: str
    run: str
    identity: str
    kind: Kind
    action: Action
    method: str
    path: str
    body: bytes
    posted_at: float
    number: int | None
    customer_number: int | None


@dataclass(frozen=True, slots=True)
class DoneRequest:
    """A request that the agreement accepted: what it was about, what stood there before, and what the answer says stands there since."""

    identity: str
    kind: Kind
    place: Place
    action: Action
    number: int
    customer_number: int | None
    body: bytes
    before: bytes | None
    answer: bytes | None


def intent_row(intent: Intent) -> dict[str, object]:
    """The columns of table `intents`."""
    return {
        "key": intent.key,
        "run": intent.run,
        "agreement": intent.agreement,
        "identity": intent.identity,
        "kind": intent.kind.value,
        "sheet": intent.place.sheet or "",
        "sheet_row": intent.place.row or 0,
        "action": intent.action.value,
        "method": intent.method,
        "path": intent.path,
        "body": intent.body,
        "number": intent.number,
        "customer_number": intent.customer_number,
        "reference": intent.reference,
        "digest": intent.digest,
        "posted_at": intent.posted_at,
        "state": State.SENT.value,
        "before": intent.before,
    }
