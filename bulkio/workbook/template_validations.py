"""Drop-downs, limits and live marks of a data sheet; none of them stops a value that the check would take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.entities import Entity, Field, Type
from bulkio.language import Language, translate
from bulkio.workbook.styles import AMBER, ROSE, fill
from bulkio.workbook.template_reference import Listing, ListName, list_of
from bulkio.workbook.template_words import limit_of

Measure = Literal["whole", "textLength"]
Operator = Literal["between", "equal", "greaterThanOrEqual", "lessThanOrEqual"]
LAST_ROW = 100_000
"""Validations and marks reach this far; a longer list works too, without them."""
PROMPT_LIMIT = 255
"""Excel takes a file with a longer prompt for damaged."""


def add_validations(sheet: Worksheet, entity: Entity, listings: Mapping[ListName, Listing], language: Language) -> None:
    """Give every column the drop-down or the limit that fits it."""
    for index, field in enumerate(entity.fields, 1):
        validation = _validation(field, f"{get_column_letter(index)}2", listings, language)
        if validation is None:
            continue
        validation.add(_cells(index))
        sheet.add_data_validation(validation)


def add_marks(sheet: Worksheet, entity: Entity) -> None:
    """Tint what a begun row still lacks, and numbers that stand twice."""
    last = get_column_letter(len(entity.fields))
    for index, field in enumerate(entity.fields, 1):
        letter = get_column_letter(index)
        if field.required:
            lacking = f"AND(COUNTA($A2:${last}2)>0,LEN(TRIM(${letter}2))=0)"
            sheet.conditional_formatting.add(_cells(index), _mark(lacking, AMBER))
        if field.unique and field.type is not Type.KEY:
            _mark_repeated(sheet, index)


def _mark(formula: str, colour: str) -> Rule:
    return Rule(type="expression", dxf=DifferentialStyle(fill=fill(colour)), formula=[formula])


def _mark_repeated(sheet: Worksheet, index: int) -> None:
    letter = get_column_letter(index)
    repeated = f"AND(LEN(${letter}2)>0,COUNTIF(${letter}$2:${letter}${LAST_ROW},${letter}2)>1)"
    sheet.conditional_formatting.add(_cells(index), _mark(repeated, ROSE))


def _cells(index: int) -> str:
    letter = get_column_letter(index)
    return f"{letter}2:{letter}{LAST_ROW}"


def _validation(
    field: Field, first: str, listings: Mapping[ListName, Listing], language: Language
) -> DataValidation | None:
    name = list_of(field)
    if name is not None:
        return _listed(field, listings[name], language) if listings[name].entries else None
    validation = _measured(field, first)
    if validation is not None:
        validation.errorStyle = "stop"
        validation.errorTitle = field.header(language)
        validation.error = _sentence(limit_of(field, language), language)
    return validation


def _listed(field: Field, listing: Listing, language: Language) -> DataValidation:
    """A number is as good as a name, and a list may have grown since: so the message only informs."""
    validation = DataValidation(type="list", formula1=listing.formula, allow_blank=True, showErrorMessage=True)
    validation.errorStyle = "information" if field.lookup or field.type is Type.LIST else "warning"
    validation.errorTitle = field.header(language)
    validation.error = translate(_apart(field), language)[:PROMPT_LIMIT]
    if listing.by_number and field.type is Type.INTEGER:
        validation.showInputMessage = True
        validation.promptTitle = field.header(language)
        validation.prompt = _prompt(listing, language)
    return validation


def _apart(field: Field) -> str:
    """What is said when a value is not in the list."""
    if field.type is Type.LIST:
        return "Several words are fine, separated by a comma; each must be one of the list."
    if field.type is Type.BOOLEAN:
        return "Yes or no is expected here. Keep what you wrote?"
    return (
        "That is not in the list. Numbers and names of the agreement are fine; bulkio check tells whether this is one."
    )


def _prompt(listing: Listing, language: Language) -> str:
    """Numbers with their names, as many as Excel has room for."""
    lines = [f"{number}  {name}" for number, name in listing.entries]
    more = translate("More on the Reference sheet.", language)
    while len("\n".join(lines)) > PROMPT_LIMIT:
        lines = [*(lines[:-1] if lines[-1] != more else lines[:-2]), more]
    return "\n".join(lines)


def _sentence(limit: str, language: Language) -> str:
    return translate("Expected here: {limit}.", language, limit=limit)[:PROMPT_LIMIT]


def _measured(field: Field, first: str) -> DataValidation | None:
    if field.type in {Type.KEY, Type.SHOWN, Type.REFERENCE}:
        return None
    if field.exact_length is not None:
        return _check("textLength", "equal", field.exact_length)
    if field.max_length is not None:
        return _check("textLength", "lessThanOrEqual", field.max_length)
    if field.decimals is not None:
        return _check_decimals(first, field.decimals)
    return _whole(field)


def _whole(field: Field) -> DataValidation | None:
    if field.minimum is None or field.target is not None:
        return None
    if field.maximum is None:
        return _check("whole", "greaterThanOrEqual", field.minimum)
    return _check("whole", "between", field.minimum, field.maximum)


def _check(kind: Measure, operator: Operator, least: int, most: int | None = None) -> DataValidation:
    validation = DataValidation(type=kind, operator=operator, allow_blank=True, showErrorMessage=True)
    validation.formula1, validation.formula2 = str(least), None if most is None else str(most)
    return validation


def _check_decimals(first: str, decimals: int) -> DataValidation:
    formula = f"AND(ISNUMBER({first}),ROUND({first},{decimals})={first})"
    return DataValidation(type="custom", formula1=formula, allow_blank=True, showErrorMessage=True)
