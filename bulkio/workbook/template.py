"""The workbook to fill in: headers that say what belongs where, and this agreement's own lists in drop-downs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import CustomPropertyList, IntProperty, StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.entities import ENTITIES, Entity, Field, Type
from bulkio.language import Language, translate
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.workbook.export_package import parts_of, write_package
from bulkio.workbook.styles import (
    AMOUNT_FORMAT,
    FAINT,
    HEADER_ALIGNMENT,
    HEADER_BORDER,
    HEADER_HEIGHT,
    NAVY,
    SAND,
    TEXT_FORMAT,
    WHOLE_FORMAT,
    header_fill,
    header_font,
    header_width,
    pages_wide,
    role_of,
    set_page,
)
from bulkio.workbook.template_guide import TITLE as GUIDE
from bulkio.workbook.template_guide import write_guide
from bulkio.workbook.template_notes import note_drawings
from bulkio.workbook.template_reference import TITLE as REFERENCE
from bulkio.workbook.template_reference import Listing, ListName, list_of, write_reference
from bulkio.workbook.template_validations import LAST_ROW, add_marks, add_validations
from bulkio.workbook.template_words import note_of, words_of

SCHEMA_VERSION = 1
"""Grows when a template's sheets change so that an older bulkio would misread it."""
AUTHOR = "bulkio"

TYPE_FORMATS: Mapping[Type, str] = {
    Type.INTEGER: WHOLE_FORMAT,
    Type.KEY: WHOLE_FORMAT,
    Type.SHOWN: WHOLE_FORMAT,
    Type.DECIMAL: AMOUNT_FORMAT,
}


def write_template(target: Path, kinds: Sequence[Kind], snapshot: Snapshot, language: str) -> None:
    """Write a template with the sheets of the kinds, in the order in which they depend on one another.

    Equal arguments give equal bytes: every date in the file is the snapshot's. Raises CannotWrite.
    """
    spoken = Language(language)
    asked = [kind for kind in Kind if kind in kinds]
    workbook = _described(snapshot, spoken)
    _fill(workbook, asked, snapshot, spoken)
    parts = {**parts_of(workbook), **dict(note_drawings(workbook.worksheets[: len(asked)]))}
    write_package(target, ((name, (content,)) for name, content in parts.items()))


def _described(snapshot: Snapshot, language: Language) -> Workbook:
    """An empty workbook whose properties tell what it was made for."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    moment = datetime.fromisoformat(snapshot.taken_at).replace(tzinfo=None)
    about = workbook.properties
    about.creator, about.lastModifiedBy, about.language = AUTHOR, AUTHOR, str(language)
    about.title = f"{translate('Template', language)}: {snapshot.company}"
    about.created = about.modified = moment
    workbook.custom_doc_props = _own_properties(snapshot, language)  # type: ignore[attr-defined]  # missing in the stubs
    return workbook


def _own_properties(snapshot: Snapshot, language: Language) -> CustomPropertyList[object]:
    properties: CustomPropertyList[object] = CustomPropertyList()
    for name, text in (("bulkio language", str(language)), ("bulkio snapshot", snapshot.taken_at)):
        properties.append(StringProperty(name=name, value=text))
    for name, number in (("bulkio schema", SCHEMA_VERSION), ("bulkio agreement", snapshot.agreement_number)):
        properties.append(IntProperty(name=name, value=number))
    return properties


def _fill(workbook: Workbook, kinds: Sequence[Kind], snapshot: Snapshot, language: Language) -> None:
    sheets = {kind: workbook.create_sheet(ENTITIES[kind].sheet(language)) for kind in kinds}
    reference = workbook.create_sheet(translate(REFERENCE, language))
    guide = workbook.create_sheet(translate(GUIDE, language))
    listings = write_reference(reference, kinds, snapshot, language)
    examples = _examples(kinds, listings, language)
    for kind, sheet in sheets.items():
        _write_sheet(sheet, ENTITIES[kind], listings, examples, language)
    write_guide(guide, kinds, snapshot, examples, language)
    _dress(reference, guide)


def _write_sheet(
    sheet: Worksheet,
    entity: Entity,
    listings: Mapping[ListName, Listing],
    examples: Mapping[tuple[Kind, str], str],
    language: Language,
) -> None:
    for index, field in enumerate(entity.fields, 1):
        _write_header(sheet, index, field, examples.get((entity.kind, field.name), ""), language)
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(entity.fields))}{LAST_ROW}"
    add_validations(sheet, entity, listings, language)
    add_marks(sheet, entity)
    sheet.print_title_rows = "1:1"
    set_page(sheet, pages_wide(sheet))
    sheet.sheet_properties.tabColor = NAVY


def _write_header(sheet: Worksheet, index: int, field: Field, example: str, language: Language) -> None:
    role = role_of(field)
    header = field.header(language) + (" *" if field.required else "")
    cell = sheet.cell(1, index, header)
    cell.font, cell.fill = header_font(role), header_fill(role)
    cell.alignment, cell.border = HEADER_ALIGNMENT, HEADER_BORDER
    cell.comment = Comment(note_of(field, example, language), AUTHOR)
    column = sheet.column_dimensions[get_column_letter(index)]
    column.width = header_width(header, field.width)
    column.number_format = column_format(field)


def column_format(field: Field) -> str:
    """The number format of a whole column: text where a spreadsheet would eat a zero or a plus."""
    if field.as_text:
        return TEXT_FORMAT
    return "General" if field.lookup else TYPE_FORMATS.get(field.type, "General")


def _examples(
    kinds: Sequence[Kind], listings: Mapping[ListName, Listing], language: Language
) -> dict[tuple[Kind, str], str]:
    """An example for each column: the entity's own, or the first entry of the agreement's list."""
    return {
        (kind, field.name): field.example or _example(field, listings, language)
        for kind in kinds
        for field in ENTITIES[kind].fields
    }


def _example(field: Field, listings: Mapping[ListName, Listing], language: Language) -> str:
    if field.type is Type.LIST:
        words = words_of(field, language)
        return f"{words[0]}, {words[-1]}"
    name = list_of(field)
    if name is None or not listings[name].entries:
        return ""
    return str(listings[name].entries[0][0])


def _dress(reference: Worksheet, guide: Worksheet) -> None:
    reference.sheet_properties.tabColor = FAINT
    guide.sheet_properties.tabColor = SAND
    for sheet in (reference, guide):
        sheet.sheet_view.showGridLines = False
        set_page(sheet, 1)
    reference.print_title_rows = "2:3"
