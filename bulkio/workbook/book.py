"""A file of any kind that holds tables: its pages by title, each scanned when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bulkio.model.issue import Issue
from bulkio.workbook.scan import Scanned


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its title, and how its cells are fetched."""

    title: str
    scan: Callable[[], Scanned]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The pages of a file in their order; `digest` is the SHA-256 of its bytes. `issues` tell how it was read, where that is not certain."""

    digest: str
    pages: tuple[Page, ...]
    issues: tuple[Issue, ...] = ()
