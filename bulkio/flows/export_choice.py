"""What an export is asked for: which parts, which columns, narrowed how, over which period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bulkio.entities import ENTITIES
from bulkio.errors import Misuse
from bulkio.language import Language, translate
from bulkio.model.kind import Kind


class Part(StrEnum):
    """One listing of an export; the first four are what an import takes."""

    CUSTOMER_GROUPS = "customer_groups"
    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    DELIVERY_LOCATIONS = "delivery_locations"
    BOOKED_INVOICES = "booked_invoices"
    DRAFT_INVOICES = "draft_invoices"
    LOOKUPS = "lookups"

    @property
    def kind(self) -> Kind | None:
        """The kind of record that an import could take from it."""
        return Kind(self.value) if self.value in set(Kind) else None

    def sheet(self, language: Language) -> str:
        """The sheet's title."""
        if self.kind is not None:
            return ENTITIES[self.kind].sheet(language)
        return translate(_TITLES[self], language)


_TITLES = {Part.BOOKED_INVOICES: "Booked invoices", Part.DRAFT_INVOICES: "Draft invoices", Part.LOOKUPS: "Look-ups"}
UPDATED = frozenset({Part.CUSTOMERS, Part.CONTACTS, Part.DELIVERY_LOCATIONS})
"""The parts that know when each record was last changed (`lastUpdated`); the rest is never left out for its age."""
OF_CUSTOMERS = frozenset({Part.CONTACTS, Part.DELIVERY_LOCATIONS, Part.BOOKED_INVOICES, Part.DRAFT_INVOICES})
"""The parts that follow their customers where those are filtered."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of what is exported, both included; None leaves that end open. Raises `Misuse` where it ends before it begins."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise Misuse("period_reversed", first=self.first.isoformat(), last=self.last.isoformat())


@dataclass(frozen=True, slots=True)
class Choice:
    """Which parts, in the order of the sheets; `fields` are the columns kept, all where empty; `filters` are in the API's own language."""

    period: Period = field(default_factory=Period)
    parts: tuple[Part, ...] = tuple(Part)
    fields: frozenset[str] = frozenset()
    filters: Mapping[Part, str] = field(default_factory=dict)
    since: date | None = None

    def condition(self, part: Part) -> str:
        """What one part is narrowed by, beside the period."""
        asked = self.filters.get(part, "")
        if self.since is None or part not in UPDATED:
            return asked
        changed = f"lastUpdated$gte:{self.since.isoformat()}"
        return f"({asked})$and:{changed}" if asked else changed


def parts_named(words: Iterable[str]) -> tuple[Part, ...]:
    """The parts of these names, in the sheets' order; all where there are none. Raises `Misuse`."""
    asked = {_part(word) for word in words if word.strip()}
    return tuple(part for part in Part if part in asked) or tuple(Part)


def filters_named(texts: Iterable[str]) -> Mapping[Part, str]:
    """Filters as they are typed, `PART=FILTER` or one for the customers. Raises `Misuse` for two of one part, or one of the look-ups."""
    filters: dict[Part, str] = {}
    for text in texts:
        named, _, rest = text.partition("=")
        part = _found(named) if rest else None
        part, condition = (Part.CUSTOMERS, text) if part is None else (part, rest)
        if part is Part.LOOKUPS:
            raise Misuse("no_filter_of_lookups")
        if part in filters:
            raise Misuse("filter_twice", part=part.value)
        filters[part] = condition.strip()
    return filters


def fields_named(words: Iterable[str], parts: Iterable[Part]) -> frozenset[str]:
    """The fields that these headers or field names mean on any of the parts' sheets. Raises `Misuse` for one that none has."""
    kinds = [part.kind for part in parts if part.kind is not None]
    known = {
        _folded(name): one.name
        for kind in kinds
        for one in ENTITIES[kind].fields
        for name in (one.name, one.header_en, one.header_da)
    }
    found = set()
    for word in filter(str.strip, words):
        if _folded(word) not in known:
            raise Misuse("unknown_export_column", word=word.strip(), known=", ".join(dict.fromkeys(known.values())))
        found.add(known[_folded(word)])
    return frozenset(found)


def _part(word: str) -> Part:
    part = _found(word)
    if part is None:
        raise Misuse("unknown_part", word=word.strip(), known=", ".join(Part))
    return part


def _found(word: str) -> Part | None:
    asked = _folded(word)
    return next((part for part in Part if asked in _names(part)), None)


def _names(part: Part) -> set[str]:
    return {_folded(part.value), *(_folded(part.sheet(language)) for language in Language)}


def _folded(word: str) -> str:
    return word.casefold().replace("-", " ").replace("_", " ").strip(" .")
