"""Totals of drafts and booked invoices by customer, employee, accounting year and period (economic-rest, 4.3).

Published for the drafts of a customer and of an employee; the rest that is linked is the invention `totals-parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.calls import Handler, Room, whole_number
from bulkio.sandbox.classic.accounting_years import known_year
from bulkio.sandbox.classic.records import found
from bulkio.sandbox.classic.totals import Sum, figures
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import encode_key
from bulkio.sandbox.routing import Route
from bulkio.sandbox.shelves import Body

_EMPLOYEE = "json_extract(body, '$.references.salesPerson.employeeNumber')"
_DATE = "json_extract(body, '$.date')"


@dataclass(frozen=True)
class _Part:
    """One member of a dimension: its address there, which invoices are its, and how it is named in answers."""

    key: str
    scope: Condition
    named: Body


@dataclass(frozen=True)
class _Dimension:
    """A way to part invoices: its address, its names in answers, one of its parts, and all that invoices have."""

    path: str
    plural: str
    singular: str
    one: Callable[[Room, str], _Part]
    every: Callable[[Room, str], list[_Part]]


def _customer(room: Room, key: str) -> _Part:
    found(room, shelves.CUSTOMERS, key)
    number = int(key)
    named = {"customerNumber": number, "self": room.links.to(f"customers/{number}")}
    return _Part(str(number), Condition("customer = ?", (number,)), named)


def _employee(room: Room, key: str) -> _Part:
    found(room, shelves.EMPLOYEES, key)
    number = int(key)
    # The published schema of one employee's total calls the number `customerNumber`.
    named = {"employeeNumber": number, "customerNumber": number, "self": room.links.to(f"employees/{number}")}
    return _Part(str(number), Condition(f"{_EMPLOYEE} = ?", (number,)), named)


def _year(room: Room, key: str) -> _Part:
    record = known_year(room, key)
    written = encode_key(record["year"])
    named = {"year": record["year"], "self": room.links.to(f"accounting-years/{written}")}
    return _Part(written, _within(record), named)


def _period(room: Room, key: str) -> _Part:
    number = whole_number(key)
    record = next((body for body in _periods(room) if body["periodNumber"] == number), None)
    if record is None:
        raise not_found()
    year = encode_key(record["accountingYear"]["year"])
    named = {"periodNumber": number, "self": room.links.to(f"accounting-years/{year}/periods/{number}")}
    return _Part(str(number), _within(record), named)


def _within(part: Body) -> Condition:
    return Condition(f"{_DATE} BETWEEN ? AND ?", (part["fromDate"], part["toDate"]))


def _periods(room: Room) -> list[Body]:
    """The periods of the accounting year of today, else of the last one."""
    sql = (
        "SELECT key FROM accounting_years WHERE json_extract(body, '$.fromDate') <= ? "
        "ORDER BY json_extract(body, '$.fromDate') DESC LIMIT 1"
    )
    row = room.connection.execute(sql, (room.today.isoformat(),)).fetchone()
    rows = room.connection.execute("SELECT body FROM periods WHERE year = ? ORDER BY key", row or ("",))
    return [shelves.load(body) for (body,) in rows]


def _customers(room: Room, table: str) -> list[_Part]:
    rows = room.connection.execute(f"SELECT DISTINCT customer FROM {table} ORDER BY 1").fetchall()  # noqa: S608
    return [_customer(room, str(number)) for (number,) in rows]


def _employees(room: Room, table: str) -> list[_Part]:
    sql = f"SELECT DISTINCT {_EMPLOYEE} FROM {table} WHERE {_EMPLOYEE} IS NOT NULL ORDER BY 1"  # noqa: S608
    return [_employee(room, str(number)) for (number,) in room.connection.execute(sql).fetchall()]


def _years(room: Room, _table: str) -> list[_Part]:
    rows = room.connection.execute("SELECT key FROM accounting_years ORDER BY key").fetchall()
    return [_year(room, encode_key(key)) for (key,) in rows]


def _all_periods(room: Room, _table: str) -> list[_Part]:
    return [_period(room, str(body["periodNumber"])) for body in _periods(room)]


_DIMENSIONS = (
    _Dimension("customers", "customers", "customer", _customer, _customers),
    _Dimension("accounting-years", "accountingYears", "accountingYear", _year, _years),
    _Dimension("periods", "periods", "period", _period, _all_periods),
    _Dimension("employees", "employees", "employee", _employee, _employees),
)


def part_routes(table: str) -> Iterator[Route]:
    """The totals of a table by each dimension, and by a second one within it."""
    own = f"/invoices/totals/{table}"
    for first in _DIMENSIONS:
        yield Route("GET", f"{own}/{first.path}", _list_parts(table, first))
        yield Route("GET", f"{own}/{first.path}/:key", _read_part(table, first))
        for second in _DIMENSIONS:
            if second is not first:
                path = f"{own}/{first.path}/:key/{second.path}"
                yield Route("GET", path, _list_within(table, first, second))
                yield Route("GET", f"{path}/:within", _read_within(table, first, second))


def _sum(table: str, *scopes: Condition) -> Sum:
    parameters = tuple(value for scope in scopes for value in scope.parameters)
    return Sum(table, " AND ".join(scope.sql for scope in scopes) or "1", parameters)


def _figures(room: Room, table: str, *scopes: Condition) -> Body:
    return figures(room, _sum(table, *scopes), remainder=table == "booked")


def _others(room: Room, own: str, dimension: _Dimension) -> Body:
    others = [other for other in _DIMENSIONS if other is not dimension]
    return {other.plural: room.links.to(f"{own}/{other.path}") for other in others}


def _list_parts(table: str, dimension: _Dimension) -> Handler:
    def read(room: Room) -> Answer:
        own = f"invoices/totals/{table}/{dimension.path}"
        return Answer(200, _figures(room, table) | _parts(room, table, dimension, own))

    return read


def _list_within(table: str, first: _Dimension, second: _Dimension) -> Handler:
    def read(room: Room, key: str) -> Answer:
        outer = first.one(room, key)
        own = f"invoices/totals/{table}/{first.path}/{outer.key}/{second.path}"
        return Answer(200, _figures(room, table, outer.scope) | _parts(room, table, second, own, outer.scope))

    return read


def _parts(room: Room, table: str, dimension: _Dimension, own: str, *within: Condition) -> Body:
    shares = [
        _figures(room, table, *within, part.scope)
        | {dimension.singular: part.named, "self": room.links.to(f"{own}/{part.key}")}
        for part in dimension.every(room, table)
    ]
    return {dimension.plural: shares, "self": room.links.to(own)}


def _read_part(table: str, dimension: _Dimension) -> Handler:
    def read(room: Room, key: str) -> Answer:
        part = dimension.one(room, key)
        own = f"invoices/totals/{table}/{dimension.path}/{part.key}"
        shown = _figures(room, table, part.scope) | {dimension.singular: part.named} | _others(room, own, dimension)
        return Answer(200, shown | {"self": room.links.to(own)})

    return read


def _read_within(table: str, first: _Dimension, second: _Dimension) -> Handler:
    def read(room: Room, key: str, within: str) -> Answer:
        outer, inner = first.one(room, key), second.one(room, within)
        own = f"invoices/totals/{table}/{first.path}/{outer.key}/{second.path}/{inner.key}"
        shown = _figures(room, table, outer.scope, inner.scope) | {second.singular: inner.named}
        onward = _others(room, f"invoices/totals/{table}/{second.path}/{inner.key}", second)
        if second.path == "periods":
            # The published schema spells it so.
            onward["acccountingYears"] = onward["accountingYears"]
        return Answer(200, shown | onward | {"self": room.links.to(own)})

    return read
