"""The sheets in the import's own shape: what is written is what the import would read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulkio.economic import to_values
from bulkio.entities import ENTITIES, Entity, Field, Target, Type
from bulkio.flows.export_choice import Part
from bulkio.flows.export_listing import Held
from bulkio.language import Language
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
    columns = tuple(
        ExportColumn(one.header(language), _column_type(one), one.width, required=one.required) for one in fields
    )
    return ExportSheet(part.sheet(language), columns, _rows(entity, fields, held, own_references, language))


def _column_type(field: Field) -> ColumnType:
    if field.type is Type.REFERENCE:
        return ColumnType.INTEGER if field.target is Target.DELIVERY_LOCATION else ColumnType.TEXT
    return COLUMN_TYPES[field.type]


def _rows(
    entity: Entity, fields: Sequence[Field], held: Held, own_references: Mapping[int, str], language: Language
) -> Iterable[Sequence[object]]:
    shown = {target: _names(held, part) for target, part in TARGETS.items()}
    for record in held.records[Part(entity.kind)]:
        values = to_values(entity.kind, record)
        if entity.kind is Kind.CUSTOMERS:
            values["own_reference"] = own_references.get(record["customerNumber"])
        yield [_cell(field, values.get(field.name), shown, language) for field in fields]


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
