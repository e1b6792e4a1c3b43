"""Looking at the agreement instead of asking again: whether a record that no answer spoke of is there, and is ours."""

from __future__ import annotations

from collections.abc import Mapping

from bulkio.economic import numbers_of, to_values
from bulkio.errors import BulkioError
from bulkio.model.kind import Kind
from bulkio.model.plan import Step
from bulkio.planning import changes
from bulkio.upload.voyage import Voyage

Record = Mapping[str, object]


async def read_back(voyage: Voyage, step: Step, claimed: set[int] | None = None) -> Record | None:
    """The step's record as the agreement holds it, if it is there and says what the step says; None where not, or where nobody answers.

    A delivery location has no name: it is the customer's one of this content that no other row has (`claimed`).
    """
    try:
        found = await _find(voyage, step, claimed or set())
    except BulkioError:  # nobody answers: the row stays in doubt, and the next run looks again
        return None
    return found if found is not None and says(found, step) else None


def says(record: Record, step: Step) -> bool:
    """Whether the record holds every value of the step's first pass."""
    return not changes(step.kind, step.values, to_values(step.kind, record))


async def _find(voyage: Voyage, step: Step, claimed: set[int]) -> Record | None:
    if step.number is not None:
        return await voyage.api.record(step.kind, step.number, step.customer_number if step.kind in _OWNED else None)
    for record in await _siblings(voyage, step):
        number, _ = numbers_of(step.kind, record)
        if number not in claimed and says(record, step) and _same_content(record, step):
            return record
    return None


_OWNED = frozenset({Kind.CONTACTS, Kind.DELIVERY_LOCATIONS})


async def _siblings(voyage: Voyage, step: Step) -> list[Record]:
    name = "contacts" if step.kind is Kind.CONTACTS else "delivery-locations"
    body = await voyage.api.read(f"/customers/{step.customer_number}/{name}?pagesize=1000")
    listed = body.get("collection") if body is not None else None
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def _same_content(record: Record, step: Step) -> bool:
    """Whether the record holds nothing that the step does not say; a location is nothing but its content."""
    if step.kind is not Kind.DELIVERY_LOCATIONS:
        return True
    held = to_values(step.kind, record)
    names = ("address", "postal_code", "city", "country", "terms_of_delivery")
    return all(name in step.values for name in names if name in held)
