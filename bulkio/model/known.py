"""What the journal of an agreement knows of a row that an earlier run sent."""

from __future__ import annotations

from dataclasses import dataclass

from bulkio.model.kind import Kind
from bulkio.model.outcome import Status


@dataclass(frozen=True, slots=True)
class KnownRow:
    """The record that a row's identity stood for when it was last sent or found.

    `number` is the record's number, or the one meant for it where `status` is in doubt: then no answer came, and whether the
    record exists only the agreement can tell. `customer_number` is the owner of a contact or location. `digest` is the
    fingerprint of the row's content at that time.
    """

    number: int
    customer_number: int | None
    digest: str
    status: Status


def reference_identity(reference: str) -> str:
    """The identity under which a customer's own reference is known, whatever else names the customer."""
    return f"{Kind.CUSTOMERS}:reference:{reference}"
