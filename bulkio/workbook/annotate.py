"""The user's own workbook with what became of its rows written into it: parts are patched, everything else is copied byte for byte.

Status, number and message stand in three columns at the right of the sheet, faulty cells get a fill and a note, a summary sheet is added. A second
annotation replaces the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulkio.workbook.addresses import Area, number_of
from bulkio.workbook.annotate_cells import Beside
from bulkio.workbook.annotate_edges import Tail, column_styles, widened
from bulkio.workbook.annotate_notes import write_notes
from bulkio.workbook.annotate_plain import plainly
from bulkio.workbook.annotate_rows import Collision, RowEdits, RowPatcher
from bulkio.workbook.annotate_styles import Styles
from bulkio.workbook.annotate_summary import write_summary
from bulkio.workbook.annotate_tables import grow_tables, name_filter, tables_at
from bulkio.workbook.annotation import Annotation, CellMark, RowMark, Tone
from bulkio.workbook.archive import Archive, open_archive
from bulkio.workbook.codec import Packer, packer
from bulkio.workbook.draft import Draft
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.headers import Header, find_header, folded, kind_by_title
from bulkio.workbook.limits import LIMITS, Limits
from bulkio.workbook.package import Package, Sheet, open_package
from bulkio.workbook.pieces import Section, decoded_text, sections
from bulkio.workbook.top import first_rows
from bulkio.workbook.whole import complete_or_nothing
from bulkio.workbook.zipping import ZipWriter

PARTS = ("status", "number", "message")
WIDTHS = (18, 18, 80)
"""Characters; messages are sentences."""
LAST_COLUMN = 16_384
NOWHERE = LAST_COLUMN + 1


def annotate(
    source: Path,
    target: Path,
    annotation: Annotation,
    limits: Limits = LIMITS,
    pack: Callable[[], Packer] = packer,
) -> None:
    """Write a copy of `source` to `target` with the marks of `annotation` in it; complete or not at all. `pack` compresses the changed parts.

    Raises NotAWorkbook where the source is none or is damaged, CannotWrite where the target does not take it.
    """
    with open_archive(source, limits) as archive:
        package = open_package(archive)
        marked = _marked(archive, package, annotation)
        with complete_or_nothing(target) as stream:
            while True:
                try:
                    _draft(archive, package, annotation, marked).write(ZipWriter(stream, pack))
                except _Again as better:
                    marked = better.instead_in(marked)
                    stream.seek(0)
                    stream.truncate()
                else:
                    return


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sheet with the marks for it.

    `header` is its header row, None where it has none; our columns then find no place. `after` is the last column that holds something of the
    user's. `plain` says that the part must be respelled before it can be patched.
    """

    sheet: Sheet
    rows: tuple[RowMark, ...]
    cells: tuple[CellMark, ...]
    header: Header | None
    after: int = 0
    plain: bool = False

    def columns(self) -> tuple[int, ...]:
        """Where status, number and message stand: where they stood before, else behind everything else; none where there is no room."""
        before = self._written()
        first = before.get("status", 0)
        if self.header is None or not self.rows:
            return ()
        if [before.get(part) for part in PARTS] == list(range(first, first + len(PARTS))):
            return tuple(before[part] for part in PARTS)
        first = 1 + max(self.after, *(one.column for one in self.header.headings if one.written is None))
        return tuple(range(first, first + len(PARTS))) if first + len(PARTS) <= NOWHERE else ()

    def stale(self) -> frozenset[int]:
        """Columns that an earlier annotation wrote."""
        return frozenset(self._written().values()) if self.columns() else frozenset()

    def _written(self) -> dict[str, int]:
        headings = self.header.headings if self.header is not None else ()
        return {one.written: one.column for one in headings if one.written is not None}


class _Again(Exception):
    """Begin anew with what was learnt about a sheet."""

    def __init__(self, learnt: _Marked) -> None:
        super().__init__(learnt.sheet.title)
        self._learnt = learnt

    def instead_in(self, marked: tuple[_Marked, ...]) -> tuple[_Marked, ...]:
        return tuple(self._learnt if one.sheet == self._learnt.sheet else one for one in marked)


def _marked(archive: Archive, package: Package, annotation: Annotation) -> tuple[_Marked, ...]:
    rows: dict[str, list[RowMark]] = {}
    cells: dict[str, list[CellMark]] = {}
    for row in annotation.rows:
        rows.setdefault(row.sheet, []).append(row)
    for cell in annotation.cells:
        cells.setdefault(cell.sheet, []).append(cell)
    return tuple(
        _Marked(
            sheet,
            tuple(rows.get(sheet.title, ())),
            tuple(cells.get(sheet.title, ())),
            _header(archive, package, sheet),
        )
        for sheet in package.sheets
        if sheet.title in rows or sheet.title in cells
    )


def _header(archive: Archive, package: Package, sheet: Sheet) -> Header | None:
    kind = kind_by_title().get(folded(sheet.title))
    if kind is None:
        return None
    return find_header(kind, first_rows(archive, sheet.part, package.strings).items())


def _draft(archive: Archive, package: Package, annotation: Annotation, marked: tuple[_Marked, ...]) -> Draft:
    draft = Draft(archive, package.workbook)
    draft.write_last(package.workbook)
    styles = Styles(draft, package.styles)
    for one in marked:
        draft.put_pieces(one.sheet.part, _Patch(draft, styles, annotation.headings, one).pieces)
    write_summary(draft, package, styles, annotation.summary_title, annotation.summary)
    return draft


@dataclass(slots=True)
class _Patch:
    """One sheet on its way into the new archive. Notes and tables are changed at once, the rows while they are written."""

    draft: Draft
    styles: Styles
    headings: tuple[str, str, str]
    marked: _Marked
    _columns: tuple[int, ...] = ()
    _drawing: str | None = None
    _has_table: bool = False
    _edits: RowEdits = field(init=False)

    def __post_init__(self) -> None:
        marked, part = self.marked, self.marked.sheet.part
        self._columns = marked.columns()
        notes = {(cell.row, number_of(cell.letter)): cell.text for cell in marked.cells}
        self._drawing = write_notes(self.draft, part, notes)
        if marked.header is not None and self._columns:
            tables = tables_at(self.draft, part, marked.header.row)
            self._has_table = bool(tables)
            headings = dict(zip(self._columns, self.headings, strict=True))
            grow_tables(self.draft, tables, marked.header.row, headings)
        self._edits = self._row_edits()

    def pieces(self) -> Iterator[bytes]:
        """The part as it is to be written. Raises _Again where the sheet turns out to be otherwise than it was taken for."""
        try:
            for text in self._texts():
                yield text.encode()
        except Collision as collision:
            raise _Again(replace(self.marked, after=collision.column)) from collision
        except Exotic as fault:
            if self.marked.plain:
                raise self.draft.archive.damaged(self.marked.sheet.part) from fault
            raise _Again(replace(self.marked, plain=True)) from fault

    def _texts(self) -> Iterator[str]:
        archive, part = self.draft.archive, self.marked.sheet.part
        texts = iter((plainly(archive, part),)) if self.marked.plain else decoded_text(archive.stream(part))
        patcher = RowPatcher(self._edits)
        head = ""
        for section, text in sections(texts):
            if section is Section.HEAD:
                head = text
                self._edits.column_styles = column_styles(head)
                yield widened(head, self._used(), self._widths())
            elif section is Section.ROWS:
                yield patcher.patched(text)
            else:
                yield patcher.rest() + self._tail(head, text)

    def _tail(self, head: str, text: str) -> str:
        tail = Tail(head, text)
        self._refuse_merged(tail)
        if self._drawing is not None:
            tail.point_at_notes(self._drawing, strict=self.draft.strict)
        self._extend_filter(tail)
        return tail.text()

    def _refuse_merged(self, tail: Tail) -> None:
        """Where cells are merged only the first one shows; our columns go beyond such a range."""
        first, last, top = self._edits.first, self._edits.last, self._edits.top
        hidden = [one.right for one in tail.merged() if one.left <= last and one.right >= first and one.bottom >= top]
        if hidden and not self.marked.stale():
            raise Collision(max(hidden))

    def _extend_filter(self, tail: Tail) -> None:
        """Let the sheet's filter reach over our columns; a sheet with neither filter nor table gets one."""
        header = self.marked.header
        if header is None or not self._columns:
            return
        area = tail.filter_area()
        last = max(self._columns)
        if area is None and not self._has_table:
            area = Area(min(one.column for one in header.headings), header.row, last, self._bottom())
        elif area is None or area.top != header.row or area.right >= last:
            return
        area = Area(area.left, area.top, last, area.bottom)
        tail.set_filter(area)
        name_filter(self.draft, self.marked.sheet.title, area)

    def _row_edits(self) -> RowEdits:
        paint: dict[int, dict[int, Tone]] = {}
        for cell in self.marked.cells:
            paint.setdefault(cell.row, {})[number_of(cell.letter)] = cell.tone
        marked = self.marked
        top = marked.header.row if marked.header is not None else NOWHERE
        return RowEdits(
            first=min(self._columns, default=NOWHERE),
            last=max(self._columns, default=0),
            top=top,
            beside=Beside(self._columns, top, self.headings, marked.rows, self.styles),
            paint=paint,
            styles=self.styles,
            stale=marked.stale(),
        )

    def _bottom(self) -> int:
        return max((mark.row for mark in self.marked.rows), default=self._edits.top)

    def _used(self) -> Area:
        """The cells that are drawn into, for the sheet's dimension."""
        ours = [self._edits.top, self._bottom()] if self._columns else []
        rows = [*ours, *self._edits.paint] or [1]
        columns = [*self._columns, *(column for row in self._edits.paint.values() for column in row)] or [1]
        return Area(min(columns), min(rows), max(columns), max(rows))

    def _widths(self) -> list[tuple[int, int]]:
        """Our columns' widths where they are new; later the user's own choice stands."""
        new = [] if set(self._columns) <= self.marked.stale() else zip(self._columns, WIDTHS, strict=True)
        return list(new)
