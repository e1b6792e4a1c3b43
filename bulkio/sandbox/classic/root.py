"""The root, `/self`, and the addresses that are there for trying things out: `/echo` and `/returnHttp500`."""

from __future__ import annotations

import json

from bulkio.sandbox.answers import Answer, Refused, not_found, simply_invented
from bulkio.sandbox.calls import Room
from bulkio.sandbox.published import is_published, schema
from bulkio.sandbox.shelves import Body

_ROOT_NAMES = (
    "accounts",
    "accounting-years",
    "app-roles",
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
_SINCE = "2026-01-01"


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
        "signupDate": _SINCE,
        "bankInformation": {"bankName": "", "bankAccountNumber": ""},
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
    role = {"roleNumber": 1, "name": "SuperUser", "self": room.links.to("app-roles/1")}
    return {
        "appNumber": 1,
        "appPublicToken": "",
        "created": _SINCE,
        "name": "bulkio sandbox",
        "requiredRoles": [role],
        "self": room.links.to("apps/1"),
    }


def echo(room: Room) -> Answer:
    """`/echo?statuscode=404`: answers with the status asked for (documented)."""
    text = room.call.parameter("statuscode") or "200"
    status = int(text) if text.isascii() and text.isdigit() and 200 <= int(text[:4]) <= 599 else 400
    return Answer(status, None if status in (204, 304) else {"message": "echo", "httpStatusCode": status})


def fail(_room: Room) -> Answer:
    """`/returnHttp500` (documented)."""
    refused: Refused = simply_invented("500", 500)
    raise refused


def read_schema(_room: Room, file: str) -> Answer:
    """`GET /schema/:file`: what `schemaPath` of a refusal leads to."""
    name = file.removesuffix(".schema.json")
    if name == file or not is_published(name):
        raise not_found()
    return Answer(200, schema(name))
