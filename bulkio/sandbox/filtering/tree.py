"""A filter as a tree, and the fault that a bad one is."""

from __future__ import annotations

from dataclasses import dataclass


class BadFilter(Exception):
    """A filter that cannot be followed; the message is the sentence for the answer."""


class NotAllowed(BadFilter):
    """A filter on a property that the collection does not offer."""


@dataclass(frozen=True)
class Text:
    """A value: its characters, and which of them were escaped (an escaped `*` is no wildcard)."""

    characters: str
    escaped: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Null:
    """The value `$null:`."""


Value = Text | Null | tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """One property against one value."""

    name: str
    operator: str
    value: Value


@dataclass(frozen=True)
class Joined:
    """Two filters joined by `and` or `or`."""

    word: str
    left: Filter
    right: Filter


Filter = Comparison | Joined
