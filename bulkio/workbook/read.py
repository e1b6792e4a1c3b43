"""From a file to tables: columns of shown values under Excel's own row numbers."""

from __future__ import annotations

from pathlib import Path

from bulkio.entities import ENTITIES
from bulkio.errors import NoKnownSheet
from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.table import Table, Workbook
from bulkio.workbook.book import Book, Page
from bulkio.workbook.headers import folded, kind_by_title
from bulkio.workbook.limits import LIMITS, Limits
from bulkio.workbook.opening import open_book
from bulkio.workbook.tabling import table_of


def read(path: Path, limits: Limits = LIMITS, answers: Answers = AS_FOUND) -> Workbook:
    """Read the sheets of ours in a workbook: .xlsx and its kin, .xlsb, .xls, .ods, or the one sheet that a text file is.

    Raises NotAWorkbook where the file is none, is damaged, unsafe or too large, NoKnownSheet where nothing in it is ours.
    What is wrong inside a sheet of ours comes back as issues.
    """
    with open_book(path, answers, limits) as book:
        ours, found = _ours(book)
        if not ours:
            raise _no_known_sheet(path, book)
        issues = [*book.issues, *found]
        tables = _tables(ours, issues)
        taken = {page.title for page in ours.values()}
        others = tuple(page.title for page in book.pages if page.title not in taken)
        return Workbook(path, book.digest, tables, tuple(issues), others)


def _tables(ours: dict[Kind, Page], issues: list[Issue]) -> dict[Kind, Table]:
    tables: dict[Kind, Table] = {}
    for kind, page in ours.items():
        table, found = table_of(kind, page.title, page.scan())
        issues += found
        if table is not None:
            tables[kind] = table
        if page.hidden:
            issues.append(Issue("hidden_sheet", Place(page.title), Severity.WARNING))
    return tables


def _ours(book: Book) -> tuple[dict[Kind, Page], list[Issue]]:
    """The first sheet of each kind, in the order in which kinds depend on one another; a second one is an error."""
    found: dict[Kind, Page] = {}
    issues = []
    for page in book.pages:
        kind = kind_by_title().get(folded(page.title))
        if kind is None:
            continue
        if kind in found:
            both = {"first": found[kind].title, "second": page.title}
            issues.append(Issue("two_sheets", Place(page.title), parameters=both))
        else:
            found[kind] = page
    return {kind: found[kind] for kind in Kind if kind in found}, issues


def _no_known_sheet(path: Path, book: Book) -> NoKnownSheet:
    expected = ", ".join(f"{entity.sheet_en} / {entity.sheet_da}" for entity in ENTITIES.values())
    found = ", ".join(page.title for page in book.pages)
    return NoKnownSheet("no_known_sheet", path=str(path), found=found or "-", expected=expected)
