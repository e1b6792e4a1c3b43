"""The months of an accounting year, as records of their own so that they are listed and filtered like any other."""

from __future__ import annotations

import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from bulkio.sandbox.shelves import Body, dump


def add_periods(connection: sqlite3.Connection, year: Body) -> None:
    """Add the periods of a year: one a month, the first and last cut to the year's own days."""
    rows = [(dump(_period(year, number, first, last)),) for number, (first, last) in enumerate(_months(year), 1)]
    connection.executemany("INSERT INTO periods (body) VALUES (?)", rows)


def _period(year: Body, number: int, first: date, last: date) -> Body:
    return {
        "periodNumber": number,
        "accountingYear": {"year": year["year"]},
        "fromDate": first.isoformat(),
        "toDate": last.isoformat(),
        "closed": bool(year.get("closed")),
    }


def _months(year: Body) -> Iterator[tuple[date, date]]:
    first, end = date.fromisoformat(year["fromDate"]), date.fromisoformat(year["toDate"])
    while first <= end:
        last = min(end, first.replace(day=monthrange(first.year, first.month)[1]))
        yield first, last
        first = last + timedelta(days=1)
