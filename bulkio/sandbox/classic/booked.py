"""`/invoices/booked` and its views: booking is irreversible, the draft is gone afterwards (economic-rest, 4.1, 4.2)."""

from __future__ import annotations

from dataclasses import replace as copied

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, key_exists, not_found
from bulkio.sandbox.calls import Handler, Room, whole_number
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.invoice_shape import listed_booked, show_booked
from bulkio.sandbox.classic.ledger import enter_booked
from bulkio.sandbox.classic.pricing import line_vat, terms_of
from bulkio.sandbox.classic.products import known_product, sold_in
from bulkio.sandbox.classic.records import created, found
from bulkio.sandbox.classic.values import fits_int32
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import encode_key
from bulkio.sandbox.shelves import Body

LIST = Collection(
    shelves.BOOKED, listed_booked("invoices.booked.get"), "/invoices/booked", create="Book a draft invoice"
)
_OF_CUSTOMER = copied(
    LIST,
    render=listed_booked("customers.customerNumber.invoices.booked.get"),
    surface="/customers/customerNumber/invoices/booked",
    create="",
)
_DRAFT_ONLY = (
    "draftInvoiceNumber", "marginInBaseCurrency", "marginPercentage", "costPriceInBaseCurrency", "lastUpdated"
)  # fmt: skip
_TODAY = "date('now', 'localtime')"
VIEWS = {
    "paid": "remainder = 0",
    "unpaid": "remainder <> 0",
    "overdue": f"remainder <> 0 AND due_date < {_TODAY}",
    "not-due": f"remainder <> 0 AND due_date >= {_TODAY}",
}


def list_booked(room: Room) -> Answer:
    """`GET /invoices/booked`."""
    return listing(room, LIST, "invoices/booked")


def list_view(name: str) -> Handler:
    """`GET /invoices/paid` and the like; what is due today is not yet overdue (documented)."""
    render = listed_booked(f"invoices.{name}.get")
    collection = copied(LIST, render=render, surface=f"/invoices/{name}", create="")
    return lambda room: listing(room, collection, f"invoices/{name}", Condition(VIEWS[name]))


def list_sent(room: Room) -> Answer:
    """`GET /invoices/sent`: nothing leaves a sandbox."""
    return listing(room, copied(LIST, surface="/invoices/sent", create=""), "invoices/sent", Condition("0"))


def list_booked_of_customer(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/invoices/booked`."""
    found(room, shelves.CUSTOMERS, customer)
    scope = Condition("customer = ?", (int(customer),))
    return listing(room, _OF_CUSTOMER, f"customers/{int(customer)}/invoices/booked", scope)


def list_booked_of_employee(room: Room, employee: str) -> Answer:
    """`GET /employees/:n/invoices/booked`: those with the employee as sales person (invention)."""
    found(room, shelves.EMPLOYEES, employee)
    scope = Condition("json_extract(body, '$.references.salesPerson.employeeNumber') = ?", (int(employee),))
    return listing(room, copied(LIST, create=""), f"employees/{int(employee)}/invoices/booked", scope)


def list_booked_of_product(room: Room, product: str) -> Answer:
    """`GET /products/:n/invoices/booked`: those with a line of the product (invention)."""
    number = known_product(room, product)["productNumber"]
    path = f"products/{encode_key(number)}/invoices/booked"
    return listing(room, copied(LIST, create=""), path, sold_in("booked", number))


def list_sendings(room: Room, number: str) -> Answer:
    """`GET /invoices/booked/:n/sent`: nothing leaves a sandbox."""
    found(room, shelves.BOOKED, number)
    nothing = copied(LIST, surface="/invoices/sent", create="")
    return listing(room, nothing, f"invoices/booked/{int(number)}/sent", Condition("0"))


def read_booked(room: Room, number: str) -> Answer:
    """`GET /invoices/booked/:n`."""
    return Answer(200, show_booked(room.links, found(room, shelves.BOOKED, number)))


def book(room: Room) -> Answer:
    """`POST /invoices/booked`."""
    return _book(room, room.payload.get("bookWithNumber"))


def book_with_number(room: Room, number: str) -> Answer:
    """`PUT /invoices/booked/:bookWithNumber`, published beside the POST."""
    return _book(room, whole_number(number))


def _book(room: Room, wanted: int | None) -> Answer:
    faults = room.faults()
    fits_int32(room.payload, "bookWithNumber", (), faults)
    given = room.payload.get("draftInvoice", {})
    draft = refer.resolve(room, refer.DRAFT, given, ("draftInvoice",), faults)
    if draft is not None:
        _open_period(room, draft.record, faults)
    faults.refuse_if_any()
    assert draft is not None, "an unresolved draft is a fault"
    return _moved(room, draft.record, _number(room, wanted))


def _open_period(room: Room, draft: Body, faults: Faults) -> None:
    sql = (
        "SELECT 1 FROM accounting_years WHERE ? BETWEEN json_extract(body, '$.fromDate') "
        "AND json_extract(body, '$.toDate') AND NOT coalesce(json_extract(body, '$.closed'), 0)"
    )
    if room.connection.execute(sql, (draft["date"],)).fetchone() is None:
        faults.add_invented(("date",), "closed-period", draft["date"])


def _number(room: Room, wanted: int | None) -> int:
    if wanted is None:
        return shelves.BOOKED.highest(room.connection) + 1
    if wanted < 1:
        raise not_found()
    if shelves.BOOKED.has(room.connection, wanted):
        raise key_exists()
    return wanted


def _moved(room: Room, draft: Body, number: int) -> Answer:
    body = _booked_body(draft, number)
    shelves.DRAFTS.remove(room.connection, draft["draftInvoiceNumber"])
    shelves.BOOKED.insert(room.connection, number, body)
    enter_booked(room.connection, body)
    return created("invoices/booked", room.links, number, show_booked(room.links, body))


def _booked_body(draft: Body, number: int) -> Body:
    kept = {name: value for name, value in draft.items() if name not in _DRAFT_ONLY}
    return {
        "bookedInvoiceNumber": number,
        "orderNumber": draft["draftInvoiceNumber"],
        **kept,
        "lines": [_booked_line(line, draft) for line in draft["lines"]],
        "remainder": draft["grossAmount"],
        "remainderInBaseCurrency": draft["grossAmountInBaseCurrency"],
    }


def _booked_line(line: Body, draft: Body) -> Body:
    if "product" not in line:
        return line
    terms = terms_of(draft["currency"], draft["exchangeRate"], draft["recipient"]["vatZone"]["vatZoneNumber"])
    kept = {name: value for name, value in line.items() if not name.startswith("margin") and name != "accrual"}
    return kept | {"vatRate": float(terms.vat_rate), "vatAmount": float(line_vat(line, terms))}
