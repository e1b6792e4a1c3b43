"""A product's prices in other currencies (schemas products.productNumber.pricing.currency-specific-sales-prices.*)."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, key_exists, not_found
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.collection import Collection, actions, listing
from bulkio.sandbox.classic.products import known_product
from bulkio.sandbox.classic.records import created, deleted, link_known
from bulkio.sandbox.classic.values import at_most_two_decimals, moderate
from bulkio.sandbox.faults import Faults
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links, decode_key, encode_key
from bulkio.sandbox.shelves import Body


def _path(product: str) -> str:
    return f"products/{encode_key(product)}/pricing/currency-specific-sales-prices"


def show_price(links: Links, body: Body) -> Body:
    """A price with its links."""
    own = f"{_path(body['product']['productNumber'])}/{body['currency']['code']}"
    link_known(links, body, "product", "products", "productNumber")
    link_known(links, body, "currency", "currencies", "code")
    return body | {"self": links.to(own)}


def _single(links: Links, body: Body) -> Body:
    path = f"{_path(body['product']['productNumber'])}/{body['currency']['code']}"
    shown = show_price(links, body)
    own = shown.pop("self")
    return shown | {"metaData": actions(links, path, "currency specific sales price"), "self": own}


LIST = Collection(
    shelves.SALES_PRICES,
    show_price,
    "/products/productNumber/pricing/currency-specific-sales-prices",
    create="Create a new currency specific sales price",
)


def list_prices(room: Room, product: str) -> Answer:
    """`GET /products/:n/pricing/currency-specific-sales-prices`."""
    number = known_product(room, product)["productNumber"]
    return listing(room, LIST, _path(number), Condition("product = ?", (number,)))


def _own(room: Room, product: str, code: str) -> tuple[int, Body]:
    number = known_product(room, product)["productNumber"]
    sql = "SELECT key, body FROM sales_prices WHERE product = ? AND currency = ?"
    row = room.connection.execute(sql, (number, decode_key(code))).fetchone()
    if row is None:
        raise not_found()
    return row[0], shelves.load(row[1])


def read_price(room: Room, product: str, code: str) -> Answer:
    """`GET …/:currencyCode`."""
    return Answer(200, _single(room.links, _own(room, product, code)[1]))


def create_price(room: Room, product: str) -> Answer:
    """`POST …`: one price a currency."""
    number = known_product(room, product)["productNumber"]
    faults = room.faults()
    body = _body(room, number, faults)
    faults.refuse_if_any()
    sql = "SELECT 1 FROM sales_prices WHERE product = ? AND currency = ?"
    if room.connection.execute(sql, (number, body["currency"]["code"])).fetchone():
        raise key_exists()
    shelves.SALES_PRICES.insert(room.connection, shelves.SALES_PRICES.highest(room.connection) + 1, body)
    return created(_path(number), room.links, body["currency"]["code"], _single(room.links, body))


def replace_price(room: Room, product: str, code: str) -> Answer:
    """`PUT …/:currencyCode`."""
    key, previous = _own(room, product, code)
    faults = room.faults()
    body = _body(room, previous["product"]["productNumber"], faults, previous["currency"]["code"])
    faults.refuse_if_any()
    shelves.SALES_PRICES.replace(room.connection, key, body)
    return Answer(200, _single(room.links, body))


def delete_price(room: Room, product: str, code: str) -> Answer:
    """`DELETE …/:currencyCode`."""
    shelves.SALES_PRICES.remove(room.connection, _own(room, product, code)[0])
    return deleted()


def _body(room: Room, number: str, faults: Faults, code: str | None = None) -> Body:
    at_most_two_decimals(room.payload, "price", (), faults)
    moderate(room.payload, "price", (), faults)
    named = room.payload.get("product", {}).get("productNumber", number)
    if named != number:
        faults.add_invented(("product",), "number-mismatch", named)
    return {
        "price": float(room.payload["price"]),
        "product": {"productNumber": number},
        "currency": {"code": _currency(room, faults, code)},
    }


def _currency(room: Room, faults: Faults, code: str | None) -> str:
    given = room.payload.get("currency")
    if given is None and code is not None:
        return code
    found = refer.resolve(room, refer.CURRENCY, given or {}, ("currency",), faults)
    if found is not None and code is not None and found.key != code:
        faults.add_invented(("currency",), "number-mismatch", found.key)
    return str(found.key) if found else ""
