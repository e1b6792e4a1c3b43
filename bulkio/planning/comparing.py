"""Which fields of a record a row would change; a blank cell changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from bulkio.entities import ENTITIES, Type
from bulkio.model.kind import Kind


def compared_fields(kind: Kind) -> tuple[str, ...]:
    """The fields a row can change: all that are sent, but the number and the owner, which name the record."""
    entity = ENTITIES[kind]
    names = {entity.key, "customer"}
    return tuple(one.name for one in entity.fields if one.api and one.type is not Type.SHOWN and one.name not in names)


def changes(kind: Kind, values: Mapping[str, object], remote: Mapping[str, object]) -> tuple[str, ...]:
    """The fields of `values` that the record's own values do not already say."""
    return tuple(
        name
        for name in compared_fields(kind)
        if name in values and _meant(values[name]) != _meant(remote.get(name, _absent(values[name])))
    )


def _absent(value: object) -> object:
    """What it means that a record lacks a property: the API leaves out booleans that are false, and empty lists."""
    if isinstance(value, bool):
        return False
    return () if isinstance(value, tuple) else None


def _meant(value: object) -> object:
    """The value without what the API and Excel write differently: line ends, outer spaces, the order of a list."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return frozenset(value) if isinstance(value, tuple) else value
