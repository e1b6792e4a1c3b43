"""`/invoices/drafts` (economic-rest, 4.2)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from dataclasses import replace as copied

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.collection import EVERYTHING, Collection, listing, matching
from bulkio.sandbox.classic.draft_body import read_draft
from bulkio.sandbox.classic.invoice_shape import listed_drafts, show_draft
from bulkio.sandbox.classic.products import known_product, sold_in
from bulkio.sandbox.classic.records import created, found
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import encode_key
from bulkio.sandbox.shelves import Body

LIST = Collection(
    shelves.DRAFTS, listed_drafts("invoices.drafts.get"), "/invoices/drafts", create="Create a new draft invoice"
)
_OF_CUSTOMER = copied(
    LIST,
    render=listed_drafts("customers.customerNumber.invoices.drafts.get"),
    surface="/customers/customerNumber/invoices/drafts",
    create="",
)
_KEPT_BY_PUT = ("date", "currency", "customer", "paymentTerms", "layout")


def list_drafts(room: Room) -> Answer:
    """`GET /invoices/drafts`."""
    return listing(room, LIST, "invoices/drafts")


def list_drafts_of_customer(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/invoices/drafts`."""
    found(room, shelves.CUSTOMERS, customer)
    scope = Condition("customer = ?", (int(customer),))
    return listing(room, _OF_CUSTOMER, f"customers/{int(customer)}/invoices/drafts", scope)


def list_drafts_of_employee(room: Room, employee: str) -> Answer:
    """`GET /employees/:n/invoices/drafts`: those with the employee as sales person (invention)."""
    found(room, shelves.EMPLOYEES, employee)
    scope = Condition("json_extract(body, '$.references.salesPerson.employeeNumber') = ?", (int(employee),))
    return listing(room, copied(LIST, create=""), f"employees/{int(employee)}/invoices/drafts", scope)


def list_drafts_of_product(room: Room, product: str) -> Answer:
    """`GET /products/:n/invoices/drafts`: those with a line of the product (invention)."""
    number = known_product(room, product)["productNumber"]
    path = f"products/{encode_key(number)}/invoices/drafts"
    return listing(room, copied(LIST, create=""), path, sold_in("drafts", number))


def read_draft_invoice(room: Room, number: str) -> Answer:
    """`GET /invoices/drafts/:n`."""
    return Answer(200, show_draft(room.links, found(room, shelves.DRAFTS, number)))


def create_draft(room: Room) -> Answer:
    """`POST /invoices/drafts`."""
    body = _judged(room, room.payload)
    number = shelves.next_number(room.connection, "drafts")
    body = {"draftInvoiceNumber": number, **body}
    shelves.DRAFTS.insert(room.connection, number, body)
    return created("invoices/drafts", room.links, number, show_draft(room.links, body))


def replace_draft(room: Room, number: str) -> Answer:
    """`PUT /invoices/drafts/:n`: replaces the lines too; what its schema does not require stays when omitted."""
    previous = found(room, shelves.DRAFTS, number)
    kept = {name: previous[name] for name in _KEPT_BY_PUT}
    body = {"draftInvoiceNumber": int(number), **_judged(room, kept | room.payload)}
    shelves.DRAFTS.replace(room.connection, int(number), body)
    return Answer(200, show_draft(room.links, body))


def add_lines(room: Room, number: str) -> Answer:
    """`POST /invoices/drafts/:n/lines`: appends lines; what it answers is the invention `draft-lines-post`."""
    previous = found(room, shelves.DRAFTS, number)
    payload = previous | {"lines": [*previous["lines"], *_appended(previous["lines"], room.payload["lines"])]}
    body = {"draftInvoiceNumber": int(number), **_judged(room, payload)}
    shelves.DRAFTS.replace(room.connection, int(number), body)
    return created("invoices/drafts", room.links, int(number), show_draft(room.links, body))


def _appended(present: list[Body], lines: list[Body]) -> list[Body]:
    highest = max((line["lineNumber"] for line in present), default=0)
    last = max((line["sortKey"] for line in present), default=0)
    return [{"sortKey": last + place, **line, "lineNumber": highest + place} for place, line in enumerate(lines, 1)]


def _judged(room: Room, payload: Body) -> Body:
    faults = room.faults()
    body = read_draft(room, payload, faults)
    faults.refuse_if_any()
    return body


def delete_draft(room: Room, number: str) -> Answer:
    """`DELETE /invoices/drafts/:n`: 200 with a body, unlike other deletions."""
    found(room, shelves.DRAFTS, number)
    return _deleted(room, [int(number)], "Deleted invoice.")


def delete_drafts(room: Room) -> Answer:
    """`DELETE /invoices/drafts`: all of them, or those that the filter names."""
    wanted = matching(room, LIST.fields(), EVERYTHING)
    sql = f"SELECT key FROM drafts WHERE {wanted.sql} ORDER BY key"
    numbers = [int(row[0]) for row in room.connection.execute(sql, wanted.parameters)]
    return _deleted(room, numbers, f"Deleted {len(numbers)} invoices.")


def _deleted(room: Room, numbers: list[int], message: str) -> Answer:
    for number in numbers:
        shelves.DRAFTS.remove(room.connection, number)
    items = [{"draftInvoiceNumber": number, "self": room.links.to_key("invoices/drafts", number)} for number in numbers]
    return Answer(200, {"message": message, "deletedCount": len(items), "deletedItems": items})
