"""The agreement as a workbook: the four sheets of the import's own shape, and the booked invoices."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bulkio.economic import Economic, to_values
from bulkio.entities import ENTITIES, Entity, Field, Target, Type
from bulkio.flows.booked_invoices import invoice_sheet
from bulkio.flows.destination import Destination
from bulkio.flows.loop import run as run_loop
from bulkio.language import Language
from bulkio.model.kind import Kind
from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet, write_export

Record = Mapping[str, Any]
OwnReferences = Callable[[int], Mapping[int, str]]

COLUMN_TYPES = {
    Type.TEXT: ColumnType.TEXT,
    Type.INTEGER: ColumnType.INTEGER,
    Type.DECIMAL: ColumnType.DECIMAL,
    Type.BOOLEAN: ColumnType.BOOLEAN,
    Type.LIST: ColumnType.TEXT,
    Type.KEY: ColumnType.INTEGER,
    Type.SHOWN: ColumnType.INTEGER,
}


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of what is exported, both included; None leaves that end open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: the agreement it came from, rows a sheet, and the calls it took."""

    agreement_number: int
    company: str
    rows: Mapping[str, int]
    calls: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Held:
    """Everything the agreement holds of the four kinds, in the classic host's shape, and its booked invoices."""

    records: Mapping[Kind, Sequence[Record]]
    invoices: Sequence[Record]


def export_agreement(
    destination: Destination,
    target: Path,
    period: Period,
    own_references: OwnReferences,
    language: Language,
) -> Exported:
    """Write the whole agreement to one workbook, complete or not at all.

    `own_references` answers what earlier imports into an agreement called its customers, by their numbers. Raises `NothingSent`, `CannotWrite`.
    """
    return run_loop(_export(destination, target, period, own_references, language))


async def _export(
    destination: Destination, target: Path, period: Period, own_references: OwnReferences, language: Language
) -> Exported:
    async with destination.connect() as api:
        facts = await api.agreement()
        destination.expect(facts.number)
        held = await _fetch(api, period)
        calls = dict(api.calls)
    called = own_references(facts.number)
    sheets = [_sheet(ENTITIES[kind], held, called, language) for kind in Kind]
    sheets.append(invoice_sheet(held.invoices, language))
    write_export(target, sheets, language)
    rows = {ENTITIES[kind].sheet(language): len(held.records[kind]) for kind in Kind}
    rows[sheets[-1].title] = len(held.invoices)
    return Exported(facts.number, facts.company, rows, calls)


async def _fetch(api: Economic, period: Period) -> _Held:
    groups, customers, contacts, locations, invoices = await asyncio.gather(
        api.customer_groups(),
        api.customers(),
        api.contacts(),
        api.delivery_locations(),
        api.booked_invoices(period.first, period.last),
    )
    records = {
        Kind.CUSTOMER_GROUPS: groups,
        Kind.CUSTOMERS: customers,
        Kind.CONTACTS: contacts,
        Kind.DELIVERY_LOCATIONS: locations,
    }
    return _Held(records, invoices)


def _sheet(entity: Entity, held: _Held, own_references: Mapping[int, str], language: Language) -> ExportSheet:
    columns = tuple(
        ExportColumn(field.header(language), _column_type(field), field.width, required=field.required)
        for field in entity.fields
    )
    return ExportSheet(entity.sheet(language), columns, _rows(entity, held, own_references, language))


def _column_type(field: Field) -> ColumnType:
    if field.type is Type.REFERENCE:
        return ColumnType.INTEGER if field.target is Target.DELIVERY_LOCATION else ColumnType.TEXT
    return COLUMN_TYPES[field.type]


def _rows(
    entity: Entity, held: _Held, own_references: Mapping[int, str], language: Language
) -> Iterable[Sequence[object]]:
    contacts = {record["customerContactNumber"]: record.get("name") for record in held.records[Kind.CONTACTS]}
    locations = {
        record["deliveryLocationNumber"]: record.get("sortKey") for record in held.records[Kind.DELIVERY_LOCATIONS]
    }
    shown = {Target.CONTACT: contacts, Target.DELIVERY_LOCATION: locations}
    for record in held.records[entity.kind]:
        values = to_values(entity.kind, record)
        if entity.kind is Kind.CUSTOMERS:
            values["own_reference"] = own_references.get(record["customerNumber"])
        yield [_cell(field, values.get(field.name), shown, language) for field in entity.fields]


def _cell(field: Field, value: object, shown: Mapping[Target, Mapping[int, object]], language: Language) -> object:
    """A value as the import would read it back."""
    if field.type is Type.REFERENCE and isinstance(value, int) and field.target is not None:
        return shown[field.target].get(value)
    if field.type is Type.LIST and isinstance(value, tuple):
        words = dict(field.options) if language is Language.DANISH else {}
        return ", ".join(words.get(str(word), str(word)) for word in value)
    return value
