"""The sheets in the import's own shape: what is written is what the import would read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulkio.economic import to_values
from bulkio.entities import ENTITIES, Entity, Field, Target, Type
from bulkio.flows.export_choice import Part
from bulkio.flows.export_listing import Held, Record
from bulkio.flows.export_overview import by_customer
from bulkio.flows.export_read_only import amount, day
from bulkio.language import Language, translate
from bulkio.language.wordings.workbook import (
    BALANCE_HEADING,
    DUE_HEADING,
    INVOICED_HEADING,
    UNPAID_HEADING,
    UPDATED_HEADING,
)
from bulkio.model.kind import Kind
from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet

COLUMN_TYPES = {
    Type.TEXT: ColumnType.TEXT,
    Type.INTEGER: ColumnType.INTEGER,
    Type.DECIMAL: ColumnType.DECIMAL,
    Type.BOOLEAN: ColumnType.BOOLEAN,
    Type.LIST: ColumnType.TEXT,
    Type.KEY: ColumnType.INTEGER,
    Type.SHOWN: ColumnType.INTEGER,
}
NUMBERS = {Part.CONTACTS: "customerContactNumber", Part.DELIVERY_LOCATIONS: "deliveryLocationNumber"}
NAMES = {Part.CONTACTS: "name", Part.DELIVERY_LOCATIONS: "sortKey"}
TARGETS = {Target.CONTACT: Part.CONTACTS, Target.DELIVERY_LOCATION: Part.DELIVERY_LOCATIONS}


def entity_sheet(
    part: Part, held: Held, own_references: Mapping[int, str], kept: frozenset[str], language: Language
) -> ExportSheet:
    """One sheet; `kept` are the fields asked for, all where the sheet has none of them. Its key stays: without it no row could come back."""
    if part.kind is None:
        raise ValueError(part)
    entity = ENTITIES[part.kind]
    fields = tuple(one for one in entity.fields if one.name in kept or one.name == entity.key)
    fields = fields if len(fields) > 1 or entity.key in kept else entity.fields
    told = _told(held) if part is Part.CUSTOMERS and not kept else ()
    columns = (
        *(ExportColumn(one.header(language), _column_type(one), one.width, required=one.required) for one in fields),
        *(ExportColumn(translate(one.heading, language), one.type, 18) for one in told),
    )
    return ExportSheet(part.sheet(language), columns, _rows(entity, fields, told, held, own_references, language))


@dataclass(frozen=True, slots=True)
class _Told:
    """A column that an import passes over: what the agreement knows of a customer and nobody writes."""

    heading: str
    type: ColumnType
    value: Callable[[Record], object]


def _told(held: Held) -> tuple[_Told, ...]:
    always = (
        _Told(BALANCE_HEADING, ColumnType.DECIMAL, lambda record: amount(record.get("balance"))),
        _Told(DUE_HEADING, ColumnType.DECIMAL, lambda record: amount(record.get("dueAmount"))),
    )
    updated = _Told(UPDATED_HEADING, ColumnType.DATE, lambda record: day(record.get("lastUpdated")))
    if Part.BOOKED_INVOICES not in held.records:
        return (*always, updated)
    net, unpaid = by_customer(held, "netAmountInBaseCurrency"), by_customer(held, "remainderInBaseCurrency")
    invoiced = (
        _Told(INVOICED_HEADING, ColumnType.DECIMAL, lambda record: net.get(record["customerNumber"])),
        _Told(UNPAID_HEADING, ColumnType.DECIMAL, lambda record: unpaid.get(record["customerNumber"])),
    )
    return (*always, *invoiced, updated)


def _column_type(field: Field) -> ColumnType:
    if field.type is Type.REFERENCE:
        return ColumnType.INTEGER if field.target is Target.DELIVERY_LOCATION else ColumnType.TEXT
    return COLUMN_TYPES[field.type]


def _rows(
    entity: Entity,
    fields: Sequence[Field],
    told: Sequence[_Told],
    held: Held,
    own_references: Mapping[int, str],
    language: Language,
) -> Iterable[Sequence[object]]:
    shown = {target: _names(held, part) for target, part in TARGETS.items()}
    for record in held.records[Part(entity.kind)]:
        values = to_values(entity.kind, record)
        if entity.kind is Kind.CUSTOMERS:
            values["own_reference"] = own_references.get(record["customerNumber"])
        cells = [_cell(field, values.get(field.name), shown, language) for field in fields]
        yield [*cells, *(one.value(record) for one in told)] if told else cells


def _names(held: Held, part: Part) -> Mapping[int, object]:
    return {record[NUMBERS[part]]: record.get(NAMES[part]) for record in held.shown.get(part, ())}


def _cell(field: Field, value: object, shown: Mapping[Target, Mapping[int, object]], language: Language) -> object:
    """A value as the import would read it back."""
    if field.type is Type.REFERENCE and isinstance(value, int) and field.target is not None:
        return shown[field.target].get(value)
    if field.type is Type.LIST and isinstance(value, tuple):
        words = dict(field.options) if language is Language.DANISH else {}
        return ", ".join(words.get(str(word), str(word)) for word in value)
    return value
