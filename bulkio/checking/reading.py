"""Texts become typed values, by the type of their column; each distinct text is read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from bulkio.checking.cells import Cells, Texts
from bulkio.checking.finding import Fault, Finding
from bulkio.checking.numbers import read_amount, read_integer, read_number_cell
from bulkio.checking.words import read_boolean, read_list
from bulkio.entities import Entity, Field, Target, Type
from bulkio.model.table import CellKind

Values = list[object]
Read = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Typed:
    """The typed values by field, None where a cell is blank or faulty, and the faults found on the way.

    A cell that names something (look-ups, customers, contacts) is still its text here.
    """

    values: dict[str, Values]
    findings: list[Finding]


def read_values(cells: Cells, entity: Entity, decimal: str | None) -> Typed:
    """The typed values of a table's cells."""
    values: dict[str, Values] = {}
    findings: list[Finding] = []
    for name, texts in cells.texts.items():
        field = entity.field(name)
        read = _reader(field, decimal)
        if read is None:
            values[name] = list(texts)
            continue
        values[name] = _amounts(texts, cells.kinds[name], read) if field.type is Type.DECIMAL else _column(texts, read)
        findings += _taken_out(values[name], name, cells.rows)
    return Typed(values, findings)


def _reader(field: Field, decimal: str | None) -> Read | None:
    """What turns a text of the column into a value; None where the text is the value, or still has to be looked up."""
    if field.lookup is not None or field.target in {Target.CUSTOMER, Target.CONTACT}:
        return None
    if field.type in {Type.INTEGER, Type.KEY, Type.REFERENCE}:
        return read_integer
    if field.type is Type.DECIMAL:
        return partial(read_amount, decimal=decimal)
    if field.type is Type.BOOLEAN:
        return read_boolean
    if field.type is Type.LIST:
        return partial(read_list, options=field.options)
    return None


def _column(texts: Texts, read: Read) -> Values:
    """The value or `Fault` of each text."""
    meanings: dict[str | None, object] = {text: read(text) for text in set(texts) if text is not None}
    meanings[None] = None
    return [meanings[text] for text in texts]


def _amounts(texts: Texts, kinds: np.ndarray[tuple[int], np.dtype[np.uint8]], read: Read) -> Values:
    """The amounts of a column; in a number cell the point is always the decimal one."""
    numbers = (kinds == CellKind.NUMBER).tolist()
    plain = _column(
        [text if is_number else None for text, is_number in zip(texts, numbers, strict=True)], read_number_cell
    )
    written = _column([None if is_number else text for text, is_number in zip(texts, numbers, strict=True)], read)
    return [one if is_number else other for one, other, is_number in zip(plain, written, numbers, strict=True)]


def _taken_out(values: Values, name: str, rows: list[int]) -> list[Finding]:
    """The faults of a column as findings; their cells are blank from here on."""
    faults = {at: value for at, value in enumerate(values) if isinstance(value, Fault)}
    for at in faults:
        values[at] = None
    return [Finding(rows[at], name, fault.code, fault.parameters) for at, fault in faults.items()]
