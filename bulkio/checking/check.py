"""The check: a workbook as it was read becomes typed values and every issue there is, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from bulkio.checking.customers import customer_book, resolve_owners
from bulkio.checking.cvr import warn_of_cvr
from bulkio.checking.draft import Draft, draft
from bulkio.checking.issues import NOT_CHECKED, in_order, table_issues
from bulkio.checking.ledger import coercions
from bulkio.checking.lookups import resolve_lookups
from bulkio.checking.postal_codes import warn_of_postal_codes
from bulkio.checking.second_pass import Belongings, belongings, check_references
from bulkio.checking.siblings import refuse_twins, siblings
from bulkio.entities import ENTITIES, Target
from bulkio.model.checked import Checked, CheckedTable
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.model.table import Table, Workbook

OFFERED = {Kind.CONTACTS: Target.CONTACT, Kind.DELIVERY_LOCATIONS: Target.DELIVERY_LOCATION}
"""What a customer may refer to on the sheets that hang on it."""


def check(workbook: Workbook, snapshot: Snapshot | None, decimal: str | None = None) -> Checked:
    """Check a workbook against its own rules and against what the agreement held when last looked at.

    Never asks a network. `decimal` (`,` or `.`) says how to read texts such as `1.000`; None reports them. Without a
    snapshot the look-ups are one warning, `not_checked`. Issues of reading are passed on; an error of a whole sheet refuses its rows.
    """
    drafts = {
        kind: draft(workbook.tables[kind], decimal, _refused_by_reading(workbook, workbook.tables[kind]))
        for kind in Kind
        if kind in workbook.tables
    }
    for table in drafts.values():
        resolve_lookups(table, snapshot, drafts.get(Kind.CUSTOMER_GROUPS))
    _check_customers(drafts, None if snapshot is None else snapshot.customers)
    found = [issue for table in drafts.values() for issue in table_issues(table)]
    unknown = [NOT_CHECKED] if snapshot is None else []
    tables = {kind: _checked(table) for kind, table in drafts.items()}
    issues = in_order(workbook, [*unknown, *workbook.issues, *found])
    changed = tuple(one for table in drafts.values() for one in coercions(table))
    return Checked(workbook, tables, issues, snapshot, changed)


def _refused_by_reading(workbook: Workbook, table: Table) -> frozenset[int]:
    """The rows that reading found an error in: all of them where it concerns the sheet or its header."""
    rows = frozenset(table.frame.index.tolist())
    places = [issue.place for issue in workbook.issues if issue.severity is Severity.ERROR]
    faulty = {place.row for place in places if place.sheet == table.sheet}
    if any(row is None or row <= table.header_row for row in faulty):
        return rows
    return rows & faulty


def _check_customers(drafts: Mapping[Kind, Draft], in_agreement: frozenset[int] | None) -> None:
    """The rules that tie contacts and locations to customers, and customers to them."""
    customers = drafts.get(Kind.CUSTOMERS)
    book = customer_book(customers, in_agreement)
    offered: dict[Target, Belongings] = {}
    for kind, target in OFFERED.items():
        if kind in drafts:
            natural = ENTITIES[kind].natural_key[-1]
            rows = siblings(drafts[kind], natural, resolve_owners(drafts[kind], book))
            refuse_twins(drafts[kind], natural, rows)
            offered[target] = belongings(drafts[kind], natural, rows)
    for kind in (Kind.CUSTOMERS, Kind.DELIVERY_LOCATIONS):
        if kind in drafts:
            warn_of_postal_codes(drafts[kind])
    if customers is not None:
        warn_of_cvr(customers)
        check_references(customers, offered, in_agreement)


def _checked(table: Draft) -> CheckedTable:
    """The table's values, the rows it loses, and the fields that rows lose which still go in."""
    lost: dict[int, set[str]] = defaultdict(set)
    refused = table.refused()
    for finding in table.findings:
        if finding.is_error and not table.costs_row(finding):
            lost[finding.row].add(finding.field)
    fields = {row: frozenset(names) for row, names in lost.items()}
    return CheckedTable(table.table, table.frame(), refused, fields, dict(table.parents))
