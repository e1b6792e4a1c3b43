"""A table after the check: typed values, and which rows may go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkio.model.coercion import Coercion
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.model.table import Table, Workbook

if TYPE_CHECKING:  # pandas costs 0.7 s to import, and --help must not pay it
    import pandas as pd


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """Typed values of one table, under the same index and columns as `table.frame`.

    Values are None (blank), `str` (trimmed), `int`, `Decimal`, `bool`, or a tuple of API words (Email copies). References of a customer to the
    agreement's look-ups are resolved to their number (`int`; a currency to its code). A contact's or location's `customer` stays the
    trimmed text of the cell; `attention`, `their_reference` are names (`str`), `default_delivery_location` is an `int` sort key.
    A cell with an error holds None. `refused` are rows with an error that costs the row; `lost_fields` the fields that an
    error costs a row that still goes in. `parents` names the row that a row hangs on where that stands in the workbook itself: the group's row
    of a customer, the customer's row of a contact or location, also where the parent's own row is refused.
    """

    table: Table
    values: pd.DataFrame
    refused: frozenset[int]
    lost_fields: Mapping[int, frozenset[str]]
    parents: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole workbook after the check. `issues` are in sheet, row, column order, reading's issues included.

    `snapshot` is what the look-ups were checked against, or None where they could not be known. `coercions` are the cells that are sent
    otherwise than they stand.
    """

    workbook: Workbook
    tables: Mapping[Kind, CheckedTable]
    issues: tuple[Issue, ...]
    snapshot: Snapshot | None
    coercions: tuple[Coercion, ...] = ()
