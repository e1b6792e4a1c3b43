"""Sheets that are only read: booked and draft invoices, and what the agreement offers to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bulkio.flows.export_choice import Part
from bulkio.language import Language, translate
from bulkio.model.snapshot import Choice, Lookup
from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet

Record = Mapping[str, Any]
NUMBERS = {Part.BOOKED_INVOICES: "bookedInvoiceNumber", Part.DRAFT_INVOICES: "draftInvoiceNumber"}
HEADS = (
    ("Date", ColumnType.DATE, 12),
    ("Due date", ColumnType.DATE, 12),
    ("Customer number", ColumnType.INTEGER, 14),
    ("Customer name", ColumnType.TEXT, 34),
    ("Currency", ColumnType.TEXT, 10),
)
AMOUNTS = (("Net amount", "netAmount"), ("VAT amount", "vatAmount"), ("Gross amount", "grossAmount"))
BASE_AMOUNTS = (("Net in base currency", "netAmountInBaseCurrency"), ("Gross in base currency", "grossAmountInBaseCurrency"))  # fmt: skip
REMAINDER = ("Remainder", "remainder")
BASE_REMAINDER = ("Remainder in base currency", "remainderInBaseCurrency")
LISTS = {
    Lookup.CURRENCY: "Currencies",
    Lookup.PAYMENT_TERMS: "Payment terms",
    Lookup.VAT_ZONE: "VAT zones",
    Lookup.EMPLOYEE: "Employees",
    Lookup.LAYOUT: "Layouts",
    Lookup.ACCOUNT: "Accounts",
}


def invoice_sheet(part: Part, invoices: Sequence[Record], language: Language) -> ExportSheet:
    """Booked or draft invoices in the order of their numbers; amounts in the invoice's own and, summed up, in the base currency."""
    booked = part is Part.BOOKED_INVOICES
    own, base = (*AMOUNTS, *[REMAINDER] * booked), (*BASE_AMOUNTS, *[BASE_REMAINDER] * booked)
    number = translate("Invoice number" if booked else "Draft number", language)
    columns = (
        ExportColumn(number, ColumnType.INTEGER, 14),
        *(ExportColumn(translate(header, language), kind, width) for header, kind, width in HEADS),
        *(ExportColumn(translate(header, language), ColumnType.DECIMAL, 14) for header, _ in own),
        *(ExportColumn(translate(header, language), ColumnType.DECIMAL, 18, total=True) for header, _ in base),
    )
    names = [name for _, name in (*own, *base)]
    return ExportSheet(part.sheet(language), columns, _rows(NUMBERS[part], names, invoices))


def _rows(number: str, amounts: Sequence[str], invoices: Sequence[Record]) -> Iterable[Sequence[object]]:
    for invoice in sorted(invoices, key=lambda one: int(one[number])):
        yield (
            invoice[number],
            day(invoice.get("date")),
            day(invoice.get("dueDate")),
            (invoice.get("customer") or {}).get("customerNumber"),
            (invoice.get("recipient") or {}).get("name"),
            invoice.get("currency"),
            *(amount(invoice.get(name)) for name in amounts),
        )


def look_ups_sheet(records: Sequence[Record], language: Language) -> ExportSheet:
    """Every look-up below one another; what a filter on the first column tells apart."""
    headers = (("List", 22), ("Number", 14), ("Name", 40), ("Barred", 12))
    columns = tuple(ExportColumn(translate(header, language), ColumnType.TEXT, width) for header, width in headers)
    return ExportSheet(Part.LOOKUPS.sheet(language), columns, (_entry(record, language) for record in records))


def _entry(record: Record, language: Language) -> Sequence[object]:
    name, entry = translate(LISTS[record["list"]], language), record["entry"]
    if not isinstance(entry, Choice):
        return (name, None, translate("the grant may not see this list", language), None)
    return (name, entry.number, entry.name, translate("yes", language) if entry.barred else None)


def day(text: object) -> date | None:
    """The day of a date or a time in the API's spelling."""
    return date.fromisoformat(text[:10]) if isinstance(text, str) else None


def amount(value: object) -> Decimal | None:
    """A number of the API's as it was spelled."""
    return Decimal(str(value)) if value is not None else None
