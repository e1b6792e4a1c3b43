"""What is published of the customers service: its properties, their limits, and what they are filtered and sorted by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Property:
    """One published property of a schema."""

    name: str
    type: str
    format: str = ""
    required: bool = False
    read_only: bool = False
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    operators: tuple[str, ...] = ()
    sortable: bool = False

    @property
    def written(self) -> str:
        """The name as refusals write it: with a capital (seen live)."""
        return self.name[0].upper() + self.name[1:]


@cache
def properties(schema: str) -> Mapping[str, Property]:
    """The properties of a published schema, in its order."""
    text = resources.files("bulkio.sandbox").joinpath("data", "customersapi-v3.1.0.json").read_text("utf-8")
    return {name: _property(name, facts) for name, facts in json.loads(text)["schemas"][schema].items()}


def _property(name: str, facts: Mapping[str, Any]) -> Property:
    return Property(
        name,
        facts["type"],
        facts.get("format", ""),
        facts.get("required", False),
        facts.get("readOnly", False),
        facts.get("minimum"),
        facts.get("maximum"),
        facts.get("maxLength"),
        tuple(facts.get("operators", ())),
        facts.get("sortable", False),
    )
