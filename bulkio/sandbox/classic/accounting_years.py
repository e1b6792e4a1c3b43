"""Accounting years and their periods, also as an account shows them (economic-rest, 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.collection import Collection, Render, listing
from bulkio.sandbox.classic.records import created, found
from bulkio.sandbox.clock import read_date
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links, decode_key, encode_key
from bulkio.sandbox.periods import add_periods
from bulkio.sandbox.shelves import Body

_BY_DATE = "json_extract(body, '$.fromDate'), key"
_LONGEST_YEAR = 18


def show_year(links: Links, body: Body, under: str = "") -> Body:
    """An accounting year; `under` is the address of the account that shows it, when one does."""
    own = f"{under}accounting-years/{encode_key(body['year'])}"
    more = {name: links.to(f"{own}/{name}") for name in ("periods", "entries", "totals")}
    vouchers = links.to(f"accounting-years/{encode_key(body['year'])}/vouchers")
    return body | more | {"vouchers": vouchers, "self": links.to(own)}


def show_period(links: Links, body: Body, under: str = "") -> Body:
    """A period of a year."""
    year = f"{under}accounting-years/{encode_key(body['accountingYear']['year'])}"
    own = f"{year}/periods/{body['periodNumber']}"
    more = {"accountingYear": body["accountingYear"] | {"self": links.to(year)}}
    return body | more | {name: links.to(f"{own}/{name}") for name in ("entries", "totals")} | {"self": links.to(own)}


def _under(render: Render, account: int) -> Render:
    return lambda links, body: render(links, body, f"accounts/{account}/")


def list_years(room: Room) -> Answer:
    """`GET /accounting-years`."""
    years = Collection(shelves.ACCOUNTING_YEARS, show_year, "/accounting-years", order=_BY_DATE)
    return listing(room, years, "accounting-years")


def read_year(room: Room, year: str) -> Answer:
    """`GET /accounting-years/:y`."""
    return Answer(200, show_year(room.links, known_year(room, year)))


def known_year(room: Room, key: str) -> Body:
    """The accounting year that a path names, or 404."""
    record = shelves.ACCOUNTING_YEARS.get(room.connection, decode_key(key))
    if record is None:
        raise not_found()
    return record


def known_period(room: Room, year: str, period: str) -> Body:
    """The period that a path names, or 404."""
    sql = "SELECT body FROM periods WHERE year = ? AND json_extract(body, '$.periodNumber') = ?"
    row = room.connection.execute(sql, (known_year(room, year)["year"], whole_number(period))).fetchone()
    if row is None:
        raise not_found()
    return shelves.load(row[0])


def list_periods(room: Room, year: str) -> Answer:
    """`GET /accounting-years/:y/periods`."""
    record = known_year(room, year)
    periods = Collection(shelves.PERIODS, show_period, "/accounting-years/accountingYear/periods", order=_BY_DATE)
    path = f"accounting-years/{encode_key(record['year'])}/periods"
    return listing(room, periods, path, Condition("year = ?", (record["year"],)))


def read_period(room: Room, year: str, period: str) -> Answer:
    """`GET /accounting-years/:y/periods/:p`."""
    return Answer(200, show_period(room.links, known_period(room, year, period)))


def list_years_of_account(room: Room, account: str) -> Answer:
    """`GET /accounts/:a/accounting-years`."""
    found(room, shelves.ACCOUNTS, account)
    surface = "/accounts/accountNumber/accounting-years"
    render = _under(show_year, int(account))
    years = Collection(shelves.ACCOUNTING_YEARS, render, surface, order=_BY_DATE)
    return listing(room, years, f"accounts/{int(account)}/accounting-years")


def read_year_of_account(room: Room, account: str, year: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y`."""
    found(room, shelves.ACCOUNTS, account)
    return Answer(200, show_year(room.links, known_year(room, year), f"accounts/{int(account)}/"))


def list_periods_of_account(room: Room, account: str, year: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y/periods`."""
    found(room, shelves.ACCOUNTS, account)
    record = known_year(room, year)
    render = _under(show_period, int(account))
    surface = "/accounts/accountNumber/accounting-years/accountingYear/periods"
    periods = Collection(shelves.PERIODS, render, surface, order=_BY_DATE)
    path = f"accounts/{int(account)}/accounting-years/{encode_key(record['year'])}/periods"
    return listing(room, periods, path, Condition("year = ?", (record["year"],)))


def read_period_of_account(room: Room, account: str, year: str, period: str) -> Answer:
    """`GET /accounts/:a/accounting-years/:y/periods/:p`."""
    found(room, shelves.ACCOUNTS, account)
    return Answer(200, show_period(room.links, known_period(room, year, period), f"accounts/{int(account)}/"))


@dataclass(frozen=True)
class _Span:
    first: date
    last: date

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def create_year(room: Room) -> Answer:
    """`POST /accounting-years`: at most 18 months, and it begins when the last one has ended (documented)."""
    faults = room.faults()
    span = _span(room.payload, faults)
    if span is not None:
        _judge_span(room, span, faults)
    faults.refuse_if_any()
    assert span is not None, "dates that cannot be read are faults"
    name = _name(room, span)
    year: Body = {"year": name, "fromDate": span.first.isoformat(), "toDate": span.last.isoformat(), "closed": False}
    shelves.ACCOUNTING_YEARS.insert(room.connection, name, year)
    add_periods(room.connection, year)
    return created("accounting-years", room.links, name, show_year(room.links, year))


def _span(payload: Body, faults: Faults) -> _Span | None:
    days = {name: read_date(payload[name]) for name in ("fromDate", "toDate")}
    for name, day in days.items():
        if day is None:
            faults.add_invented((name,), "bad-date", payload[name])
    first, last = days["fromDate"], days["toDate"]
    return _Span(first, last) if first and last else None


def _judge_span(room: Room, span: _Span, faults: Faults) -> None:
    if span.last <= span.first or span.months > _LONGEST_YEAR:
        faults.add_invented(("toDate",), "year-length", span.last.isoformat())
    row = room.connection.execute("SELECT max(json_extract(body, '$.toDate')) FROM accounting_years").fetchone()
    if row[0] is not None and span.first != date.fromisoformat(row[0]) + timedelta(days=1):
        faults.add_invented(("fromDate",), "year-gap", span.first.isoformat())


def _name(room: Room, span: _Span) -> str:
    """`2026`, `2025/2026`; a letter after it when the name is taken, as in real agreements."""
    years = (span.first.year, span.last.year)
    name = str(years[0]) if years[0] == years[1] else f"{years[0]}/{years[1]}"
    taken = (f"{name}{letter}" for letter in ("", *"abcdefghij"))
    return next((free for free in taken if not shelves.ACCOUNTING_YEARS.has(room.connection, free)), name)
