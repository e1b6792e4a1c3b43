"""What is wrong with a sheet's shape: columns missing, doubled or unknown, cells merged, rows hidden."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bulkio.entities import ENTITIES
from bulkio.model.issue import Issue, Severity
from bulkio.model.place import Place
from bulkio.model.table import Table
from bulkio.workbook.addresses import Area, letters_of, number_of
from bulkio.workbook.headers import Header, Heading, language_of, shown_header
from bulkio.workbook.scan import Scanned


def header_place(title: str, header: Header, heading: Heading) -> Place:
    """The place of a header cell."""
    return Place(title, header.row, shown_header(heading.text), letters_of(heading.column))


def shape_issues(table: Table, header: Header, scanned: Scanned) -> list[Issue]:
    """Everything that reading found wrong with the sheet, the sheet's own faults first."""
    return [
        *_second_header(table, header),
        *_missing_columns(table, header),
        *_merged_headers(table, header, scanned.merged),
        *_duplicate_columns(table, header),
        *_unknown_columns(table),
        *_merged_cells(table, scanned.merged),
        *_hidden_rows(table),
    ]


def _second_header(table: Table, header: Header) -> Iterator[Issue]:
    if header.second is not None:
        first, second = sorted((header.row, header.second))
        yield Issue("two_header_rows", Place(table.sheet), parameters={"first": first, "second": second})


def _missing_columns(table: Table, header: Header) -> Iterator[Issue]:
    language = language_of(table.kind, table.sheet, header)
    for field in ENTITIES[table.kind].fields:
        if field.required and table.column(field.name) is None:
            yield Issue("missing_column", Place(table.sheet, None, field.header(language)), field=field.name)


def _duplicate_columns(table: Table, header: Header) -> Iterator[Issue]:
    first = header.by_field()
    for heading in header.headings:
        if heading.field is not None and heading is not first[heading.field]:
            both = {"first": letters_of(first[heading.field].column), "second": letters_of(heading.column)}
            place = header_place(table.sheet, header, heading)
            yield Issue("duplicate_column", place, value=heading.text, field=heading.field, parameters=both)


def _unknown_columns(table: Table) -> Iterator[Issue]:
    for place in table.unknown:
        yield Issue("unknown_column", place, Severity.WARNING, value=place.column)


def _merged_headers(table: Table, header: Header, merged: tuple[Area, ...]) -> Iterator[Issue]:
    """A header that spans several columns names none of them for certain; one that only reaches down is clear."""
    last = max(heading.column for heading in header.headings)
    headings = {heading.column: heading for heading in header.headings}
    for area in merged:
        if area.top <= header.row <= area.bottom and area.left < area.right and area.left <= last:
            text = shown_header(headings[area.left].text) if area.left in headings else None
            place = Place(table.sheet, area.top, text, letters_of(area.left))
            yield Issue("merged_header", place, value=text, parameters={"range": str(area)})


def _merged_cells(table: Table, merged: tuple[Area, ...]) -> Iterator[Issue]:
    """Merged ranges that cover a row of the table and one of its columns."""
    if not merged:
        return
    columns = [(number_of(column.letter), column) for column in table.columns]
    rows = table.frame.index.to_numpy()
    for area in merged:
        column = next((one for number, one in columns if area.left <= number <= area.right), None)
        low, high = np.searchsorted(rows, (area.top, area.bottom + 1))
        if area.top > table.header_row and column is not None and low < high:
            place = Place(table.sheet, area.top, _header_at(table, area.left), letters_of(area.left))
            yield Issue("merged_cells", place, field=column.field, parameters={"range": str(area)})


def _header_at(table: Table, number: int) -> str | None:
    letter = letters_of(number)
    return next((column.header for column in table.columns if column.letter == letter), None)


def _hidden_rows(table: Table) -> Iterator[Issue]:
    if table.hidden:
        yield Issue("hidden_rows", Place(table.sheet), Severity.WARNING, parameters={"count": len(table.hidden)})
