"""The API's names for properties become the entity's fields, whatever their case and whichever host speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from bulkio.economic.adapters import ADAPTERS
from bulkio.entities import Field
from bulkio.model.kind import Kind


def field_of(kind: Kind | None, *names: str) -> str | None:
    """The field that the first known of these names means; a name is a dotted path or a part of one."""
    if kind is None:
        return None
    index = _index(kind)
    return next((index[part] for name in names for part in _parts(name) if part in index), None)


def field_of_code(kind: Kind | None, code: str) -> str | None:
    """The field that an error code means by itself, such as the number for `E06010`."""
    return None if kind is None else ADAPTERS[kind].codes.get(code)


def _parts(name: str) -> Iterable[str]:
    """The path itself, then each beginning of it from long to short, then each part: the most telling first."""
    parts = name.casefold().strip().strip(".").split(".")
    yield from (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    yield from reversed(parts)


@cache
def _index(kind: Kind) -> Mapping[str, str]:
    """Every name a field goes by; a part that two fields share (`customerContactNumber`) names neither."""
    adapter = ADAPTERS[kind]
    index = dict(adapter.newer)
    for part, owners in _owners(adapter.fields).items():
        if len(owners) == 1:
            index[part] = owners[0]
    return index | {one.api.casefold(): one.name for one in adapter.fields}


def _owners(fields: Iterable[Field]) -> Mapping[str, list[str]]:
    owners: dict[str, list[str]] = {}
    for one in fields:
        for part in one.api.casefold().split("."):
            owners.setdefault(part, []).append(one.name)
    return owners
