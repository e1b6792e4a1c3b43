"""The published schemas and filter lists that the package carries, read once each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


@cache
def schema(name: str) -> dict[str, Any]:
    """A published draft-03 schema by its file name without `.schema.json`.

    Two of the published files carry trailing commas; they are mended on reading.
    """
    folder = resources.files("bulkio.sandbox").joinpath("data", "schemas")
    text = folder.joinpath(f"{name}.schema.json").read_text("utf-8-sig")
    found: dict[str, Any] = json.loads(_TRAILING_COMMA.sub(r"\1", text))
    return found


@cache
def _published_files() -> frozenset[str]:
    return frozenset(file.name for file in resources.files("bulkio.sandbox").joinpath("data", "schemas").iterdir())


def is_published(name: str) -> bool:
    """Whether the package carries a schema of this name."""
    return f"{name}.schema.json" in _published_files()


@dataclass(frozen=True)
class Surface:
    """What a collection may be filtered and sorted by, and of which type each property is."""

    filterable: tuple[str, ...]
    sortable: tuple[str, ...]
    types: dict[str, str]


@cache
def surface(collection: str) -> Surface:
    """The surface of a collection by its path in `data/filters.json` (published lists, corrected by what was seen)."""
    entry = recorded_filters()[collection]
    filterable = _without(entry["schema_filterable"], entry["server_refuses_filter"])
    sortable = _without(entry["schema_sortable"], entry["server_refuses_sort"])
    return Surface(
        filterable + tuple(entry["server_accepts_though_unpublished"]),
        sortable,
        _types(schema(entry["schema"])["properties"]["collection"]["items"]),
    )


@cache
def recorded_filters() -> dict[str, Any]:
    """By each list's path: what is published as filterable and sortable, and what the server was seen to do."""
    text = resources.files("bulkio.sandbox").joinpath("data", "filters.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _without(names: list[str], refused: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in refused)


def _types(part: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, rules in part.get("properties", {}).items():
        found[f"{prefix}{name}"] = "enum" if "enum" in rules else str(rules.get("type", "string"))
        found |= _types(rules, f"{prefix}{name}.")
    return found


@cache
def plain_properties(name: str) -> tuple[str, ...]:
    """The texts, numbers and booleans at the top of a write schema that a caller may set."""
    properties = schema(name)["properties"]
    return tuple(
        key
        for key, rules in properties.items()
        if rules.get("type") in ("string", "number", "boolean") and not rules.get("readOnly")
    )


@cache
def item_properties(name: str) -> frozenset[str]:
    """The properties that the items of a list's schema have."""
    return frozenset(schema(name)["properties"]["collection"]["items"]["properties"])
