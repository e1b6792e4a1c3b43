"""A request as the twin's rooms see it, and the room they work in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.links import Links


@dataclass(frozen=True)
class Call:
    """One HTTP request, nothing of it interpreted yet."""

    method: str
    root: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    raw_query: str
    headers: Mapping[str, str]
    body: bytes
    path_end: str = ""
    """What the caller wrote after the last segment, a slash or nothing; links of a list repeat it."""

    def parameter(self, name: str) -> str | None:
        """A query parameter, whatever the case of its name."""
        return next((value for key, value in self.query if key.lower() == name), None)

    @property
    def address(self) -> str:
        """Path and query as they were asked for."""
        return f"/{'/'.join(self.segments)}" + (f"?{self.raw_query}" if self.raw_query else "")

    @property
    def target(self) -> str:
        """What an idempotency key is bound to: verb, path and query."""
        return f"{self.method} /{'/'.join(self.segments)}?{self.raw_query}"


@dataclass(frozen=True)
class Room:
    """What a handler has at hand: the open transaction, the links, the parsed body."""

    connection: sqlite3.Connection
    call: Call
    links: Links
    language: str
    today: date
    payload: Any = None

    def faults(self) -> Faults:
        """A fresh list of faults in the agreement's language."""
        return Faults(self.language)


Handler = Callable[..., Answer]


def whole_number(text: str) -> int:
    """The number in a path; anything else is an address that does not exist."""
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise not_found()
    return int(text)
