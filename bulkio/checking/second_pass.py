"""What a customer says of its own contacts and locations: attention, their reference, default delivery location.

They are set once the rest exists, so a fault in one costs that field alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bulkio.checking.customers import Owner
from bulkio.checking.directory import folded
from bulkio.checking.draft import Draft
from bulkio.checking.finding import Finding
from bulkio.checking.siblings import Siblings
from bulkio.entities import Target

UNKNOWN: Mapping[Target, str] = MappingProxyType(
    {Target.CONTACT: "unknown_contact", Target.DELIVERY_LOCATION: "unknown_delivery_location"}
)
OPTIONS = 5


@dataclass(frozen=True, slots=True)
class Belongings:
    """The contacts or locations of the workbook: rows by customer and key, which of them may not go on, and their sheet.

    `options` are a few of those that each customer's row could refer to, as they stand in their cells.
    """

    sheet: str = ""
    rows: Siblings = field(default_factory=dict)
    refused: frozenset[int] = frozenset()
    options: Mapping[int, list[str]] = field(default_factory=dict)


NOTHING = Belongings()


def belongings(table: Draft, name: str, rows: Siblings) -> Belongings:
    """What a table of contacts or locations offers to its customers; `name` is the field that names one within its customer."""
    shown, refused = table.cells.shown.get(name, []), table.refused()
    options: dict[int, list[str]] = defaultdict(list)
    for (owner, _), found in rows.items():
        if owner.row is not None and found[0] not in refused and len(options[owner.row]) < OPTIONS:
            options[owner.row].append(str(shown[table.positions[found[0]]]))
    return Belongings(table.table.sheet, rows, refused, dict(options))


def check_references(
    customers: Draft, offered: Mapping[Target, Belongings], in_agreement: frozenset[int] | None
) -> None:
    """Report references to contacts and locations that the customer does not have, as far as that can be known here.

    A customer that the agreement holds, or may hold, can have more of them there: the plan looks.
    """
    asking = [
        one
        for one in customers.entity.fields
        if one.target in UNKNOWN and any(value is not None for value in customers.column(one.name))
    ]
    rows = list(_judged(customers, in_agreement)) if asking else []
    for one in asking:
        if one.target is not None:
            values = customers.column(one.name)
            held = offered.get(one.target, NOTHING)
            asked = [(row, str(values[at]), alone) for at, row, alone in rows if values[at] is not None]
            customers.add([finding for ask in asked for finding in _finding(*ask, one.name, UNKNOWN[one.target], held)])


def _judged(customers: Draft, in_agreement: frozenset[int] | None) -> Iterator[tuple[int, int, bool]]:
    """Position and row of each customer that can be told from the others, and whether the workbook alone knows it."""
    numbers, shown = customers.column("customer_number"), customers.cells.shown.get("customer_number")
    for at, (row, number) in enumerate(zip(customers.cells.rows, numbers, strict=True)):
        if number is None and shown is not None and shown[at] is not None:
            continue
        yield at, row, number is None or (in_agreement is not None and number not in in_agreement)


def _finding(row: int, text: str, alone: bool, name: str, code: str, held: Belongings) -> Iterator[Finding]:
    """The fault of one reference, if it has one."""
    rows = held.rows.get((Owner(row), folded(text)), [])
    if rows and held.refused.issuperset(rows):
        yield Finding(row, name, "reference_to_faulty_row", {"row": rows[0], "sheet": held.sheet})
    if not rows and alone:
        yield Finding(row, name, code, {"options": ", ".join(held.options.get(row, [])) or "–"})
