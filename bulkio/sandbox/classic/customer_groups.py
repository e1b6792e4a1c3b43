"""`/customer-groups` (economic-rest, 2.4): the caller chooses the number."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, key_exists, simply_invented
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.accounts import balance_of
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.records import created, deleted, found, plain_values
from bulkio.sandbox.classic.values import fits_int32
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body

_SCHEMA = "customer-groups.post"
_ACCOUNT = "(SELECT a.body FROM accounts a WHERE a.key = json_extract(customer_groups.body, '$.account.accountNumber'))"
_LAYOUT = "(SELECT l.body FROM layouts l WHERE l.key = json_extract(customer_groups.body, '$.layout.layoutNumber'))"

_BALANCE = (
    f"(SELECT {balance_of('b')} FROM accounts b "
    "WHERE b.key = json_extract(customer_groups.body, '$.account.accountNumber'))"
)
_EXTRA = (_ACCOUNT, _LAYOUT, _BALANCE)


def show_group(links: Links, body: Body, account: str | None, layout: str | None, balance: float = 0.0) -> Body:
    """A group with its account and layout spelled out, as samples/customer-groups.collection.json shows it."""
    own = f"customer-groups/{body['customerGroupNumber']}"
    if account is not None:
        body["account"] = _show_account(links, shelves.load(account), balance)
    if layout is not None:
        body["layout"] = _show_layout(links, shelves.load(layout))
    return body | {"customers": links.to(f"{own}/customers"), "self": links.to(own)}


def _show_account(links: Links, account: Body, balance: float) -> Body:
    own = f"accounts/{account['accountNumber']}"
    kept = ("accountNumber", "accountType", "blockDirectEntries", "debitCredit", "name")
    shown = {name: account[name] for name in kept if name in account}
    return shown | {"balance": balance, "accountingYears": links.to(f"{own}/accounting-years"), "self": links.to(own)}


def _show_layout(links: Links, layout: Body) -> Body:
    return {**layout, "self": links.to(f"layouts/{layout['layoutNumber']}")}


LIST = Collection(
    shelves.CUSTOMER_GROUPS,
    show_group,
    "/customer-groups",
    extra=_EXTRA,
    bare_meta_data=True,
)


def list_groups(room: Room) -> Answer:
    """`GET /customer-groups`."""
    return listing(room, LIST, "customer-groups")


def read_group(room: Room, number: str) -> Answer:
    """`GET /customer-groups/:n`."""
    return Answer(200, _shown(room, found(room, shelves.CUSTOMER_GROUPS, number)))


def _shown(room: Room, body: Body) -> Body:
    sql = f"SELECT {', '.join(_EXTRA)} FROM customer_groups WHERE key = ?"
    row = room.connection.execute(sql, (body["customerGroupNumber"],)).fetchone()
    return show_group(room.links, body, *row)


def create_group(room: Room) -> Answer:
    """`POST /customer-groups`."""
    number = room.payload["customerGroupNumber"]
    faults = room.faults()
    fits_int32(room.payload, "customerGroupNumber", (), faults)
    body = _body(room, number, faults)
    faults.refuse_if_any()
    if shelves.CUSTOMER_GROUPS.has(room.connection, number):
        raise key_exists()
    shelves.CUSTOMER_GROUPS.insert(room.connection, number, body)
    return created("customer-groups", room.links, number, _shown(room, body))


def replace_group(room: Room, number: str) -> Answer:
    """`PUT /customer-groups/:n`: the number in the body is read-only."""
    found(room, shelves.CUSTOMER_GROUPS, number)
    faults = room.faults()
    body = _body(room, int(number), faults)
    faults.refuse_if_any()
    shelves.CUSTOMER_GROUPS.replace(room.connection, int(number), body)
    return Answer(200, _shown(room, body))


def delete_group(room: Room, number: str) -> Answer:
    """`DELETE /customer-groups/:n`: refused while a customer is in it (invention)."""
    found(room, shelves.CUSTOMER_GROUPS, number)
    scope = Condition("group_number = ?", (int(number),))
    if room.connection.execute(f"SELECT 1 FROM customers WHERE {scope.sql} LIMIT 1", scope.parameters).fetchone():
        raise simply_invented("group-in-use", 400)
    shelves.CUSTOMER_GROUPS.remove(room.connection, int(number))
    return deleted()


def _body(room: Room, number: int, faults: Faults) -> Body:
    body: Body = {"customerGroupNumber": number, **plain_values(room.payload, _SCHEMA)}
    if "account" in room.payload:
        account = refer.usable_account(room, room.payload["account"], ("account",), faults)
        body["account"] = {"accountNumber": account and account.key}
    if "layout" in room.payload:
        layout = refer.usable_layout(room, room.payload["layout"], ("layout",), faults)
        body["layout"] = {"layoutNumber": layout and layout.key}
    return body
