"""`/payment-terms` (economic-rest, 4.4): type and days of credit stay as they were created, seen live (`E06151`)."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, simply_invented
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.records import created, deleted, found, link_known, plain_values
from bulkio.sandbox.classic.values import at_most_two_decimals, fits_int32
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body

_SCHEMA = "payment-terms.post"
_PERCENTAGES = ("percentageForPrepaidAmount", "percentageForRemainderAmount")
_CONTRA_ACCOUNTS = ("contraAccountForPrepaidAmount", "contraAccountForRemainderAmount")
_IMMUTABLE = ("paymentTermsType", "daysOfCredit")


def show_payment_terms(links: Links, body: Body) -> Body:
    """Payment terms as samples/payment-terms.collection.json shows them."""
    for name in _CONTRA_ACCOUNTS:
        link_known(links, body, name, "accounts", "accountNumber")
    link_known(links, body, "creditCardCompany", "customers", "customerNumber")
    return body | {"self": links.to(f"payment-terms/{body['paymentTermsNumber']}")}


LIST = Collection(shelves.PAYMENT_TERMS, show_payment_terms, "/payment-terms", bare_meta_data=True)


def list_payment_terms(room: Room) -> Answer:
    """`GET /payment-terms`."""
    return listing(room, LIST, "payment-terms")


def read_payment_terms(room: Room, number: str) -> Answer:
    """`GET /payment-terms/:n`."""
    return Answer(200, show_payment_terms(room.links, found(room, shelves.PAYMENT_TERMS, number)))


def create_payment_terms(room: Room) -> Answer:
    """`POST /payment-terms`: the server gives the number."""
    number = shelves.PAYMENT_TERMS.highest(room.connection) + 1
    body = _judged(room, number)
    shelves.PAYMENT_TERMS.insert(room.connection, number, body)
    return created("payment-terms", room.links, number, show_payment_terms(room.links, body))


def replace_payment_terms(room: Room, number: str) -> Answer:
    """`PUT /payment-terms/:n`: replaces all but type and days of credit, which must be sent back unchanged."""
    previous = found(room, shelves.PAYMENT_TERMS, number)
    body = _judged(room, int(number))
    if any((body.get(name) or None) != (previous.get(name) or None) for name in _IMMUTABLE):
        raise simply_invented("payment-terms-immutable", 400)
    shelves.PAYMENT_TERMS.replace(room.connection, int(number), body)
    return Answer(200, show_payment_terms(room.links, body))


def delete_payment_terms(room: Room, number: str) -> Answer:
    """`DELETE /payment-terms/:n`: refused while a customer or an invoice has them (invention)."""
    found(room, shelves.PAYMENT_TERMS, number)
    sql = " UNION ALL ".join(
        f"SELECT 1 FROM {table} WHERE json_extract(body, '$.paymentTerms.paymentTermsNumber') = :terms"  # noqa: S608
        for table in ("customers", "drafts", "booked")
    )
    if room.connection.execute(f"{sql} LIMIT 1", {"terms": int(number)}).fetchone():
        raise simply_invented("payment-terms-in-use", 400)
    shelves.PAYMENT_TERMS.remove(room.connection, int(number))
    return deleted()


def _judged(room: Room, number: int) -> Body:
    faults = room.faults()
    body = _body(room, number, faults)
    faults.refuse_if_any()
    return body


def _body(room: Room, number: int, faults: Faults) -> Body:
    payload = room.payload
    fits_int32(payload, "daysOfCredit", (), faults)
    for name in _PERCENTAGES:
        at_most_two_decimals(payload, name, (), faults)
    body: Body = {"paymentTermsNumber": number, **plain_values(payload, _SCHEMA)}
    body |= {name: payload[name] for name in _IMMUTABLE if name in payload}
    for name in _CONTRA_ACCOUNTS:
        if name in payload:
            account = refer.resolve(room, refer.ACCOUNT, payload[name], (name,), faults)
            body[name] = {"accountNumber": account and account.key}
    if "creditCardCompany" in payload:
        company = refer.resolve(room, refer.CUSTOMER, payload["creditCardCompany"], ("creditCardCompany",), faults)
        body["creditCardCompany"] = {"customerNumber": company and company.key}
    return body
