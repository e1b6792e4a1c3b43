"""The entries that booking an invoice and registering a payment make.

Which accounts VAT and payments go to is not told by the seed: they are the inventions `vat-entries` and `payments`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from decimal import Decimal

from bulkio.sandbox import shelves
from bulkio.sandbox.classic.pricing import exact, in_base, rounded, terms_of
from bulkio.sandbox.shelves import Body

_VAT_ACCOUNT: Body = {"accountNumber": 6902, "name": "Salgsmoms"}
_BANK_ACCOUNT: Body = {"accountNumber": 5820, "name": "Bank"}
_STATUS: Body = {"accountType": "status", "debitCredit": "debit", "blockDirectEntries": False, "barred": False}


def enter_booked(connection: sqlite3.Connection, invoice: Body) -> None:
    """The entries of a booked invoice: what the customer owes, what was sold, and the VAT; they add up to nothing."""
    rate = terms_of(invoice["currency"], invoice["exchangeRate"], None)
    gross = exact(invoice["grossAmount"])
    owed = exact(invoice["grossAmountInBaseCurrency"])
    head = _head(connection, invoice, "customerInvoice")
    _enter(connection, head | _open_item(invoice), _debtor_account(connection, invoice), gross, owed)
    left, left_in_base = -gross, -owed
    for account, net in _sales(connection, invoice).items():
        sold = in_base(net, rate)
        _enter(connection, head, account, -net, -sold)
        left, left_in_base = left + net, left_in_base + sold
    if left or left_in_base:
        _enter(connection, head, _own_account(connection, _VAT_ACCOUNT), left, left_in_base)


def enter_payment(connection: sqlite3.Connection, invoice: Body, amount: Decimal, paid_on: str) -> None:
    """The entries of a payment of a booked invoice, and what is left of it to pay."""
    rate = terms_of(invoice["currency"], invoice["exchangeRate"], None)
    head = _head(connection, invoice, "customerPayment") | {"date": paid_on}
    _enter(connection, head, _debtor_account(connection, invoice), -amount, -in_base(amount, rate))
    _enter(connection, head, _own_account(connection, _BANK_ACCOUNT), amount, in_base(amount, rate))
    sql = (
        "UPDATE entries SET body = json_set(body, '$.remainder', ?, '$.remainderInBaseCurrency', ?) "
        "WHERE invoice = ? AND json_extract(body, '$.remainder') IS NOT NULL"
    )
    left = (invoice["remainder"], invoice["remainderInBaseCurrency"], invoice["bookedInvoiceNumber"])
    connection.execute(sql, left)


def _head(connection: sqlite3.Connection, invoice: Body, kind: str) -> Body:
    number = invoice["bookedInvoiceNumber"]
    noun = "Faktura" if kind == "customerInvoice" else "Betaling af faktura"
    return {
        "date": invoice["date"],
        "currency": invoice["currency"],
        "entryType": kind,
        "text": f"{noun} {number}",
        "voucherNumber": shelves.next_number(connection, "vouchers"),
        "bookedInvoice": {"bookedInvoiceNumber": number},
        "invoiceNumber": str(number),
    }


def _open_item(invoice: Body) -> Body:
    return {
        "customer": {"customerNumber": invoice["customer"]["customerNumber"]},
        "dueDate": invoice["dueDate"],
        "remainder": invoice["remainder"],
        "remainderInBaseCurrency": invoice["remainderInBaseCurrency"],
    }


def _enter(connection: sqlite3.Connection, head: Body, account: int, amount: Decimal, base: Decimal) -> None:
    number = shelves.next_number(connection, "entries")
    figures = {"amount": float(rounded(amount)), "amountInBaseCurrency": float(rounded(base))}
    body = {"entryNumber": number, "account": {"accountNumber": account}, **head, **figures}
    shelves.ENTRIES.insert(connection, number, body)


def _own_account(connection: sqlite3.Connection, account: Body) -> int:
    number = int(account["accountNumber"])
    if not shelves.ACCOUNTS.has(connection, number):
        shelves.ACCOUNTS.insert(connection, number, account | _STATUS)
    return number


def _debtor_account(connection: sqlite3.Connection, invoice: Body) -> int:
    """The account of the customer's group; a group without one uses the lowest account that stands for debtors."""
    sql = (
        "SELECT coalesce(json_extract(g.body, '$.account.accountNumber'), (SELECT min(key) FROM accounts "
        "WHERE json_extract(body, '$.accountType') = 'status')) FROM customers c "
        "LEFT JOIN customer_groups g ON g.key = c.group_number WHERE c.key = ?"
    )
    return int(connection.execute(sql, (invoice["customer"]["customerNumber"],)).fetchone()[0])


def _sales(connection: sqlite3.Connection, invoice: Body) -> dict[int, Decimal]:
    """Net amounts by sales account, in the order of the lines."""
    zone = str(invoice["recipient"]["vatZone"]["vatZoneNumber"])
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in invoice["lines"]:
        net = exact(line.get("totalNetAmount", 0))
        if net:
            found[_sales_account(connection, line["product"]["productNumber"], zone)] += net
    return found


def _sales_account(connection: sqlite3.Connection, product: str, zone: str) -> int:
    sql = (
        "SELECT coalesce(json_extract(g.body, '$.sales.' || json_quote(?)), (SELECT min(key) FROM accounts "
        "WHERE json_extract(body, '$.accountType') = 'profitAndLoss')) FROM products p "
        "LEFT JOIN product_groups g ON g.key = json_extract(p.body, '$.productGroup.productGroupNumber') WHERE p.key = ?"
    )
    return int(connection.execute(sql, (zone, product)).fetchone()[0])
