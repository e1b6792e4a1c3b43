"""From a file to tables: columns of shown values under Excel's own row numbers."""

from __future__ import annotations

from pathlib import Path

from bulkio.entities import ENTITIES
from bulkio.errors import NoKnownSheet
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.table import Table, Workbook
from bulkio.workbook.archive import Archive, open_archive
from bulkio.workbook.cells import Shapes, Strings
from bulkio.workbook.formats import shows
from bulkio.workbook.headers import folded, kind_by_title
from bulkio.workbook.limits import LIMITS, Limits
from bulkio.workbook.package import Package, Sheet, open_package
from bulkio.workbook.scan import scan
from bulkio.workbook.strings import shared_strings
from bulkio.workbook.tabling import table_of


def read(path: Path, limits: Limits = LIMITS) -> Workbook:
    """Read the sheets of ours in a workbook.

    Raises NotAWorkbook where the file is none, is damaged, unsafe or too large, NoKnownSheet where nothing in it is ours.
    What is wrong inside a sheet of ours comes back as issues.
    """
    with open_archive(path, limits) as archive:
        package = open_package(archive)
        ours, issues = _ours(package)
        if not ours:
            raise _no_known_sheet(path, package)
        shapes = Shapes(
            Strings(shared_strings(archive, package.strings)), shows(archive, package.styles, package.since_1904)
        )
        tables = _tables(archive, ours, shapes, issues)
        taken = {sheet.title for sheet in ours.values()}
        others = tuple(sheet.title for sheet in package.sheets if sheet.title not in taken)
        return Workbook(path, archive.digest, tables, tuple(issues), others)


def _tables(archive: Archive, ours: dict[Kind, Sheet], shapes: Shapes, issues: list[Issue]) -> dict[Kind, Table]:
    tables: dict[Kind, Table] = {}
    for kind, sheet in ours.items():
        table, found = table_of(kind, sheet.title, scan(archive, sheet.part, shapes))
        issues += found
        if table is not None:
            tables[kind] = table
    return tables


def _ours(package: Package) -> tuple[dict[Kind, Sheet], list[Issue]]:
    """The first sheet of each kind, in the order in which kinds depend on one another; a second one is an error."""
    found: dict[Kind, Sheet] = {}
    issues = []
    for sheet in package.sheets:
        kind = kind_by_title().get(folded(sheet.title))
        if kind is None:
            continue
        if kind in found:
            both = {"first": found[kind].title, "second": sheet.title}
            issues.append(Issue("two_sheets", Place(sheet.title), parameters=both))
        else:
            found[kind] = sheet
    return {kind: found[kind] for kind in Kind if kind in found}, issues


def _no_known_sheet(path: Path, package: Package) -> NoKnownSheet:
    expected = ", ".join(f"{entity.sheet_en} / {entity.sheet_da}" for entity in ENTITIES.values())
    found = ", ".join(sheet.title for sheet in package.sheets)
    return NoKnownSheet("no_known_sheet", path=str(path), found=found or "-", expected=expected)
