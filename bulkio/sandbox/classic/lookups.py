"""The look-ups: lists that are only read, and the root, `/self` and `/echo` (economic-rest, 4.4 to 4.6)."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer, Refused, not_found, not_implemented, simply_invented
from bulkio.sandbox.calls import Handler, Room, whole_number
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.records import linked
from bulkio.sandbox.filtering.sql import Condition
from bulkio.sandbox.links import Links, decode_key, encode_key
from bulkio.sandbox.shelves import Body, Shelf

_ROOT_NAMES = (
    "accounts",
    "accounting-years",
    "currencies",
    "customer-groups",
    "customers",
    "departments",
    "employees",
    "invoices",
    "layouts",
    "payment-terms",
    "product-groups",
    "products",
    "self",
    "units",
    "vat-zones",
)


def _plain(shelf: Shelf) -> Callable[[Links, Body], Body]:
    def show(links: Links, body: Body) -> Body:
        return body | {"self": links.to_key(shelf.path, body[shelf.key_name])}

    return show


def _show_employee(links: Links, body: Body) -> Body:
    own = f"employees/{body['employeeNumber']}"
    more = {
        "customers": links.to(f"{own}/customers"),
        "draftInvoices": links.to(f"{own}/invoices/drafts"),
        "bookedInvoices": links.to(f"{own}/invoices/booked"),
    }
    return body | more | {"self": links.to(own)}


def _show_account(links: Links, body: Body) -> Body:
    own = f"accounts/{body['accountNumber']}"
    shown = {name: value for name, value in body.items() if name != "barred" or value}
    more = {"balance": 0.0, "draftBalance": 0.0, "accountingYears": links.to(f"{own}/accounting-years")}
    return shown | more | {"self": links.to(own)}


def _show_year(links: Links, body: Body) -> Body:
    own = f"accounting-years/{encode_key(body['year'])}"
    more = {name: links.to(f"{own}/{name}") for name in ("periods", "entries", "totals", "vouchers")}
    return body | more | {"self": links.to(own)}


def _show_product(links: Links, body: Body) -> Body:
    number = encode_key(body["productNumber"])
    group = linked(links, "product-groups", body["productGroup"], "productGroupNumber")
    invoices = {
        "drafts": links.to(f"products/{number}/invoices/drafts"),
        "booked": links.to(f"products/{number}/invoices/booked"),
    }
    return body | {"productGroup": group, "invoices": invoices, "self": links.to(f"products/{number}")}


def _show_product_group(links: Links, body: Body) -> Body:
    own = f"product-groups/{body['productGroupNumber']}"
    more = {"salesAccounts": links.to(f"{own}/sales-accounts"), "products": links.to(f"{own}/products")}
    return body | more | {"self": links.to(own)}


COLLECTIONS: tuple[Collection, ...] = (
    Collection(shelves.PAYMENT_TERMS, _plain(shelves.PAYMENT_TERMS)),
    Collection(shelves.VAT_ZONES, _plain(shelves.VAT_ZONES)),
    Collection(shelves.LAYOUTS, _plain(shelves.LAYOUTS)),
    Collection(shelves.EMPLOYEES, _show_employee, "/employees"),
    Collection(shelves.CURRENCIES, _plain(shelves.CURRENCIES)),
    Collection(shelves.ACCOUNTS, _show_account, "/accounts", columns={"balance": "0.0"}),
    Collection(
        shelves.ACCOUNTING_YEARS, _show_year, "/accounting-years", order="json_extract(body, '$.fromDate'), key"
    ),
    Collection(shelves.PRODUCTS, _show_product, "/products"),
    Collection(shelves.PRODUCT_GROUPS, _show_product_group, "/product-groups"),
    Collection(shelves.UNITS, _plain(shelves.UNITS)),
    Collection(shelves.DEPARTMENTS, _plain(shelves.DEPARTMENTS), "/departments"),
)
_TEXT_KEYED = (shelves.CURRENCIES, shelves.ACCOUNTING_YEARS, shelves.PRODUCTS)


def list_of(collection: Collection) -> Handler:
    """The handler for a look-up's list."""
    return lambda room: listing(room, collection, collection.shelf.path)


def single_of(collection: Collection) -> Handler:
    """The handler for one record of a look-up."""

    def read(room: Room, key: str) -> Answer:
        shelf = collection.shelf
        record = shelf.get(room.connection, decode_key(key) if shelf in _TEXT_KEYED else whole_number(key))
        if record is None:
            raise not_found()
        return Answer(200, collection.render(room.links, record))

    return read


def list_products_of_group(room: Room, group: str) -> Answer:
    """`GET /product-groups/:n/products`."""
    if not shelves.PRODUCT_GROUPS.has(room.connection, whole_number(group)):
        raise not_found()
    products = Collection(shelves.PRODUCTS, _show_product, "/product-groups/productGroupNumber/products")
    scope = Condition("json_extract(body, '$.productGroup.productGroupNumber') = ?", (int(group),))
    return listing(room, products, f"product-groups/{int(group)}/products", scope)


def list_periods(room: Room, year: str) -> Answer:
    """`GET /accounting-years/:y/periods`: the months of the year; not filtered, since twelve need no pages."""
    record = shelves.ACCOUNTING_YEARS.get(room.connection, decode_key(year))
    if record is None:
        raise not_found()
    periods = [_show_period(room.links, record, number) for number in range(1, len(_months(record)) + 1)]
    own = room.links.to(f"accounting-years/{encode_key(record['year'])}/periods")
    return Answer(200, {"collection": periods, "pagination": _one_page(own, len(periods)), "self": own})


def _one_page(own: str, count: int) -> Body:
    page = f"{own}{'&' if '?' in own else '?'}skippages=0&pagesize=20"
    figures = {"skipPages": 0, "pageSize": 20, "maxPageSizeAllowed": 1000}
    return figures | {"results": count, "resultsWithoutFilter": count, "firstPage": page, "lastPage": page}


def read_period(room: Room, year: str, period: str) -> Answer:
    """`GET /accounting-years/:y/periods/:p`."""
    record = shelves.ACCOUNTING_YEARS.get(room.connection, decode_key(year))
    number = whole_number(period)
    if record is None or not 1 <= number <= len(_months(record)):
        raise not_found()
    return Answer(200, _show_period(room.links, record, number))


def _months(year: Body) -> list[tuple[int, int]]:
    first, last = date.fromisoformat(year["fromDate"]), date.fromisoformat(year["toDate"])
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [divmod(first.year * 12 + first.month - 1 + step, 12) for step in range(count)]


def _show_period(links: Links, year: Body, number: int) -> Body:
    of_year, month = _months(year)[number - 1]
    own = f"accounting-years/{encode_key(year['year'])}"
    starts = date(of_year, month + 1, 1)
    return {
        "periodNumber": number,
        "fromDate": starts.isoformat(),
        "toDate": starts.replace(day=monthrange(of_year, month + 1)[1]).isoformat(),
        "closed": bool(year.get("closed")),
        "accountingYear": {"year": year["year"], "self": links.to(own)},
        "entries": links.to(f"{own}/periods/{number}/entries"),
        "totals": links.to(f"{own}/periods/{number}/totals"),
        "self": links.to(f"{own}/periods/{number}"),
    }


def read_root(room: Room) -> Answer:
    """`GET /`: what there is."""
    resources = {name: room.links.to(name) for name in _ROOT_NAMES}
    return Answer(200, {"resources": resources, "self": room.links.to("")})


def read_self(room: Room) -> Answer:
    """`GET /self`: which agreement this is."""
    row = room.connection.execute("SELECT value FROM agreement WHERE name = 'self'").fetchone()
    facts = {name: value for name, value in json.loads(row[0]).items() if name != "changeOfNumbers"}
    number = facts["agreementNumber"]
    more: Body = {
        "agreementType": {"agreementTypeNumber": 1, "name": "Sandbox"},
        "userName": "SANDBOX",
        "canSendElectronicInvoice": False,
        "companyAffiliation": "",
        "modules": [],
        "user": _user(room, number),
        "application": _application(room),
    }
    return Answer(200, facts | more | {"self": room.links.to("self")})


def _user(room: Room, agreement: int) -> Body:
    number, culture, name = (1, "da-DK", "Dansk") if room.language == "da" else (2, "en-GB", "English")
    language = {
        "languageNumber": number,
        "culture": culture,
        "name": name,
        "self": room.links.to(f"languages/{number}"),
    }
    return {"agreementNumber": agreement, "loginId": "SANDBOX", "name": "Sandbox", "language": language}


def _application(room: Room) -> Body:
    return {"appNumber": 1, "name": "bulkio sandbox", "requiredRoles": [], "self": room.links.to("apps/1")}


def echo(room: Room) -> Answer:
    """`/echo?statuscode=404`: answers with the status asked for (documented)."""
    text = room.call.parameter("statuscode") or "200"
    status = int(text) if text.isascii() and text.isdigit() and 200 <= int(text[:4]) <= 599 else 400
    return Answer(status, None if status in (204, 304) else {"message": "echo", "httpStatusCode": status})


def fail(_room: Room) -> Answer:
    """`/returnHttp500` (documented)."""
    refused: Refused = simply_invented("500", 500)
    raise refused


def later(_room: Room, *_keys: str) -> Answer:
    """What is linked to and published but not built here yet."""
    raise not_implemented()
