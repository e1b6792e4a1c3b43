"""Requests: what is sent, as bytes that a replay repeats exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulkio.economic.adapters import ADAPTERS, to_payload
from bulkio.economic.bodies import content_of
from bulkio.model.kind import Kind


@dataclass(frozen=True, slots=True)
class Request:
    """One call that writes: `path` below the classic host, the body's exact bytes, and its idempotency key."""

    method: str
    path: str
    body: bytes
    key: str

    @property
    def kind(self) -> Kind | None:
        """The kind of record that the path names."""
        parts = self.path.partition("?")[0].strip("/").split("/")
        name = parts[2] if len(parts) > 2 and parts[0] == "customers" else parts[0]
        return next((kind for kind, adapter in ADAPTERS.items() if adapter.collection == name), None)


def collection_path(kind: Kind, customer_number: int | None = None) -> str:
    """Where records of a kind are posted; contacts and delivery locations below their customer."""
    adapter = ADAPTERS[kind]
    if not adapter.below_customer:
        return f"/{adapter.collection}"
    if customer_number is None:
        raise ValueError(kind)
    return f"/customers/{customer_number}/{adapter.collection}"


def create_request(kind: Kind, values: Mapping[str, object], customer_number: int | None, key: str) -> Request:
    """The POST that creates a record. A contact or location names its customer in path and body."""
    owner = {} if customer_number is None else {"customer": customer_number}
    payload = to_payload(kind, {**values, **owner} if ADAPTERS[kind].below_customer else values)
    return Request("POST", collection_path(kind, customer_number), content_of(payload), key)


def delete_request(kind: Kind, number: int, customer_number: int | None) -> Request:
    """The DELETE of a record; its key is filled in when it is sent."""
    return Request("DELETE", f"{collection_path(kind, customer_number)}/{number}", b"", "")


def replace_request(
    kind: Kind, number: int, customer_number: int | None, payload: Mapping[str, object], key: str
) -> Request:
    """The PUT that replaces a record by a whole payload; what the payload leaves out is cleared."""
    adapter = ADAPTERS[kind]
    whole = {adapter.number: number, **payload} if adapter.number_in_replace else dict(payload)
    return Request("PUT", f"{collection_path(kind, customer_number)}/{number}", content_of(whole), key)
