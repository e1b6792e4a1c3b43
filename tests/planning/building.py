"""Checked workbooks and agreements, made by hand for the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from bulkio.entities import ENTITIES
from bulkio.model.checked import Checked, CheckedTable
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.table import Column, Table, Workbook

Values = Mapping[str, object]
AGREEMENT = 1234567

GROUP = {"customerGroupNumber": 1, "name": "Domestic", "account": {"accountNumber": 5600}}
BASE: Values = {"customer_group": 1, "currency": "DKK", "payment_terms": 1, "vat_zone": 1}
REMOTE_BASE: Values = {
    "customerGroup": {"customerGroupNumber": 1},
    "currency": "DKK",
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}


def customer(**values: object) -> Values:
    return {**BASE, "name": "Fiskehuset", **values}


def remote_customer(number: int, **properties: object) -> Values:
    return {"customerNumber": number, "name": "Fiskehuset", **REMOTE_BASE, **properties}


def remote_contact(number: int, owner: int, name: str, **properties: object) -> Values:
    return {"customerContactNumber": number, "customer": {"customerNumber": owner}, "name": name, **properties}


def remote_location(number: int, owner: int, sort_key: int = 1, **properties: object) -> Values:
    return {
        "deliveryLocationNumber": number,
        "customer": {"customerNumber": owner},
        "sortKey": sort_key,
        **properties,
    }


def checked(
    *,
    issues: Sequence[Issue] = (),
    refused: Mapping[Kind, set[int]] | None = None,
    lost: Mapping[int, frozenset[str]] | None = None,
    written: Mapping[Kind, Mapping[int, str]] | None = None,
    **sheets: Sequence[Values],
) -> Checked:
    """Rows stand from Excel row 2 on, in the order given; parents are found by number, then by own reference."""
    tables = {
        Kind(name): _table(
            Kind(name), rows, (refused or {}).get(Kind(name), set()), lost or {}, (written or {}).get(Kind(name))
        )
        for name, rows in sheets.items()
    }
    tables = {kind: _with_parents(table, tables) for kind, table in tables.items()}
    workbook = Workbook(Path("book.xlsx"), "digest", {kind: one.table for kind, one in tables.items()})
    return Checked(workbook, tables, tuple(issues), None)


def _table(
    kind: Kind,
    rows: Sequence[Values],
    refused: set[int],
    lost: Mapping[int, frozenset[str]],
    written: Mapping[int, str] | None,
) -> CheckedTable:
    names = [one.name for one in ENTITIES[kind].fields]
    index = range(2, 2 + len(rows))
    values = pd.DataFrame(
        [{name: row.get(name) for name in names} for row in rows], index=index, columns=names, dtype=object
    )
    values = values.where(values.notna(), None)
    shown = values.map(lambda value: None if value is None else str(value)).astype(object)
    shown = shown.where(shown.notna(), None)
    columns = tuple(Column(name, ENTITIES[kind].field(name).header_en, chr(65 + at)) for at, name in enumerate(names))
    marks = None
    if written is not None:
        marks = pd.DataFrame({"status": None, "number": [written.get(row) for row in index]}, index=index, dtype=object)
    table = Table(kind, ENTITIES[kind].sheet_en, 1, columns, shown, pd.DataFrame(index=index), written=marks)
    return CheckedTable(table, values, frozenset(refused), lost if kind is Kind.CUSTOMERS else {})


def _with_parents(table: CheckedTable, tables: Mapping[Kind, CheckedTable]) -> CheckedTable:
    kind = table.table.kind
    if kind is Kind.CUSTOMER_GROUPS:
        return table
    above, link = (Kind.CUSTOMER_GROUPS, "customer_group") if kind is Kind.CUSTOMERS else (Kind.CUSTOMERS, "customer")
    if above not in tables:
        return table
    owners: dict[str, int] = {}
    for name in ("own_reference", "name", ENTITIES[above].key):
        if name in tables[above].values.columns and (name != "name" or above is Kind.CUSTOMER_GROUPS):
            owners |= {str(value): row for row, value in tables[above].values[name].items() if value is not None}  # type: ignore[misc]  # row numbers are int
    parents = {row: owners[str(value)] for row, value in table.values[link].items() if str(value) in owners}
    return CheckedTable(table.table, table.values, table.refused, table.lost_fields, parents)  # type: ignore[arg-type]  # row numbers are int
