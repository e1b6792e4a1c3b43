"""What names a row in the journal, across runs and whatever its place in the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

from bulkio.entities import ENTITIES, Type
from bulkio.model.kind import Kind
from bulkio.model.known import reference_identity
from bulkio.planning.folding import folded
from bulkio.planning.rows import Row


def by_number(kind: Kind, number: int) -> str:
    """A record's own number or id."""
    return f"{kind}:number:{number}"


def by_reference(reference: str) -> str:
    """A customer's own reference."""
    return reference_identity(reference)


def by_name(customer: int, name: str) -> str:
    """A contact's natural key."""
    return f"{Kind.CONTACTS}:name:{customer}:{folded(name)}"


def by_location_number(customer: int, number: object) -> str:
    """A delivery location's natural key."""
    return f"{Kind.DELIVERY_LOCATIONS}:location_number:{customer}:{number}"


class Ordinals:
    """Counts rows of the same content, since two that are alike are two records."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def by_content(self, row: Row, customer: int | None = None) -> str:
        """The row's content and how many of the same came before it; to be asked once a row."""
        owner = "" if customer is None else f"{customer}:"
        name = f"{row.kind}:content:{owner}{fingerprint(row)}"
        ordinal = self._seen[name]
        self._seen[name] += 1
        return f"{name}:{ordinal}"


def fingerprint(row: Row) -> str:
    """A digest of what the row says of its record, its number, links and second-pass references left out.

    Those are mended most often after a first run, and a row must still be found when only they changed.
    """
    entity = ENTITIES[row.kind]
    left_out = {entity.key, "customer"} | {one.name for one in entity.fields if one.second_pass or not one.api}
    return _digest(row, left_out | _shown(row.kind))


def content_digest(row: Row) -> str:
    """A digest of all that the row says of its record, its number left out."""
    return _digest(row, {ENTITIES[row.kind].key} | _shown(row.kind))


def _shown(kind: Kind) -> set[str]:
    return {one.name for one in ENTITIES[kind].fields if one.type is Type.SHOWN}


def _digest(row: Row, left_out: set[str]) -> str:
    said: Mapping[str, object] = {name: value for name, value in row.values.items() if name not in left_out}
    text = "\x1e".join(f"{name}\x1f{_spelled(said[name])}" for name in sorted(said))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _spelled(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "\x1d".join(map(str, value)) if isinstance(value, tuple) else str(value)
