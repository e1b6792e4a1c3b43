"""A way of the sandbox's own to register a payment, so that paid, overdue and balances move (invention `payments`)."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.invoice_shape import show_booked
from bulkio.sandbox.classic.ledger import enter_payment
from bulkio.sandbox.classic.pricing import exact, in_base, terms_of
from bulkio.sandbox.classic.records import found
from bulkio.sandbox.clock import read_date
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.shelves import Body


def register_payment(room: Room, number: str) -> Answer:
    """`POST /sandbox/invoices/booked/:n/payments` with `amount` (default: all that is left) and `date`."""
    invoice = found(room, shelves.BOOKED, number)
    faults = room.faults()
    payload = room.payload if isinstance(room.payload, dict) else {}
    amount = _amount(payload, invoice, faults)
    paid_on = _paid_on(room, payload, faults)
    faults.refuse_if_any()
    paid = exact(amount)
    rate = terms_of(invoice["currency"], invoice["exchangeRate"], None)
    invoice["remainder"] = float(exact(invoice["remainder"]) - paid)
    in_base_left = exact(invoice["remainderInBaseCurrency"]) - in_base(paid, rate)
    invoice["remainderInBaseCurrency"] = float(in_base_left) if invoice["remainder"] else 0.0
    shelves.BOOKED.replace(room.connection, int(number), invoice)
    enter_payment(room.connection, invoice, paid, paid_on)
    return Answer(200, show_booked(room.links, invoice))


def _amount(payload: Body, invoice: Body, faults: Faults) -> float:
    left = float(invoice["remainder"])
    amount = payload.get("amount", left)
    is_number = isinstance(amount, int | float) and not isinstance(amount, bool)
    if not is_number or round(amount, 2) != amount or not 0 < abs(amount) <= abs(left) or (amount < 0) != (left < 0):
        faults.add_invented(("amount",), "payment-amount", amount)
        return left
    return float(amount)


def _paid_on(room: Room, payload: Body, faults: Faults) -> str:
    given = payload.get("date", room.today.isoformat())
    day = read_date(given) if isinstance(given, str) else None
    if day is None:
        faults.add_invented(("date",), "bad-date", given)
        return room.today.isoformat()
    return day.isoformat()
