"""What is particular to one kind of record on the classic host: data, and the two ways over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkio.entities import ENTITIES, Field, Type
from bulkio.model.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """One resource of the classic host.

    `collection` is its name in the URL, `number` the property that numbers a record, `below_customer` whether it hangs
    under one. `number_in_replace` says that a PUT must repeat the number in its body. `unsent` are fields that a body never
    carries, `read_only` the properties that a record has but a body must not. `references` are nested objects
    with the one property of each that a body needs. `newer` are the newer host's own names for fields, in lower
    case. `codes` are error codes that mean a field without naming it.
    """

    kind: Kind
    collection: str
    number: str
    below_customer: bool = False
    number_in_replace: bool = False
    unsent: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()
    references: Mapping[str, str]
    newer: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The entity's fields that have a property in the API."""
        return tuple(one for one in ENTITIES[self.kind].fields if one.api)

    def sends(self, one: Field) -> bool:
        """Whether a body may carry this field."""
        return one.type is not Type.SHOWN and one.name not in self.unsent
