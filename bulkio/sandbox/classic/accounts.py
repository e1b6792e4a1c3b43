"""`/accounts` (economic-rest, 4.6): read only; balances come from the entries (invention `account-balance`)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, not_found
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body, load

POSTABLE = ("profitAndLoss", "status")
_HEADING = (
    "(SELECT max(h.key) FROM accounts h WHERE h.key < {0}.key AND json_extract(h.body, '$.accountType') = 'heading')"
)
_TOTALLED = (
    "CASE WHEN json_extract({0}.body, '$.accountType') = 'totalFrom' THEN " + _HEADING + " ELSE {0}.key END"
)  # fmt: skip


def balance_of(alias: str) -> str:
    """The SQL for an account's balance: its entries, for a total those from the heading above it on."""
    first = _TOTALLED.format(alias)
    return (
        f"(SELECT coalesce(round(sum(e.base), 2), 0.0) FROM entries e WHERE e.account BETWEEN {first} AND {alias}.key)"
    )


def show_account(links: Links, body: Body, balance: float, heading: int | None) -> Body:
    """An account as samples/accounts.collection.json shows it."""
    own = f"accounts/{body['accountNumber']}"
    shown = {name: value for name, value in body.items() if name != "barred" or value}
    shown["balance"] = balance
    if body["accountType"] in POSTABLE:
        shown["draftBalance"] = balance
    if body["accountType"] == "totalFrom" and heading:
        shown["totalFromAccount"] = {"accountNumber": heading, "self": links.to(f"accounts/{heading}")}
    return shown | {"accountingYears": links.to(f"{own}/accounting-years"), "self": links.to(own)}


_BALANCE = balance_of("accounts")
_EXTRA = (_BALANCE, _HEADING.format("accounts"))
LIST = Collection(shelves.ACCOUNTS, show_account, "/accounts", columns={"balance": _BALANCE}, extra=_EXTRA)


def list_accounts(room: Room) -> Answer:
    """`GET /accounts`."""
    return listing(room, LIST, "accounts")


def read_account(room: Room, number: str) -> Answer:
    """`GET /accounts/:n`."""
    sql = f"SELECT body, {', '.join(_EXTRA)} FROM accounts WHERE key = ?"
    row = room.connection.execute(sql, (whole_number(number),)).fetchone()
    if row is None:
        raise not_found()
    return Answer(200, show_account(room.links, load(row[0]), row[1], row[2]))
