"""A workbook with corrections in it, in memory: what reading the corrected file would give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from bulkio.entities import ENTITIES
from bulkio.model.correction import Correction
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind, Table, Workbook

PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?")
"""A number that Excel stores and a General cell shows exactly as it is written here."""

HANGING = (Kind.CONTACTS, Kind.DELIVERY_LOCATIONS)


def with_corrections(workbook: Workbook, corrections: Iterable[Correction]) -> Workbook:
    """The workbook with these cells exchanged; tables without corrections are shared, not copied."""
    by_kind: dict[Kind, list[Correction]] = {}
    for one in corrections:
        by_kind.setdefault(one.kind, []).append(one)
    corrected = {kind: _corrected(workbook.tables[kind], found) for kind, found in by_kind.items()}
    return replace(workbook, tables={**workbook.tables, **corrected}) if corrected else workbook


def stored_as_number(table: Table, correction: Correction) -> bool:
    """Whether the cell goes on holding a number: it held one that shows as it is, and the new text is one."""
    was = table.stored(correction.row, correction.field)
    texts = (correction.before, correction.after)
    return was is CellKind.NUMBER and all(text is not None and PLAIN_NUMBER.fullmatch(text) for text in texts)


def _corrected(table: Table, corrections: Iterable[Correction]) -> Table:
    frame, kinds = table.frame.copy(), table.kinds.copy()
    for one in corrections:
        kinds.at[one.row, one.field] = _kind(table, one)
        frame.at[one.row, one.field] = one.after
    return replace(table, frame=frame, kinds=kinds)


def _kind(table: Table, correction: Correction) -> CellKind:
    if correction.after is None:
        return CellKind.BLANK
    return CellKind.NUMBER if stored_as_number(table, correction) else CellKind.TEXT


def around(workbook: Workbook, rows: Mapping[Kind, frozenset[int]]) -> Workbook:
    """The rows, and those of all sheets that decide about them: equal numbers, owners, and what hangs on a customer.

    Checking this little workbook says of these rows what checking the whole would say.
    """
    wanted = {kind: set(rows.get(kind, ())) for kind in workbook.tables}
    for kind in workbook.tables:
        wanted[kind] |= _twins(workbook.tables[kind], wanted[kind])
    for kind in HANGING:
        if wanted.get(kind) and Kind.CUSTOMERS in wanted:
            names = _texts(workbook.tables[kind], "customer", wanted[kind])
            wanted[Kind.CUSTOMERS] |= _named(workbook.tables[Kind.CUSTOMERS], names)
            wanted[kind] |= _holding(workbook.tables[kind], "customer", names)
    if wanted.get(Kind.CUSTOMERS):
        table = workbook.tables[Kind.CUSTOMERS]
        names = _texts(table, "customer_number", wanted[Kind.CUSTOMERS]) | _texts(
            table, "own_reference", wanted[Kind.CUSTOMERS]
        )
        for kind in HANGING:
            if kind in wanted:
                wanted[kind] |= _holding(workbook.tables[kind], "customer", names)
    tables = {kind: _only(workbook.tables[kind], wanted[kind]) for kind in wanted}
    return replace(workbook, tables=tables)


def _only(table: Table, rows: set[int]) -> Table:
    if table.kind is Kind.CUSTOMER_GROUPS or len(rows) == len(table.frame):
        return table
    index = sorted(rows)
    return replace(
        table,
        frame=table.frame.loc[index],
        kinds=table.kinds.loc[index],
        written=None if table.written is None else table.written.loc[index],
    )


def _twins(table: Table, rows: set[int]) -> set[int]:
    """Rows that share the value of a column in which each value may stand once."""
    unique = [one.name for one in ENTITIES[table.kind].fields if one.unique and one.name in table.frame.columns]
    found: set[int] = set()
    for name in unique:
        found |= _holding(table, name, _texts(table, name, rows))
    return found


def _named(customers: Table, names: set[str]) -> set[int]:
    return _holding(customers, "customer_number", names) | _holding(customers, "own_reference", names)


def _texts(table: Table, name: str, rows: set[int]) -> set[str]:
    if name not in table.frame.columns or not rows:
        return set()
    return {value for value in table.frame.loc[sorted(rows), name] if isinstance(value, str)}


def _holding(table: Table, name: str, texts: set[str]) -> set[int]:
    if name not in table.frame.columns or not texts:
        return set()
    column: pd.Series[str] = table.frame[name]
    return set(column.index[column.isin(list(texts))].tolist())
