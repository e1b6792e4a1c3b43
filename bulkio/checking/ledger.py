"""The coercion ledger: every cell that is sent otherwise than it stands, column by column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from bulkio.checking.cells import Texts
from bulkio.checking.draft import Draft
from bulkio.entities import Field, Type
from bulkio.model.coercion import Change, Coercion, CoercionKind
from bulkio.model.place import Place

Rows = dict[tuple[str, str], list[int]]


def coercions(table: Draft) -> Iterator[Coercion]:
    """What the columns of a table send otherwise than shown; cells with an error send nothing and are not listed."""
    for column in table.table.columns:
        field = table.entity.field(column.field)
        if field.type is Type.SHOWN:
            continue
        place = Place(table.table.sheet, None, column.header, column.letter)
        shown = table.table.frame[field.name].tolist()
        found = {CoercionKind.SPACES: _trimmed(table, shown, field.name)}
        if field.type is not Type.TEXT or field.lookup is not None:
            found[_reason(field)] = _respelled(table, field.name)
        for kind, rows in found.items():
            if rows:
                changes = tuple(Change(one, other, tuple(numbers)) for (one, other), numbers in rows.items())
                yield Coercion(place, field.name, kind, changes)


def _reason(field: Field) -> CoercionKind:
    if field.lookup is not None:
        return CoercionKind.LOOKUP
    return CoercionKind.WORD if field.type in {Type.BOOLEAN, Type.LIST} else CoercionKind.NUMBER


def _trimmed(table: Draft, shown: Texts, name: str) -> Rows:
    """Texts that lost space at their ends; a text without any is the same object after trimming."""
    changed: Rows = defaultdict(list)
    values = table.values[name]
    if shown == table.cells.shown[name]:
        return changed
    for at, (text, trimmed) in enumerate(zip(shown, table.cells.shown[name], strict=True)):
        if text is not trimmed and text != trimmed and text and trimmed and values[at] is not None:
            changed[text, trimmed].append(table.cells.rows[at])
    return changed


def _respelled(table: Draft, name: str) -> Rows:
    """Texts that became something else; each distinct text is looked at once, since one column reads it in one way."""
    texts, values = table.cells.texts[name], table.values[name]
    meaning = dict(zip(texts, values, strict=True))
    lost = {text for text, value in meaning.items() if value is None}
    if lost:  # a text may have lost its value in one row and kept it in another
        meaning |= {
            text: value for text, value in zip(texts, values, strict=True) if text in lost and value is not None
        }
    differing = {
        text: value
        for text, value in meaning.items()
        if text is not None and value is not None and not (type(value) is int and str(value) == text)
    }
    changing = {text: sent for text, value in differing.items() if (sent := as_sent(value)) != text}
    changed: Rows = defaultdict(list)
    if changing:
        for row, text, value in zip(table.cells.rows, texts, values, strict=True):
            if text in changing and value is not None and text is not None:
                changed[text, changing[text]].append(row)
    return changed


def as_sent(value: object) -> str:
    """A value as it stands in the request, for people to read."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
