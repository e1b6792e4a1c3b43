"""When an invoice falls due, from its payment terms."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bulkio.sandbox.clock import read_date
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.shelves import Body

_CHOSEN_BY_CALLER = "dueDate"


def due_date(payload: Body, terms: Body, faults: Faults) -> str | None:
    """The due date: the caller's for terms of type `dueDate`, else derived (economic-rest, 4.2)."""
    written = read_date(payload["date"])
    if written is None:
        return None
    if terms.get("paymentTermsType") == _CHOSEN_BY_CALLER:
        return _chosen(payload, written, faults)
    start = _month_end(written) if terms.get("paymentTermsType") == "invoiceMonth" else written
    return _after(start, int(terms.get("daysOfCredit", 0)))


def _after(start: date, days: int) -> str:
    try:
        return (start + timedelta(days=days)).isoformat()
    except OverflowError:
        return date.max.isoformat()


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _chosen(payload: Body, written: date, faults: Faults) -> str | None:
    chosen = read_date(payload.get("dueDate", ""))
    if chosen is None:
        faults.add(("dueDate",), "Property dueDate is missing a value.", "E04042", hint="Include a due date.")
        return None
    if chosen < written:
        message = "dueDate may not be set to an earlier date than property `date`"
        faults.add(("dueDate",), message, "E04760", payload["dueDate"], "Use a later due date.")
    return chosen.isoformat()
