"""Workbooks made by hand, as reading would hand them over: a row is a mapping from field to cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bulkio.checking import check
from bulkio.entities import ENTITIES
from bulkio.model.checked import Checked
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Choice, Lookup, Snapshot
from bulkio.model.table import CellKind, Column, Table, Workbook


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell whose kind is not that of its text."""

    text: str | None
    kind: CellKind


def number(text: str) -> Cell:
    return Cell(text, CellKind.NUMBER)


Row = Mapping[str, str | Cell | None]
LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(f"A{letter}" for letter in "ABCDEFGH")]

AGREEMENT = Snapshot(
    agreement_number=1234567,
    company="Nordlys Handel ApS",
    base_currency="DKK",
    taken_at="2026-01-01T00:00:00Z",
    choices={
        Lookup.CUSTOMER_GROUP: (Choice(1, "Indenlandske kunder"), Choice(2, "Udenlandske kunder")),
        Lookup.CURRENCY: (Choice("DKK", "Danske kroner"), Choice("EUR", "Euro")),
        Lookup.PAYMENT_TERMS: (
            Choice(1, "Netto 8 dage"),
            Choice(2, "Netto 14 dage"),
            Choice(3, "Kontant"),
            Choice(4, "Kontant"),
            Choice(30, "8"),
            Choice(8, "Netto 30 dage"),
        ),
        Lookup.VAT_ZONE: (Choice(1, "Domestic"), Choice(2, "EU"), Choice(9, "Suppliers only", barred=True)),
        Lookup.EMPLOYEE: (Choice(1, "Mette Holm"), Choice(3, "Fratrådt medarbejder", barred=True)),
        Lookup.LAYOUT: (Choice(19, "Dansk std."), Choice(22, "Udgået layout", barred=True)),
        Lookup.ACCOUNT: (
            Choice(1000, "RESULTATOPGØRELSE", detail="heading"),
            Choice(5600, "Debitorer", detail="status"),
            Choice(5690, "Gamle debitorer", barred=True, detail="status"),
        ),
    },
    customers=frozenset({500, 501}),
)
GOOD_CUSTOMER: Row = {
    "name": "Ærø Bådeværft",
    "customer_group": number("1"),
    "currency": "DKK",
    "payment_terms": "Netto 14 dage",
    "vat_zone": number("1"),
}


def table(kind: Kind, rows: Sequence[Row], fields: Iterable[str] | None = None, first_row: int = 2) -> Table:
    """A sheet with these rows; its columns are `fields`, or those that any row fills, in the entity's order."""
    entity = ENTITIES[kind]
    used = list(fields or [one.name for one in entity.fields if any(one.name in row for row in rows)])
    columns = [Column(name, entity.field(name).header_en, LETTERS[at]) for at, name in enumerate(used)]
    index = range(first_row, first_row + len(rows))
    cells = {name: [_cell(row.get(name)) for row in rows] for name in used}
    frame = {name: pd.Series([cell.text for cell in cells[name]], index=index, dtype=object) for name in used}
    kinds = {name: pd.Series([cell.kind for cell in cells[name]], index=index, dtype="uint8") for name in used}
    shown, stored = pd.DataFrame(frame, index=index), pd.DataFrame(kinds, index=index)
    return Table(kind, entity.sheet_en, first_row - 1, tuple(columns), shown, stored)


def workbook(*tables: Table, issues: tuple[Issue, ...] = ()) -> Workbook:
    return Workbook(Path("kunder.xlsx"), "0" * 64, {one.kind: one for one in tables}, issues)


def checked_customer(**cells: str | Cell | None) -> Checked:
    """One customer, good but for the cells given, checked against the agreement."""
    return check(workbook(table(Kind.CUSTOMERS, [{**GOOD_CUSTOMER, **cells}])), AGREEMENT)


def value(checked: Checked, field: str, kind: Kind = Kind.CUSTOMERS, row: int = 2) -> object:
    return checked.tables[kind].values.loc[row, field]


def codes(checked: Checked) -> list[str]:
    return [issue.code for issue in checked.issues]


def errors(checked: Checked) -> list[Issue]:
    return [issue for issue in checked.issues if issue.severity is Severity.ERROR]


def places(checked: Checked, kind: Kind | None = None) -> list[tuple[int | None, str | None, str]]:
    """Row, field and code of each issue, of one sheet or of all."""
    sheet = None if kind is None else checked.tables[kind].table.sheet
    return [
        (issue.place.row, issue.field, issue.code)
        for issue in checked.issues
        if sheet is None or issue.place.sheet == sheet
    ]


def _cell(cell: str | Cell | None) -> Cell:
    if isinstance(cell, Cell):
        return cell
    return Cell(cell, CellKind.BLANK if cell is None else CellKind.TEXT)
