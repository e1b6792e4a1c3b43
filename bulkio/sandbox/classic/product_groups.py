"""`/product-groups` and the accounts that their products are sold on; read only."""

# ruff: noqa: S608 - names of tables and columns are our own constants; the number is a whole one

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.accounts import balance_of, show_account
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.records import found, linked
from bulkio.sandbox.links import Links
from bulkio.sandbox.shelves import Body, Shelf

_ACCOUNT = "salesAccount"


def show_product_group(links: Links, body: Body) -> Body:
    """A product group with its links."""
    own = f"product-groups/{body['productGroupNumber']}"
    shown = {name: value for name, value in body.items() if name != "sales"}
    more = {"salesAccounts": links.to(f"{own}/sales-accounts"), "products": links.to(f"{own}/products")}
    return shown | more | {"inventoryEnabled": False, "self": links.to(own)}


LIST = Collection(shelves.PRODUCT_GROUPS, show_product_group, "/product-groups")


def list_product_groups(room: Room) -> Answer:
    """`GET /product-groups`."""
    return listing(room, LIST, "product-groups")


def read_product_group(room: Room, group: str) -> Answer:
    """`GET /product-groups/:n`."""
    return Answer(200, show_product_group(room.links, found(room, shelves.PRODUCT_GROUPS, group)))


def list_sales_accounts(room: Room, group: str) -> Answer:
    """`GET /product-groups/:n/sales-accounts`: one account a VAT zone (invention `sales-accounts`)."""
    found(room, shelves.PRODUCT_GROUPS, group)
    number = int(group)
    table = (
        "(SELECT z.key AS key, json_object('salesAccount', json_set(json(a.body), '$.balance', "
        f"{balance_of('a')}), 'vatZone', json(z.body)) AS body "
        "FROM product_groups g, json_each(g.body, '$.sales') s JOIN vat_zones z ON z.key = CAST(s.key AS INTEGER) "
        f"JOIN accounts a ON a.key = s.value WHERE g.key = {number})"
    )
    accounts = Collection(
        Shelf(table, "saleKey", "sales-accounts"),
        _show_sales_account,
        "/product-groups/productGroupNumber/sales-accounts",
        order="json_extract(body, '$.salesAccount.accountNumber'), key",
    )
    return listing(room, accounts, f"product-groups/{number}/sales-accounts")


def _show_sales_account(links: Links, body: Body) -> Body:
    account = dict(body[_ACCOUNT])
    balance = account.pop("balance")
    zone = linked(links, "vat-zones", body["vatZone"], "vatZoneNumber")
    return {_ACCOUNT: show_account(links, account, balance, None), "vatZone": zone}
