"""What customers and drafts offer as a start: an invoice for a customer, a line for a product, how to book a draft."""

from __future__ import annotations

from bulkio.sandbox import shelves
from bulkio.sandbox.answers import Answer
from bulkio.sandbox.calls import Room
from bulkio.sandbox.classic.collection import Collection, listing
from bulkio.sandbox.classic.due_dates import due_date
from bulkio.sandbox.classic.pricing import margin_of, terms_of
from bulkio.sandbox.classic.products import known_product
from bulkio.sandbox.classic.records import found, linked
from bulkio.sandbox.links import Links, encode_key
from bulkio.sandbox.shelves import Body

_RECIPIENT = {"name": 250, "address": 250, "zip": 50, "city": 250, "country": 50, "ean": 13, "publicEntryNumber": 40}
_LARGEST_TEXT = 2500


def read_customer_templates(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/templates`."""
    found(room, shelves.CUSTOMERS, customer)
    own = f"customers/{int(customer)}/templates"
    names = ("invoice", "invoiceline")
    return Answer(200, {name: room.links.to(f"{own}/{name}") for name in names} | {"self": room.links.to(own)})


def read_invoice_template(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/templates/invoice`: a draft of today, filled from the customer."""
    record = found(room, shelves.CUSTOMERS, customer)
    number, links = int(customer), room.links
    own = f"customers/{number}"
    today = room.today.isoformat()
    currency = room.call.parameter("currency") or record["currency"]
    terms = shelves.PAYMENT_TERMS.get(room.connection, record["paymentTerms"]["paymentTermsNumber"]) or {}
    body: Body = {
        "date": today,
        "currency": currency,
        "exchangeRate": float(terms_of(currency, None, None).exchange_rate),
        "dueDate": due_date({"date": today, "dueDate": today}, terms, room.faults()),
        "paymentTerms": linked(links, "payment-terms", record["paymentTerms"], "paymentTermsNumber"),
        "customer": {"customerNumber": number, "self": links.to(own)},
        "layout": linked(links, "layouts", {"layoutNumber": _layout(room, record)}, "layoutNumber"),
        "recipient": _recipient(links, record, own),
    }
    return Answer(200, body | _extras(links, record, own))


def _layout(room: Room, record: Body) -> int:
    """The customer's layout, else its group's, else the first that is not deleted: a draft cannot do without one."""
    if "layout" in record:
        return int(record["layout"]["layoutNumber"])
    sql = (
        "SELECT coalesce((SELECT json_extract(body, '$.layout.layoutNumber') FROM customer_groups WHERE key = ?), "
        "(SELECT min(key) FROM layouts WHERE NOT coalesce(json_extract(body, '$.deleted'), 0)))"
    )
    group = record["customerGroup"]["customerGroupNumber"]
    return int(room.connection.execute(sql, (group,)).fetchone()[0])


def _recipient(links: Links, record: Body, own: str) -> Body:
    recipient = {name: record[name][:longest] for name, longest in _RECIPIENT.items() if name in record}
    if "attention" in record:
        recipient["attention"] = linked(links, f"{own}/contacts", record["attention"], "customerContactNumber")
    return recipient | {"vatZone": linked(links, "vat-zones", record["vatZone"], "vatZoneNumber")}


def _extras(links: Links, record: Body, own: str) -> Body:
    body: Body = {}
    name = "defaultDeliveryLocation"
    if name in record:
        path = f"{own}/delivery-locations"
        body["deliveryLocation"] = linked(links, path, record[name], "deliveryLocationNumber")
    references: Body = {}
    if "customerContact" in record:
        contact = linked(links, f"{own}/contacts", record["customerContact"], "customerContactNumber")
        references["customerContact"] = contact
    if "salesPerson" in record:
        references["salesPerson"] = linked(links, "employees", record["salesPerson"], "employeeNumber")
    return body | ({"references": references} if references else {})


def list_line_templates(room: Room, customer: str) -> Answer:
    """`GET /customers/:n/templates/invoiceline`: one line a product."""
    found(room, shelves.CUSTOMERS, customer)
    path = f"customers/{int(customer)}/templates/invoiceline"

    def show(links: Links, body: Body) -> Body:
        product = {"productNumber": body["productNumber"]}
        own = f"{path}/{encode_key(body['productNumber'])}"
        shown = {"description": _text(body), "product": linked(links, "products", product, "productNumber")}
        return shown | {"self": links.to(own)}

    lines = Collection(
        shelves.PRODUCTS,
        show,
        "/customers/customerNumber/templates/invoiceline",
        columns={"product.productNumber": "key", "description": "json_extract(body, '$.name')"},
    )
    return listing(room, lines, path)


def _text(product: Body) -> str:
    return str(product["name"])[:_LARGEST_TEXT]


def read_line_template(room: Room, customer: str, product: str) -> Answer:
    """`GET /customers/:n/templates/invoiceline/:productNumber`: one piece at the product's price."""
    record = found(room, shelves.CUSTOMERS, customer)
    item = known_product(room, product)
    price, cost = float(item.get("salesPrice", 0)), float(item.get("costPrice", 0))
    margin, share = margin_of(price, cost, terms_of(record["currency"], None, None))
    body: Body = {"description": _text(item)}
    if "unit" in item:
        body["unit"] = linked(room.links, "units", item["unit"], "unitNumber")
    number = item["productNumber"]
    own = f"customers/{int(customer)}/templates/invoiceline/{encode_key(number)}"
    figures = {
        "quantity": 1.0,
        "unitNetPrice": price,
        "discountPercentage": 0.0,
        "unitCostPrice": cost,
        "marginInBaseCurrency": margin,
        "marginPercentage": share,
    }
    product_link = linked(room.links, "products", {"productNumber": number}, "productNumber")
    return Answer(200, body | {"product": product_link} | figures | {"self": room.links.to(own)})


def read_draft_templates(room: Room, draft: str) -> Answer:
    """`GET /invoices/drafts/:n/templates`."""
    found(room, shelves.DRAFTS, draft)
    own = f"invoices/drafts/{int(draft)}/templates"
    booking = room.links.to(f"{own}/booking-instructions")
    return Answer(200, {"bookingInstructions": booking, "self": room.links.to(own)})


def read_booking_instructions(room: Room, draft: str) -> Answer:
    """`GET /invoices/drafts/:n/templates/booking-instructions`: a body that `POST /invoices/booked` takes."""
    found(room, shelves.DRAFTS, draft)
    own = f"invoices/drafts/{int(draft)}"
    named = {"draftInvoiceNumber": int(draft), "self": room.links.to(own)}
    return Answer(200, {"draftInvoice": named, "self": room.links.to(f"{own}/templates/booking-instructions")})
