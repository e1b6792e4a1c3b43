"""From the cells of a sheet to its table: header found, columns laid out, whatever is wrong with its shape named."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.table import Column, Table
from bulkio.workbook.addresses import letters_of
from bulkio.workbook.headers import WINDOW, Header, Heading, find_header, shown_header
from bulkio.workbook.scan import Objects, Scanned
from bulkio.workbook.shape import header_place, shape_issues
from bulkio.workbook.words import status_by_word

Rows = NDArray[np.int32]
Places = NDArray[np.intp]


def table_of(kind: Kind, title: str, scanned: Scanned) -> tuple[Table | None, list[Issue]]:
    """The table of a sheet, and what is wrong with it; no table where the sheet has no header."""
    header = find_header(kind, _first_rows(scanned))
    if header is None:
        return None, [Issue("no_header", Place(title))]
    columns = list(header.by_field().values())
    rows, texts, kinds = _laid_out(scanned, header, columns)
    table = Table(
        kind=kind,
        sheet=title,
        header_row=header.row,
        columns=tuple(Column(one.field or "", shown_header(one.text), letters_of(one.column)) for one in columns),
        frame=_frame(texts, rows, columns, object),
        kinds=_frame(kinds, rows, columns, np.uint8),
        unknown=tuple(header_place(title, header, one) for one in header.headings if one.unknown),
        hidden=scanned.hidden.intersection(rows.tolist()) if scanned.hidden else frozenset(),
        written=_written(scanned, header, rows),
    )
    return table, shape_issues(table, header, scanned)


def _first_rows(scanned: Scanned) -> Iterator[tuple[int, dict[int, str]]]:
    """The first rows that hold something, as texts by column."""
    numbers = np.unique(scanned.rows)[:WINDOW]
    near = np.flatnonzero(scanned.rows <= numbers.max(initial=0))
    texts: dict[int, dict[int, str]] = {int(number): {} for number in numbers}
    for place in near.tolist():
        text = scanned.texts[place]
        if text and not text.isspace():
            texts[int(scanned.rows[place])][int(scanned.columns[place])] = text
    yield from texts.items()


def _frame(
    block: Objects | NDArray[np.uint8], rows: NDArray[np.int32], columns: list[Heading], kind: type
) -> pd.DataFrame:
    index = pd.Index(rows, name="row")
    return pd.DataFrame(block, index=index, columns=[column.field for column in columns], dtype=kind, copy=False)


def _laid_out(scanned: Scanned, header: Header, columns: list[Heading]) -> tuple[Rows, Objects, NDArray[np.uint8]]:
    """Row numbers, texts and kinds of the recognised columns below the header, wholly blank rows left out."""
    column_of = np.full(int(scanned.columns.max(initial=0)) + 1, -1, np.int32)
    for place, column in enumerate(columns):
        column_of[column.column] = place
    columns_at = column_of[scanned.columns]
    inside = (columns_at >= 0) & (scanned.rows > header.row)
    if header.second is not None:
        inside &= scanned.rows != header.second
    places = np.flatnonzero(inside)
    rows = _speaking_rows(scanned.rows[places], scanned.texts[places])
    return rows, *_filled(scanned, places, columns_at, rows, len(columns))


def _speaking_rows(rows: Rows, texts: Objects) -> Rows:
    """The rows with at least one cell that is more than spaces."""
    numbers, firsts = np.unique(rows, return_index=True)
    doubtful = [place for place, first in enumerate(firsts.tolist()) if _is_space(texts[first])]
    if not doubtful:
        return numbers
    order = np.argsort(rows, kind="stable")
    ends = np.searchsorted(rows[order], numbers, side="right")
    begins = np.concatenate(([0], ends[:-1]))
    silent = [place for place in doubtful if all(map(_is_space, texts[order[begins[place] : ends[place]]]))]
    return np.delete(numbers, silent)


def _is_space(text: str | None) -> bool:
    return text is not None and text.isspace()


def _filled(
    scanned: Scanned, places: Places, columns_at: Rows, rows: Rows, width: int
) -> tuple[Objects, NDArray[np.uint8]]:
    """Texts and kinds as blocks of rows by columns, each column contiguous."""
    texts: Objects = np.full((width, len(rows)), None, object)
    kinds = np.zeros((width, len(rows)), np.uint8)
    if len(rows):
        at = np.minimum(np.searchsorted(rows, scanned.rows[places]), len(rows) - 1)
        places, at = places[(known := rows[at] == scanned.rows[places])], at[known]
        texts[columns_at[places], at] = scanned.texts[places]
        kinds[columns_at[places], at] = scanned.kinds[places]
    return texts.T, kinds.T


def _written(scanned: Scanned, header: Header, rows: Rows) -> pd.DataFrame | None:
    """What an earlier results workbook wrote beside the rows, statuses as the machine's words."""
    ours = {heading.written: heading.column for heading in header.headings if heading.written is not None}
    if "status" not in ours:
        return None
    status = _texts_at(scanned, ours["status"], rows)
    number = _texts_at(scanned, ours.get("number", 0), rows)
    known = status_by_word()
    words = [known.get(text.strip().casefold()) if text else None for text in status]
    columns = {"status": [word.value if word else None for word in words], "number": number}
    return pd.DataFrame(columns, index=pd.Index(rows, name="row"), columns=["status", "number"], dtype=object)


def _texts_at(scanned: Scanned, column: int, rows: Rows) -> list[str | None]:
    places = np.flatnonzero(scanned.columns == column)
    by_row = dict(zip(scanned.rows[places].tolist(), scanned.texts[places].tolist(), strict=True))
    return [by_row.get(row) for row in rows.tolist()]
