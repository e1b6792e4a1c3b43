"""The sheet in front of an export: what was taken when, and totals that are formulas, each beside our own sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bulkio.economic import AgreementFacts
from bulkio.entities import ENTITIES
from bulkio.flows.export_choice import Choice, Part
from bulkio.flows.export_listing import Held
from bulkio.flows.export_read_only import amount, day
from bulkio.language import Language, translate
from bulkio.language.wordings.workbook import BALANCE_HEADING, DUE_HEADING, INVOICED_HEADING
from bulkio.model.kind import Kind
from bulkio.workbook.export import Block, ExportSheet, Formula, Link, Overview, span

Record = Mapping[str, Any]
CONTROLS = {
    Part.CUSTOMERS: ((BALANCE_HEADING, "balance"), (DUE_HEADING, "dueAmount")),
    Part.BOOKED_INVOICES: (
        ("Net in base currency", "netAmountInBaseCurrency"),
        ("Gross in base currency", "grossAmountInBaseCurrency"),
        ("Remainder in base currency", "remainderInBaseCurrency"),
    ),
    Part.DRAFT_INVOICES: (("Net in base currency", "netAmountInBaseCurrency"),),
}
AGES = ((1, 30), (31, 60), (61, 90), (91, None))


@dataclass(frozen=True, slots=True)
class Front:
    """Everything the overview speaks of."""

    facts: AgreementFacts
    choice: Choice
    held: Held
    sheets: Mapping[Part, ExportSheet]
    now: datetime
    language: Language

    def said(self, text: str, **parameters: object) -> str:
        """A text in the language of the export."""
        return translate(text, self.language, **parameters)

    def cells(self, part: Part, header: str) -> str | None:
        """A column of a part's sheet as a formula names it; None where it is not there or has no row."""
        sheet, header, rows = self.sheets.get(part), self.said(header), len(self.held.records.get(part, ()))
        if sheet is None or not rows or header not in {column.header for column in sheet.columns}:
            return None
        return span(sheet, header, rows)


def overview(front: Front) -> Overview:
    """The blocks that what is exported allows."""
    blocks = (_about(front), _missing(front), _controls(front), _groups(front), _months(front), _ages(front))
    return Overview(front.said("Overview"), tuple(block for block in blocks if block.rows))


def _about(front: Front) -> Block:
    choice, said = front.choice, front.said
    rows = [
        (said("Agreement"), str(front.facts.number)),
        (said("Company"), front.facts.company),
        (said("Base currency"), front.facts.base_currency),
        (said("Period of the invoices"), _period(front)),
        (said("Exported"), front.now.strftime("%Y-%m-%d %H:%M %Z").strip()),
    ]
    rows += [(said("Filter of {part}", part=part.sheet(front.language)), text) for part, text in choice.filters.items()]
    if choice.since is not None:
        rows.append((said("Only what was changed since"), choice.since.isoformat()))
    return Block(front.facts.company or "bulkio", (), tuple(rows))


def _period(front: Front) -> str:
    first, last = front.choice.period.first, front.choice.period.last
    if first is None and last is None:
        return front.said("all days")
    return f"{first.isoformat() if first else '…'} – {last.isoformat() if last else '…'}"


def _missing(front: Front) -> Block:
    """What the grant may not see."""
    rows = [(part.sheet(front.language), text) for part, text in front.held.missing.items()]
    return Block(front.said("Left out: the grant may not see it"), (), tuple(rows))


def _controls(front: Front) -> Block:
    headers = ("Control total", "By formula", "By bulkio", "Difference")
    return Block(front.said("Control totals"), tuple(map(front.said, headers)), tuple(map(_control, _lines(front))))


Line = tuple[Link, str | None, Decimal | int]


def _control(line: Line) -> tuple[Link, Formula | int, Decimal | int, Formula | int]:
    label, formula, own = line
    if formula is None:
        return label, 0, own, 0
    nothing: Decimal | int = own - own
    return label, Formula(formula, own), own, Formula(f"ROUND({formula}-{own},2)", nothing)


def _lines(front: Front) -> Iterator[Line]:
    for part, sheet in front.sheets.items():
        records = front.held.records[part]
        label = front.said("{sheet}: rows", sheet=sheet.title)
        key = _key(front, part)
        cells = span(sheet, key, len(records)) if records else None
        yield Link(label, sheet.title), f"COUNTA({cells})" if cells else None, len(records)
        for header, name in CONTROLS.get(part, ()):
            cells = front.cells(part, header)
            if cells is not None:
                label = f"{sheet.title}: {front.said(header)}"
                yield Link(label, sheet.title), f"SUM({cells})", total(record.get(name) for record in records)


def _key(front: Front, part: Part) -> str:
    if part.kind is None:
        return front.sheets[part].columns[0].header
    entity = ENTITIES[part.kind]
    return entity.field(entity.key).header(front.language)


def _groups(front: Front) -> Block:
    """Customers, balances and invoices of the period by group."""
    said, entity = front.said, ENTITIES[Kind.CUSTOMERS]
    headers = ("Customer group", "Customers", "Balance", "Invoiced in the period")
    group = front.cells(Part.CUSTOMERS, entity.field("customer_group").header(front.language))
    balance, invoiced = front.cells(Part.CUSTOMERS, BALANCE_HEADING), front.cells(Part.CUSTOMERS, INVOICED_HEADING)
    heading = said("Balance by customer group")
    if group is None or balance is None:
        return Block(heading, (), ())
    names = {one["customerGroupNumber"]: one.get("name") for one in front.held.records.get(Part.CUSTOMER_GROUPS, ())}
    net = by_customer(front.held, "netAmountInBaseCurrency")
    members: dict[int, list[Record]] = {}
    rows: list[tuple[str | Formula, ...]] = []
    for record in front.held.records[Part.CUSTOMERS]:
        members.setdefault((record.get("customerGroup") or {}).get("customerGroupNumber", 0), []).append(record)
    for number, records in sorted(members.items()):
        sums = [
            Formula(f"COUNTIFS({group},{number})", len(records)),
            Formula(f"SUMIFS({balance},{group},{number})", total(record.get("balance") for record in records)),
        ]
        if invoiced is not None:
            owned = total(net.get(record["customerNumber"]) for record in records)
            sums.append(Formula(f"SUMIFS({invoiced},{group},{number})", owned))
        rows.append((f"{number} {names.get(number) or ''}".strip(), *sums))
    return Block(heading, tuple(map(said, headers[: 4 if invoiced is not None else 3])), tuple(rows), chart=2)


def _months(front: Front) -> Block:
    """Net revenue and number of invoices by month."""
    said = front.said
    heading = said("Revenue by month, net in base currency")
    dates = front.cells(Part.BOOKED_INVOICES, "Date")
    net = front.cells(Part.BOOKED_INVOICES, "Net in base currency")
    months: dict[date, list[Record]] = {}
    for record in front.held.records.get(Part.BOOKED_INVOICES, ()):
        if (booked := day(record.get("date"))) is not None:
            months.setdefault(booked.replace(day=1), []).append(record)
    rows = []
    for month, records in sorted(months.items()):
        inside = f'{dates},">="&{_day(month)},{dates},"<"&{_day(_next(month))}'
        rows.append(
            (
                month.strftime("%m-%Y" if front.language is Language.DANISH else "%Y-%m"),
                Formula(f"SUMIFS({net},{inside})", total(one.get("netAmountInBaseCurrency") for one in records)),
                Formula(f"COUNTIFS({inside})", len(records)),
            )
        )
    return Block(heading, (said("Month"), said("Net in base currency"), said("Invoices")), tuple(rows), chart=1)


def _ages(front: Front) -> Block:
    """What is unpaid now of the exported invoices: the API knows today's remainder only, whatever the period."""
    said, today = front.said, front.now.date()
    due = front.cells(Part.BOOKED_INVOICES, "Due date")
    left = front.cells(Part.BOOKED_INVOICES, "Remainder in base currency")
    heading = said("Unpaid of these invoices by age, as of {day}", day=today.isoformat())
    if due is None or left is None:
        return Block(heading, (), ())
    records = front.held.records[Part.BOOKED_INVOICES]
    late = f'SUMIFS({left},{due},"<"&{_day(today)})'
    rows = [(said("not due"), Formula(f"SUM({left})-{late}", _aged(records, today, None, 0)))]
    for first, last in AGES:
        bounds = f'{due},"<="&{_day(today - timedelta(days=first))}'
        if last is not None:
            bounds += f',{due},">="&{_day(today - timedelta(days=last))}'
        label = said("{first}-{last} days late", first=first, last=last) if last else said("over 90 days late")
        rows.append((label, Formula(f"SUMIFS({left},{bounds})", _aged(records, today, first, last))))
    return Block(heading, (said("Age"), said("Remainder in base currency")), tuple(rows), chart=1)


def _aged(records: Iterable[Record], today: date, first: int | None, last: int | None) -> Decimal:
    """What is left of invoices so many days late; without a due date none is late."""
    ages = ((record, (today - (day(record.get("dueDate")) or today)).days) for record in records)
    low, high = first if first is not None else -1_000_000, last if last is not None else 1_000_000
    return total(record.get("remainderInBaseCurrency") for record, age in ages if low <= age <= high)


def by_customer(held: Held, name: str) -> Mapping[int, Decimal]:
    """An amount of the exported booked invoices, summed by customer."""
    sums: dict[int, Decimal] = {}
    for record in held.records.get(Part.BOOKED_INVOICES, ()):
        number = (record.get("customer") or {}).get("customerNumber")
        if number is not None:
            sums[number] = sums.get(number, Decimal(0)) + (amount(record.get(name)) or Decimal(0))
    return sums


def total(values: Iterable[object]) -> Decimal:
    """The sum of amounts as the API spells them."""
    return sum((amount(value) or Decimal(0) for value in values), Decimal(0))


def _day(one: date) -> str:
    return f"DATE({one.year},{one.month},{one.day})"


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
