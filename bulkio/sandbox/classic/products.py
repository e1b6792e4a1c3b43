"""`/products` and the lists that lead to it (economic-rest, 4.5; samples/products.collection.json)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

from dataclasses import replace as copied

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, key_exists, not_found, simply_invented
from bulkio.sandbox.calls import Room, whole_number
from bulkio.sandbox.classic import references as refer
from bulkio.sandbox.classic.collection import Collection, actions, listing
from bulkio.sandbox.classic.product_groups import show_product_group
from bulkio.sandbox.classic.records import created, deleted, plain_values
from bulkio.sandbox.classic.units import show_unit
from bulkio.sandbox.classic.values import at_most_two_decimals, moderate
from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.faults import Faults, Path
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links, decode_key, encode_key
from bulkio.sandbox.shelves import Body, load

_SCHEMA = "products.post"
_PRICES = ("costPrice", "recommendedPrice", "salesPrice")
_WRITABLE_INVENTORY = "packageVolume"
_GROUP = (
    "(SELECT g.body FROM product_groups g "
    "WHERE g.key = json_extract(products.body, '$.productGroup.productGroupNumber'))"
)
_UNIT = "(SELECT u.body FROM units u WHERE u.key = json_extract(products.body, '$.unit.unitNumber'))"
_SOLD = (
    "EXISTS (SELECT 1 FROM json_each({0}.body, '$.lines') l WHERE json_extract(l.value, '$.product.productNumber') = ?)"
)


def show_product(links: Links, body: Body, group: str | None, unit: str | None) -> Body:
    """A product with its group and unit spelled out."""
    own = f"products/{encode_key(body['productNumber'])}"
    if group is not None:
        body["productGroup"] = show_product_group(links, load(group)) | {"inventoryEnabled": False}
    if unit is not None:
        body["unit"] = show_unit(links, load(unit))
    names = {"drafts": f"{own}/invoices/drafts", "booked": f"{own}/invoices/booked", "self": f"{own}/invoices"}
    invoices = {name: links.to(path) for name, path in names.items()}
    prices = {"currencySpecificSalesPrices": links.to(f"{own}/pricing/currency-specific-sales-prices")}
    return body | {"invoices": invoices, "pricing": prices, "self": links.to(own)}


LIST = Collection(shelves.PRODUCTS, show_product, "/products", extra=(_GROUP, _UNIT), create="Create a new product")


def list_products(room: Room) -> Answer:
    """`GET /products`."""
    return listing(room, LIST, "products")


def list_products_of_group(room: Room, group: str) -> Answer:
    """`GET /product-groups/:n/products`."""
    if not shelves.PRODUCT_GROUPS.has(room.connection, whole_number(group)):
        raise not_found()
    products = copied(LIST, surface="/product-groups/productGroupNumber/products", create="")
    scope = Condition("json_extract(body, '$.productGroup.productGroupNumber') = ?", (int(group),))
    return listing(room, products, f"product-groups/{int(group)}/products", scope)


def list_products_of_unit(room: Room, unit: str) -> Answer:
    """`GET /units/:n/products`."""
    if not shelves.UNITS.has(room.connection, whole_number(unit)):
        raise not_found()
    scope = Condition("json_extract(body, '$.unit.unitNumber') = ?", (int(unit),))
    return listing(room, copied(LIST, create=""), f"units/{int(unit)}/products", scope)


def known_product(room: Room, key: str) -> Body:
    """The product that a path names, or 404."""
    record = shelves.PRODUCTS.get(room.connection, decode_key(key))
    if record is None:
        raise not_found()
    return record


def read_product(room: Room, number: str) -> Answer:
    """`GET /products/:n`."""
    return Answer(200, _shown(room, known_product(room, number)))


def _shown(room: Room, body: Body) -> Body:
    sql = f"SELECT {_GROUP}, {_UNIT} FROM products WHERE key = ?"
    row = room.connection.execute(sql, (body["productNumber"],)).fetchone()
    shown = show_product(room.links, body, row[0], row[1])
    own = shown.pop("self")
    path = f"products/{encode_key(body['productNumber'])}"
    return shown | {"metaData": actions(room.links, path, "product"), "self": own}


def create_product(room: Room) -> Answer:
    """`POST /products`: the key is the caller's and may be any text."""
    faults = room.faults()
    body = _body(room, faults)
    faults.refuse_if_any()
    number = body["productNumber"]
    if shelves.PRODUCTS.has(room.connection, number):
        raise key_exists()
    shelves.PRODUCTS.insert(room.connection, number, body)
    return created("products", room.links, number, _shown(room, body))


def replace_product(room: Room, key: str) -> Answer:
    """`PUT /products/:n`: replaces all."""
    previous = known_product(room, key)
    faults = room.faults()
    body = _body(room, faults)
    if body["productNumber"] != previous["productNumber"]:
        faults.add_invented(("productNumber",), "number-mismatch", body["productNumber"])
    faults.refuse_if_any()
    shelves.PRODUCTS.replace(room.connection, previous["productNumber"], body)
    return Answer(200, _shown(room, body))


def delete_product(room: Room, key: str) -> Answer:
    """`DELETE /products/:n`: refused while an invoice has it, its special prices go with it."""
    number = known_product(room, key)["productNumber"]
    for table in ("drafts", "booked"):
        sold = sold_in(table, number)
        sql = f"SELECT 1 FROM {table} WHERE {sold.sql} LIMIT 1"
        if room.connection.execute(sql, sold.parameters).fetchone():
            raise simply_invented("product-in-use", 400)
    room.connection.execute("DELETE FROM sales_prices WHERE product = ?", (number,))
    shelves.PRODUCTS.remove(room.connection, number)
    return deleted()


def sold_in(table: str, number: str) -> Condition:
    """The invoices of a table that have a line with this product."""
    return Condition(_SOLD.format(table), (number,))


def _body(room: Room, faults: Faults) -> Body:
    payload = room.payload
    for name in _PRICES:
        at_most_two_decimals(payload, name, (), faults)
        moderate(payload, name, (), faults)
    body: Body = plain_values(payload, _SCHEMA)
    body |= {name: float(body[name]) for name in _PRICES if name in body}
    group = refer.resolve(room, refer.PRODUCT_GROUP, payload["productGroup"], ("productGroup",), faults)
    body["productGroup"] = {"productGroupNumber": group and group.key}
    if "unit" in payload:
        unit = refer.resolve(room, refer.UNIT, payload["unit"], ("unit",), faults)
        body["unit"] = {"unitNumber": unit and unit.key}
    body |= _inventory(payload, faults)
    _judge_distribution(payload, faults)
    return body | {"barred": payload.get("barred", False), "lastUpdated": last_updated(now())}


def _inventory(payload: Body, faults: Faults) -> Body:
    given = payload.get("inventory", {})
    path: Path = ("inventory",)
    at_most_two_decimals(given, _WRITABLE_INVENTORY, path, faults)
    moderate(given, _WRITABLE_INVENTORY, path, faults)
    volume = given.get(_WRITABLE_INVENTORY)
    return {"inventory": {_WRITABLE_INVENTORY: float(volume)}} if volume else {}


def _judge_distribution(payload: Body, faults: Faults) -> None:
    given = payload.get("departmentalDistribution")
    if given is not None:
        faults.add_invented(
            ("departmentalDistribution",), "distribution-not-found", given.get("departmentalDistributionNumber")
        )
