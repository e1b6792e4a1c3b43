"""Booked invoices as a sheet: read-only, for the year's end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bulkio.language import Language, translate
from bulkio.workbook.export import ColumnType, ExportColumn, ExportSheet

Record = Mapping[str, Any]


def invoice_sheet(invoices: Sequence[Record], language: Language) -> ExportSheet:
    """The sheet of booked invoices, in the order of their numbers; amounts in the invoice's own and in the base currency."""
    headers = (
        (translate("Invoice number", language), ColumnType.INTEGER, 14, False),
        (translate("Date", language), ColumnType.DATE, 12, False),
        (translate("Due date", language), ColumnType.DATE, 12, False),
        (translate("Customer number", language), ColumnType.INTEGER, 14, False),
        (translate("Customer name", language), ColumnType.TEXT, 34, False),
        (translate("Currency", language), ColumnType.TEXT, 10, False),
        (translate("Net amount", language), ColumnType.DECIMAL, 14, False),
        (translate("VAT amount", language), ColumnType.DECIMAL, 14, False),
        (translate("Gross amount", language), ColumnType.DECIMAL, 14, False),
        (translate("Remainder", language), ColumnType.DECIMAL, 14, False),
        (translate("Net in base currency", language), ColumnType.DECIMAL, 18, True),
        (translate("Gross in base currency", language), ColumnType.DECIMAL, 18, True),
        (translate("Remainder in base currency", language), ColumnType.DECIMAL, 18, True),
    )
    columns = tuple(ExportColumn(header, kind, width, total=total) for header, kind, width, total in headers)
    return ExportSheet(translate("Booked invoices", language), columns, _rows(invoices))


def _rows(invoices: Sequence[Record]) -> Iterable[Sequence[object]]:
    for invoice in sorted(invoices, key=lambda one: int(one["bookedInvoiceNumber"])):
        yield (
            invoice["bookedInvoiceNumber"],
            _day(invoice.get("date")),
            _day(invoice.get("dueDate")),
            (invoice.get("customer") or {}).get("customerNumber"),
            (invoice.get("recipient") or {}).get("name"),
            invoice.get("currency"),
            *(_amount(invoice.get(name)) for name in ("netAmount", "vatAmount", "grossAmount", "remainder")),
            _amount(invoice.get("netAmountInBaseCurrency")),
            _amount(invoice.get("grossAmountInBaseCurrency")),
            _amount(invoice.get("remainderInBaseCurrency")),
        )


def _day(text: object) -> date | None:
    return date.fromisoformat(text[:10]) if isinstance(text, str) else None


def _amount(value: object) -> Decimal | None:
    return Decimal(str(value)) if value is not None else None
