"""Cells as stored become trimmed texts; what no rule could read is told before any rule looks.

Trimming takes spaces, no-break spaces and the zero-width characters that copying from web pages and systems leaves at the ends;
a cell with nothing else is blank. Inside a text they stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from bulkio.checking.finding import Fault, Finding
from bulkio.entities import Entity, Field, Type
from bulkio.model.table import CellKind, Table

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e"
SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + ZERO_WIDTH

MARK = re.compile(r"[eE]\+[0-9]")
SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+[0-9]{1,3}")
"""What Excel shows of a long number in a narrow or General cell, once it is copied as text."""
KEPT_DIGITS = 15

Texts = list[str | None]


@dataclass(frozen=True, slots=True)
class Cells:
    """A table's trimmed texts by field, with what its cells store, and the findings about cells that cannot be read.

    `shown` keeps the trimmed text of every cell, also of those that `texts` blanks because of a fault.
    """

    rows: list[int]
    shown: dict[str, Texts]
    texts: dict[str, Texts]
    kinds: dict[str, np.ndarray[tuple[int], np.dtype[np.uint8]]]
    findings: list[Finding]


def read_cells(table: Table, entity: Entity) -> Cells:
    """The trimmed cells of a table, column by column."""
    rows = [int(row) for row in table.frame.index]
    shown: dict[str, Texts] = {}
    texts: dict[str, Texts] = {}
    kinds = {}
    findings: list[Finding] = []
    for column in table.columns:
        field = entity.field(column.field)
        kinds[field.name] = table.kinds[field.name].to_numpy(dtype=np.uint8)
        shown[field.name] = trimmed(table.frame[field.name].tolist())
        faults = _unreadable(field, shown[field.name], kinds[field.name])
        texts[field.name] = _without(shown[field.name], faults)
        findings += [Finding(rows[at], field.name, fault.code, fault.parameters) for at, fault in faults.items()]
    return Cells(rows, shown, texts, kinds, findings)


def trimmed(column: Texts) -> Texts:
    """The texts of a column without space at their ends; None where nothing is left."""
    return [None if text is None else text.strip(SPACE) or None for text in column]


def _without(texts: Texts, faults: dict[int, Fault]) -> Texts:
    """The texts with the faulty cells blanked; the same list where there are none."""
    lost = [at for at, fault in faults.items() if fault.code != "date_in_text"]
    if not lost:
        return texts
    kept = list(texts)
    for at in lost:
        kept[at] = None
    return kept


def _unreadable(field: Field, texts: Texts, kinds: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> dict[int, Fault]:
    """Faults by position of the cells that hold no usable value, whatever the rules say."""
    if field.type is Type.SHOWN:
        return {}
    faults = _odd_cells(field, texts, kinds)
    if field.type in {Type.TEXT, Type.KEY, Type.INTEGER}:
        faults |= _damaged_numbers(field, texts, kinds)
    return faults


def _odd_cells(field: Field, texts: Texts, kinds: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> dict[int, Fault]:
    """Error values, formulas without a result, and dates where an identifier belongs."""
    faults = {}
    for at in np.flatnonzero(kinds >= CellKind.DATE).tolist():
        kind = kinds[at]
        if kind == CellKind.ERROR:
            faults[at] = Fault("error_cell")
        elif kind == CellKind.UNCALCULATED:
            faults[at] = Fault("uncalculated_formula")
        elif field.as_text and texts[at] is not None:
            faults[at] = Fault("date_in_text")
    return faults


def _damaged_numbers(field: Field, texts: Texts, kinds: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> dict[int, Fault]:
    """Numbers that Excel has cut to 15 digits, and texts that are what it showed of a long number."""
    numbers = np.flatnonzero(kinds == CellKind.NUMBER).tolist()
    faults = {at: Fault("digits_lost", {"limit": KEPT_DIGITS}) for at in numbers if _is_too_long(texts[at] or "")}
    if field.as_text and MARK.search("\n".join(filter(None, texts))):
        for at, text in enumerate(texts):
            if at not in faults and text is not None and SCIENTIFIC.fullmatch(text):
                faults[at] = Fault("scientific_number")
    return faults


def _is_too_long(text: str) -> bool:
    """Whether a number's whole part has more than the digits Excel keeps; `1E+20` may stand for them all."""
    if len(text) <= KEPT_DIGITS and "E" not in text:
        return False
    try:
        return abs(float(text)) >= float(10**KEPT_DIGITS)
    except ValueError:
        return False
