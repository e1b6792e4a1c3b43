"""The entries that booking makes, and their totals by account (economic-rest, 4.6)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from collections.abc import Callable

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.accounting_years import known_period, known_year
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.records import found, link_known
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links, encode_key
from bulkio.sandbox.published import surface
from bulkio.sandbox.shelves import Body, Shelf

_YEAR = "/accounting-years/accountingYear"
_PERIOD = "periods/accountingYearPeriod"
_OF_ACCOUNT = "/accounts/accountNumber"
_NET = "round(coalesce(sum(base), 0), 2)"


def _show_entry(year: str, collection: str) -> Callable[[Links, Body], Body]:
    written = surface(collection).types.get("invoiceNumber")

    def show(links: Links, body: Body) -> Body:
        # The published schemas do not agree whether it is a text.
        body["invoiceNumber"] = int(body["invoiceNumber"]) if written == "integer" else body["invoiceNumber"]
        link_known(links, body, "account", "accounts", "accountNumber")
        link_known(links, body, "customer", "customers", "customerNumber")
        link_known(links, body, "bookedInvoice", "invoices/booked", "bookedInvoiceNumber")
        return body | {"self": links.to(f"accounting-years/{encode_key(year)}/entries/{body['entryNumber']}")}

    return show


def _within(part: Body) -> Condition:
    return Condition("dated BETWEEN ? AND ?", (part["fromDate"], part["toDate"]))


def _of(account: str, scope: Condition) -> Condition:
    return Condition(f"account = ? AND {scope.sql}", (int(account), *scope.parameters))


def _listed(room: Room, year: str, address: str, path: str, scope: Condition) -> Answer:
    return listing(room, Collection(shelves.ENTRIES, _show_entry(year, address), address), path, scope)


def list_of_year(room: Room, year: str) -> Answer:
    """`GET /accounting-years/:y/entries`."""
    record = known_year(room, year)
    path = f"accounting-years/{encode_key(record['year'])}/entries"
    return _listed(room, record["year"], f"{_YEAR}/entries", path, _within(record))


def read_entry(room: Room, year: str, number: str) -> Answer:
    """`GET /accounting-years/:y/entries/:n`: what `self` of an entry leads to (invention `entry-self`)."""
    record = known_year(room, year)
    body = found(room, shelves.ENTRIES, number)
    if not record["fromDate"] <= body["date"] <= record["toDate"]:
        raise not_found()
    return Answer(200, _show_entry(record["year"], f"{_YEAR}/entries")(room.links, body))


def list_of_period(room: Room, year: str, period: str) -> Answer:
    """`GET /accounting-years/:y/periods/:p/entries`."""
    part = known_period(room, year, period)
    name = part["accountingYear"]["year"]
    path = f"accounting-years/{encode_key(name)}/periods/{part['periodNumber']}/entries"
    return _listed(room, name, f"{_YEAR}/{_PERIOD}/entries", path, _within(part))


def list_of_account(room: Room, account: str, year: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y/entries`."""
    found(room, shelves.ACCOUNTS, account)
    record = known_year(room, year)
    path = f"accounts/{int(account)}/accounting-years/{encode_key(record['year'])}/entries"
    scope = _of(account, _within(record))
    return _listed(room, record["year"], f"{_OF_ACCOUNT}{_YEAR}/entries", path, scope)


def list_of_account_and_period(room: Room, account: str, year: str, period: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y/periods/:p/entries`."""
    found(room, shelves.ACCOUNTS, account)
    part = known_period(room, year, period)
    name = part["accountingYear"]["year"]
    path = f"accounts/{int(account)}/accounting-years/{encode_key(name)}/periods/{part['periodNumber']}/entries"
    scope = _of(account, _within(part))
    return _listed(room, name, f"{_OF_ACCOUNT}{_YEAR}/{_PERIOD}/entries", path, scope)


def _totals(room: Room, path: str, part: Body, address: str) -> Answer:
    """Totals are no records: the list stands over a table that is added up as it is read."""
    first, last = part["fromDate"], part["toDate"]
    table = (
        f"(SELECT account AS key, json_object('total', {_NET}) AS body FROM entries "
        f"WHERE dated BETWEEN '{first}' AND '{last}' GROUP BY account)"
    )

    def show(links: Links, body: Body, account: int) -> Body:
        return _total(links, account, body["total"], f"accounts/{account}/{path}", part)

    return listing(room, Collection(Shelf(table, "accountNumber", path), show, address, extra=("key",)), path)


def _total(links: Links, account: int, total: float, path: str, part: Body) -> Body:
    return {
        "totalInBaseCurrency": float(total),
        "account": {"accountNumber": account, "self": links.to(f"accounts/{account}")},
        "fromDate": part["fromDate"],
        "toDate": part["toDate"],
        "self": links.to(path),
    }


def totals_of_year(room: Room, year: str) -> Answer:
    """`GET /accounting-years/:y/totals`: one total an account."""
    record = known_year(room, year)
    path = f"accounting-years/{encode_key(record['year'])}/totals"
    return _totals(room, path, record, f"{_YEAR}/totals")


def totals_of_period(room: Room, year: str, period: str) -> Answer:
    """`GET /accounting-years/:y/periods/:p/totals`: one total an account."""
    part = known_period(room, year, period)
    path = f"accounting-years/{encode_key(part['accountingYear']['year'])}/periods/{part['periodNumber']}/totals"
    return _totals(room, path, part, f"{_YEAR}/{_PERIOD}/totals")


def total_of_account(room: Room, account: str, year: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y/totals`: one total."""
    record = known_year(room, year)
    return _one_total(room, account, f"accounting-years/{encode_key(record['year'])}/totals", record)


def total_of_account_and_period(room: Room, account: str, year: str, period: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y/periods/:p/totals`: one total."""
    part = known_period(room, year, period)
    year_path = f"accounting-years/{encode_key(part['accountingYear']['year'])}"
    return _one_total(room, account, f"{year_path}/periods/{part['periodNumber']}/totals", part)


def _one_total(room: Room, account: str, path: str, part: Body) -> Answer:
    found(room, shelves.ACCOUNTS, account)
    number = whole_number(account)
    scope = _of(account, _within(part))
    sql = f"SELECT {_NET} FROM entries WHERE {scope.sql}"
    total = room.connection.execute(sql, scope.parameters).fetchone()[0]
    return Answer(200, _total(room.links, number, total, f"accounts/{number}/{path}", part))
