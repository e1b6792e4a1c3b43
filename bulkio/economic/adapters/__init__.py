"""One file a resource: how our values become its body, and its records our values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bulkio.economic.adapters.adapter import Adapter
from bulkio.economic.adapters.contacts import CONTACTS, classic_contact
from bulkio.economic.adapters.customer_groups import CUSTOMER_GROUPS
from bulkio.economic.adapters.customers import CUSTOMERS
from bulkio.economic.adapters.delivery_locations import DELIVERY_LOCATIONS, classic_delivery_location
from bulkio.economic.adapters.payloads import payload_of, values_of
from bulkio.model.kind import Kind

ADAPTERS: Mapping[Kind, Adapter] = MappingProxyType(
    {adapter.kind: adapter for adapter in (CUSTOMER_GROUPS, CUSTOMERS, CONTACTS, DELIVERY_LOCATIONS)}
)
"""Every writable resource of the classic host."""


def to_payload(
    kind: Kind, values: Mapping[str, object], remote: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The classic host's body for these values, laid over the record that is there (`remote`) for a PUT."""
    return payload_of(ADAPTERS[kind], values, remote)


def to_values(kind: Kind, record: Mapping[str, object]) -> dict[str, object]:
    """A record's typed values by field name: the way back from `to_payload`."""
    return values_of(ADAPTERS[kind], record)


def numbers_of(kind: Kind, body: Mapping[str, object]) -> tuple[int | None, int | None]:
    """The number that a created record got, and the number the web interface shows for a contact or location (`sortKey`)."""
    number, shown = body.get(ADAPTERS[kind].number), body.get("sortKey")
    return number if isinstance(number, int) else None, shown if isinstance(shown, int) else None


__all__ = [
    "ADAPTERS",
    "Adapter",
    "classic_contact",
    "classic_delivery_location",
    "numbers_of",
    "to_payload",
    "to_values",
]
