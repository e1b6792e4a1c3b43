"""Which row is the header, and which field each of its cells names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bulkio.entities import ENTITIES, Entity, Field
from bulkio.model.kind import Kind
from bulkio.workbook.words import part_by_heading

WINDOW = 20
"""How many rows from the top may hold the header; title lines above it are fine."""

SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")
ENDS = " *:.\u00a0"


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of the header row: its column, its text, and what it names. `written` is a part of an earlier results workbook."""

    column: int
    text: str
    field: str | None
    written: str | None
    language: str | None

    @property
    def unknown(self) -> bool:
        """Whether no field answers to it, nor any of our own results columns."""
        return self.field is None and self.written is None


@dataclass(frozen=True, slots=True)
class Header:
    """The header row. `second` is another row that could be it, or None."""

    row: int
    headings: tuple[Heading, ...]
    second: int | None

    def by_field(self) -> dict[str, Heading]:
        """The first column of each recognised field."""
        found: dict[str, Heading] = {}
        for heading in self.headings:
            if heading.field is not None:
                found.setdefault(heading.field, heading)
        return found


@dataclass(frozen=True, slots=True)
class _Name:
    field: str
    language: str | None


def folded(text: str) -> str:
    """A name for comparing: case, spaces, line breaks and a trailing asterisk, colon or period do not matter."""
    return SPACE.sub(" ", text).strip(ENDS).casefold()


def shown_header(text: str) -> str:
    """A header as it stands in its cell, without asterisk and outer space."""
    return text.strip().strip("*").strip()


@cache
def kind_by_title() -> Mapping[str, Kind]:
    """Every title that a sheet of ours may have."""
    return {folded(title): entity.kind for entity in ENTITIES.values() for title in (entity.sheet_en, entity.sheet_da)}


@cache
def names(kind: Kind) -> Mapping[str, _Name]:
    """Every name a column of this kind may have: both headers, and the API's path, its first and its last part where they name one field only."""
    entity = ENTITIES[kind]
    found = {folded(name): _Name(field, None) for name, field in _api_names(entity).items()}
    for language in ("en", "da"):
        for field in entity.fields:
            name = folded(field.header(language))
            if language == "en" or name not in found or found[name].language is None:
                found[name] = _Name(field.name, language)
    return found


def _api_names(entity: Entity) -> dict[str, str]:
    offered = [(name, field.name) for field in entity.fields for name in _paths(field)]
    counts = Counter(name.casefold() for name, _ in offered)
    return {name: field for name, field in offered if counts[name.casefold()] == 1}


def _paths(field: Field) -> set[str]:
    if not field.api:
        return set()
    parts = field.api.split(".")
    return {field.api, parts[0], parts[-1]}


def find_header(kind: Kind, rows: Iterable[tuple[int, Mapping[int, str]]]) -> Header | None:
    """The row with the most recognised fields among the first rows of a sheet; None where no row qualifies.

    A row qualifies with two recognised fields, or with one where it is the row's only cell. `rows` are row numbers with texts by column.
    """
    candidates = [candidate for row, texts in rows if (candidate := _candidate(kind, row, texts)) is not None]
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: (len(candidate.by_field()), -candidate.row))
    rivals = [one.row for one in candidates if one is not best and _rivals(one, best)]
    return Header(best.row, best.headings, min(rivals, default=None))


def _candidate(kind: Kind, row: int, texts: Mapping[int, str]) -> Header | None:
    headings = tuple(_heading(kind, column, text) for column, text in sorted(texts.items()))
    fields = {heading.field for heading in headings if heading.field is not None}
    foreign = sum(heading.written is None for heading in headings)
    return Header(row, headings, None) if len(fields) >= min(2, foreign) and fields else None


def _rivals(one: Header, best: Header) -> bool:
    """A second row is a rival when most of what it says are names of columns, and it names at least half as many."""
    fields = len(one.by_field())
    return fields >= 2 and 2 * fields >= len(best.by_field()) and 2 * fields >= len(one.headings)


def _heading(kind: Kind, column: int, text: str) -> Heading:
    name = folded(text)
    known = names(kind).get(name)
    written = part_by_heading().get(name)
    if known is None:
        return Heading(column, text, None, written, None)
    return Heading(column, text, known.field, None, known.language)


def language_of(kind: Kind, title: str, header: Header) -> str:
    """The language a sheet is written in: by its headers, and by its title where they do not tell."""
    votes = Counter(heading.language for heading in header.headings if heading.language is not None)
    if votes["da"] != votes["en"]:
        return "da" if votes["da"] > votes["en"] else "en"
    entity = ENTITIES[kind]
    return "da" if folded(title) == folded(entity.sheet_da) != folded(entity.sheet_en) else "en"
