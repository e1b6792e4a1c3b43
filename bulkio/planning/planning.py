"""The plan: every row of the workbook as one step, from what exists and what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkio.model.checked import Checked
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.model.plan import Plan, Step
from bulkio.planning.basis import Basis, ToValues
from bulkio.planning.contacts import plan_contacts
from bulkio.planning.customers import plan_customers
from bulkio.planning.existing import Agreement, Existing
from bulkio.planning.groups import plan_groups
from bulkio.planning.locations import plan_locations
from bulkio.planning.rows import Row, rows_of
from bulkio.planning.second_pass import Children, plan_second_pass


def plan(
    checked: Checked,
    existing: Existing,
    known: Mapping[str, KnownRow],
    to_values: ToValues,
    agreement_number: int,
    allocate_from: int | None = None,
) -> Plan:
    """What would be done with each row of the workbook, decided without a call.

    `existing` is the whole agreement as just read, `known` what the journal of this agreement knows of rows. Customers without a
    number get the next free one above all in use, or from `allocate_from` upwards.
    """
    basis = Basis(checked, Agreement(existing), known, to_values)
    rows = {kind: rows_of(checked, kind) for kind in Kind}
    groups = plan_groups(basis, rows[Kind.CUSTOMER_GROUPS])
    customer_rows = rows[Kind.CUSTOMERS]
    customers = plan_customers(basis, customer_rows, _by_row(rows[Kind.CUSTOMER_GROUPS], groups), allocate_from)
    by_row = _by_row(customer_rows, customers)
    contacts = plan_contacts(basis, rows[Kind.CONTACTS], by_row)
    locations = plan_locations(basis, rows[Kind.DELIVERY_LOCATIONS], by_row)
    children = Children.of((*rows[Kind.CONTACTS], *rows[Kind.DELIVERY_LOCATIONS]), (*contacts, *locations))
    customers = tuple(
        plan_second_pass(basis, row, step, children) for row, step in zip(customer_rows, customers, strict=True)
    )
    steps = {
        Kind.CUSTOMER_GROUPS: groups,
        Kind.CUSTOMERS: customers,
        Kind.CONTACTS: contacts,
        Kind.DELIVERY_LOCATIONS: locations,
    }
    return Plan(agreement_number, checked.workbook.digest, steps)


def _by_row(rows: Sequence[Row], steps: Sequence[Step]) -> dict[int, Step]:
    return {row.number: step for row, step in zip(rows, steps, strict=True)}
