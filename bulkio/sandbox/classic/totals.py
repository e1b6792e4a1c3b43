"""`/invoices/totals` and what customers link to: sums over drafts and booked invoices (economic-rest, 4.3)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Handler, Room
from bulkio.sandbox.classic.booked import VIEWS
from bulkio.sandbox.classic.collection import EVERYTHING, matching
from bulkio.sandbox.classic.predefined_periods import predefined_periods
from bulkio.sandbox.classic.products import known_product
from bulkio.sandbox.classic.records import found
from bulkio.sandbox.filtering.sql import Condition, Fields, Parameter
from bulkio.sandbox.links import encode_key
from bulkio.sandbox.shelves import Body

_NET = "round(coalesce(sum(json_extract(body, '$.netAmountInBaseCurrency')), 0), 2)"
_OPEN = "round(coalesce(sum(json_extract(body, '$.remainderInBaseCurrency')), 0), 2)"
_DATES = "max(json_extract(body, '$.date')), min(json_extract(body, '$.date'))"
_DATED = Fields(("date",), {"date": "string"}, {})
_BOOKED_PATHS = {
    "paid": ("paid", VIEWS["paid"]),
    "unpaid": ("unpaid", VIEWS["unpaid"]),
    "unpaid/overdue": ("overdue", VIEWS["overdue"]),
    "unpaid/not-overdue": ("notOverdue", VIEWS["not-due"]),
}


@dataclass(frozen=True)
class Sum:
    """The invoices of one table that are added up."""

    table: str
    where: str = "1"
    parameters: tuple[Parameter, ...] = ()


def figures(room: Room, wanted: Sum, *, remainder: bool = False) -> Body:
    """Net amount, count, the dates they lie between and, where asked for, what is left to pay."""
    sql = f"SELECT {_NET}, count(*), {_OPEN}, {_DATES} FROM {wanted.table} WHERE {wanted.where}"
    net, count, still_open, latest, earliest = room.connection.execute(sql, wanted.parameters).fetchone()
    body: Body = {"netAmountInBaseCurrency": float(net), "invoiceCount": count}
    if remainder:
        body["grossRemainderInBaseCurrency"] = float(still_open)
    return body | ({"maxDate": latest, "minDate": earliest} if latest else {})


def _undated(room: Room, wanted: Sum, path: str, description: str, *, remainder: bool = False) -> Body:
    found_figures = figures(room, wanted, remainder=remainder)
    kept = {name: value for name, value in found_figures.items() if name not in ("maxDate", "minDate")}
    return kept | {"description": description, "self": room.links.to(f"invoices/totals/{path}")}


def read_totals(room: Room) -> Answer:
    """`GET /invoices/totals`, narrowed by a filter on `date` as its predefined periods are."""
    dated = matching(room, _DATED, EVERYTHING)
    booked = _undated(room, _narrowed(dated, "booked"), "booked", "All booked invoices")
    paid = _undated(room, _narrowed(dated, "booked", VIEWS["paid"]), "booked/paid", "Paid invoices")
    return Answer(200, {
        "drafts": _undated(room, _narrowed(dated, "drafts"), "drafts", "All draft invoices"),
        "booked": booked | {"paid": paid, "unpaid": _unpaid(room, dated)},
        "predefinedPeriodFilters": predefined_periods(room),
        "self": room.links.to("invoices/totals"),
    })  # fmt: skip


def _narrowed(dated: Condition, table: str, where: str = "1") -> Sum:
    return Sum(table, f"{where} AND {dated.sql}", dated.parameters)


def _unpaid(room: Room, dated: Condition) -> Body:
    path = "booked/unpaid"
    of = partial(_narrowed, dated, "booked")
    unpaid = _undated(room, of(VIEWS["unpaid"]), path, "Unpaid invoices", remainder=True)
    overdue = _undated(room, of(VIEWS["overdue"]), f"{path}/overdue", "Overdue invoices", remainder=True)
    not_due = _undated(room, of(VIEWS["not-due"]), f"{path}/not-overdue", "Invoices not yet due")
    return unpaid | {"overdue": overdue, "notOverdue": not_due}


def read_drafts_total(room: Room) -> Answer:
    """`GET /invoices/totals/drafts`."""
    return Answer(200, figures(room, Sum("drafts")) | _children(room, "invoices/totals/drafts"))


def _children(room: Room, own: str) -> Body:
    names = {"customers": "customers", "accountingYears": "accounting-years", "periods": "periods",
             "employees": "employees"}  # fmt: skip
    return {name: room.links.to(f"{own}/{path}") for name, path in names.items()} | {"self": room.links.to(own)}


def read_booked_total(room: Room) -> Answer:
    """`GET /invoices/totals/booked`."""
    own = "invoices/totals/booked"
    more = {name: room.links.to(f"{own}/{name}") for name in ("paid", "unpaid")}
    return Answer(200, figures(room, Sum("booked")) | more | _children(room, own))


def read_part_of_booked(path: str) -> Handler:
    """`GET /invoices/totals/booked/paid` and below."""
    _, where = _BOOKED_PATHS[path]

    def read(room: Room) -> Answer:
        own = f"invoices/totals/booked/{path}"
        sums = figures(room, Sum("booked", where), remainder="unpaid" in path)
        more = {"overdue": f"{own}/overdue", "notOverdue": f"{own}/not-overdue"} if path == "unpaid" else {}
        links = {name: room.links.to(to) for name, to in more.items()}
        return Answer(200, sums | links | _children(room, "invoices/totals/booked") | {"self": room.links.to(own)})

    return read


BOOKED_PARTS = tuple(_BOOKED_PATHS)


def read_customer_totals(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/totals`: links to the sums."""
    found(room, shelves.CUSTOMERS, customer)
    number = int(customer)
    links = {table: room.links.to(f"invoices/totals/{table}/customers/{number}") for table in ("drafts", "booked")}
    return Answer(200, links | {"self": room.links.to(f"customers/{number}/totals")})


def read_customer_invoices(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/invoices`: links to the lists."""
    found(room, shelves.CUSTOMERS, customer)
    own = f"customers/{int(customer)}/invoices"
    links = {name: room.links.to(f"{own}/{name}") for name in ("drafts", "booked")}
    return Answer(200, links | {"self": room.links.to(own)})


def read_product_invoices(room: Room, product: str) -> Answer:
    """`GET /products/:n/invoices`: links to the lists."""
    own = f"products/{encode_key(known_product(room, product)['productNumber'])}/invoices"
    links = {name: room.links.to(f"{own}/{name}") for name in ("drafts", "booked")}
    return Answer(200, links | {"self": room.links.to(own)})


def read_invoices(room: Room) -> Answer:
    """`GET /invoices`: what there is."""
    names = {"drafts": "drafts", "booked": "booked", "paid": "paid", "unpaid": "unpaid", "overdue": "overdue",
             "notDue": "not-due", "sent": "sent", "totals": "totals"}  # fmt: skip
    links = {name: room.links.to(f"invoices/{path}") for name, path in names.items()}
    return Answer(200, links | {"self": room.links.to("invoices")})
