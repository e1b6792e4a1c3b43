"""What the agreement holds, and the ways to find a record in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from bulkio.entities import ENTITIES
from bulkio.model.kind import Kind
from bulkio.planning.folding import folded

Record = Mapping[str, object]
_OPTIONS = 5
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Existing:
    """Every record of the four kinds in the agreement, whole, in the classic host's shape."""

    customer_groups: Sequence[Record] = ()
    customers: Sequence[Record] = ()
    contacts: Sequence[Record] = ()
    delivery_locations: Sequence[Record] = ()

    def of(self, kind: Kind) -> Sequence[Record]:
        """The records of one kind."""
        records: Sequence[Record] = getattr(self, kind.value)
        return records


def property_of(record: Record, kind: Kind, field: str) -> object:
    """A record's own value of a field, by the field's path in the API; None where there is none."""
    value: object = record
    for name in ENTITIES[kind].field(field).api.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def number_of(record: Record, kind: Kind) -> int:
    """The record's number, or its id."""
    number = property_of(record, kind, ENTITIES[kind].key)
    assert isinstance(number, int), kind
    return number


def customer_of(record: Record, kind: Kind) -> int | None:
    """The customer that a contact or location belongs to."""
    number = property_of(record, kind, "customer")
    return number if isinstance(number, int) else None


class Agreement:
    """The records of an agreement, indexed once for the plan."""

    def __init__(self, existing: Existing) -> None:
        self._existing = existing
        self._by_number = {kind: {number_of(one, kind): one for one in existing.of(kind)} for kind in Kind}

    def numbers(self, kind: Kind) -> Iterable[int]:
        """All numbers or ids in use."""
        return self._by_number[kind].keys()

    def find(self, kind: Kind, number: int) -> Record | None:
        """The record of that number or id."""
        return self._by_number[kind].get(number)

    def group_numbers(self, name: str) -> list[int]:
        """The groups of that name, whatever the case."""
        return self._groups_by_name.get(folded(name), [])

    def group_options(self) -> str:
        """A few group numbers to choose from, for the words of a fault."""
        return ", ".join(map(str, sorted(self.numbers(Kind.CUSTOMER_GROUPS))[:_OPTIONS])) or _NONE

    def options(self, kind: Kind, customer: int) -> str:
        """A few contacts by name, or locations by number, that the customer has, for the words of a fault."""
        name = "name" if kind is Kind.CONTACTS else "location_number"
        owned = (one for one in self._existing.of(kind) if customer_of(one, kind) == customer)
        return ", ".join(str(property_of(one, kind, name)) for one in islice(owned, _OPTIONS)) or _NONE

    def contacts(self, customer: int, name: str) -> list[Record]:
        """The customer's contacts of that name: those written alike, or else those that differ in case only."""
        found = self._contacts_by_name.get((customer, folded(name)), [])
        return [one for one in found if one.get("name") == name] or found

    def locations(self, customer: int) -> list[Record]:
        """The customer's delivery locations, by id."""
        return self._locations_by_customer.get(customer, [])

    @cached_property
    def _groups_by_name(self) -> Mapping[str, list[int]]:
        index: dict[str, list[int]] = {}
        for one in self._existing.customer_groups:
            index.setdefault(folded(one.get("name")), []).append(number_of(one, Kind.CUSTOMER_GROUPS))
        return index

    @cached_property
    def _contacts_by_name(self) -> Mapping[tuple[int | None, str], list[Record]]:
        index: dict[tuple[int | None, str], list[Record]] = {}
        for one in self._existing.contacts:
            index.setdefault((customer_of(one, Kind.CONTACTS), folded(one.get("name"))), []).append(one)
        return index

    @cached_property
    def _locations_by_customer(self) -> Mapping[int | None, list[Record]]:
        index: dict[int | None, list[Record]] = {}
        kind = Kind.DELIVERY_LOCATIONS
        for one in sorted(self._existing.delivery_locations, key=lambda record: number_of(record, kind)):
            index.setdefault(customer_of(one, kind), []).append(one)
        return index
