"""Which handler answers which address: a tree over the segments of the path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bulkio.sandbox.calls import Handler

_ANY = ":"


@dataclass(frozen=True)
class Route:
    """One verb at one address; `schema` names the published schema that a body must conform to."""

    method: str
    path: str
    handler: Handler
    schema: str | None = None


@dataclass
class _Node:
    below: dict[str, _Node] = field(default_factory=dict)
    offered: dict[str, Route] = field(default_factory=dict)


class Routes:
    """Finds the routes of an address in as many steps as it has segments."""

    def __init__(self, routes: Iterable[Route], *, case_matters: bool = True) -> None:
        self._top = _Node()
        self._case_matters = case_matters
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        node = self._top
        for part in filter(None, route.path.split("/")):
            node = node.below.setdefault(_ANY if part.startswith(_ANY) else self._spelled(part), _Node())
        node.offered[route.method] = route

    def _spelled(self, part: str) -> str:
        return part if self._case_matters else part.lower()

    def find(self, segments: tuple[str, ...]) -> tuple[dict[str, Route], tuple[str, ...]]:
        """The verbs offered at an address, and the keys in it; no verbs when the address does not exist."""
        node = self._top
        keys: tuple[str, ...] = ()
        for part in segments:
            literal = node.below.get(self._spelled(part))
            following = literal or node.below.get(_ANY)
            if following is None:
                return {}, ()
            keys = keys if literal else (*keys, part)
            node = following
        return node.offered, keys
