"""An agreement in this process, with something of everything, for flows that read it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bulkio.economic import Economic, Secret, Target
from bulkio.flows.destination import Destination
from bulkio.flows.export_agreement import Exported, export_agreement
from bulkio.flows.export_choice import Choice
from bulkio.language import Language
from bulkio.sandbox import Store, create_application
from bulkio.workbook.export_folder import Form

ROOT = "http://127.0.0.1"
Before = Callable[[str], JSONResponse | None]


@dataclass
class Practice:
    """The agreement; `before` may answer in its place, and sees every path asked for."""

    store: Store
    before: Before = lambda path: None
    calls: list[str] = field(default_factory=list)

    @property
    def application(self) -> ASGIApp:
        inner = create_application(self.store)

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            query = scope["query_string"].decode()
            asked = f"{scope['path']}?{query}" if query else scope["path"]
            self.calls.append(f"{scope['method']} {asked}")
            instead = self.before(asked)
            await (instead or inner)(scope, receive, send)

        return answer

    @property
    def destination(self) -> Destination:
        tokens = self.store.tokens
        target = Target(ROOT, ROOT, Secret(tokens.app_secret_token), Secret(tokens.agreement_grant_token))
        return Destination("sandbox", True, lambda: Economic(target, app=self.application, sleep=at_once))

    def send(self, *calls: tuple[str, str, Any]) -> list[dict[str, Any]]:
        """Write through the API itself."""
        return asyncio.run(self._send(calls))

    async def _send(self, calls: tuple[tuple[str, str, Any], ...]) -> list[dict[str, Any]]:
        tokens = self.store.tokens
        headers = {
            "X-AppSecretToken": tokens.app_secret_token,
            "X-AgreementGrantToken": tokens.agreement_grant_token,
        }
        transport = httpx.ASGITransport(create_application(self.store))
        async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=headers) as api:
            answers = []
            for method, path, body in calls:
                answer = await api.request(method, path, json=body)
                assert answer.is_success, answer.text
                answers.append(answer.json() if answer.content else {})
            return answers

    def export(
        self,
        target: Path,
        choice: Choice | None = None,
        language: Language = Language.ENGLISH,
        form: Form = Form.WORKBOOK,
    ) -> Exported:
        return export_agreement(self.destination, target, choice or Choice(), lambda _: {}, language, form)


async def at_once(_: float) -> None:
    """Waiting, without the time it takes."""
    await asyncio.sleep(0)


def customer(number: int, **more: Any) -> tuple[str, str, Any]:
    body = {
        "customerNumber": number,
        "name": f"Kunde {number}",
        "currency": "DKK",
        "customerGroup": {"customerGroupNumber": 1 + number % 2},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    return "POST", "/customers", body | more


def contact(owner: int, name: str) -> tuple[str, str, Any]:
    return "POST", f"/customers/{owner}/contacts", {"name": name}


def location(owner: int, address: str) -> tuple[str, str, Any]:
    return "POST", f"/customers/{owner}/delivery-locations", {"address": address}


def draft(owner: int, day: str, net: float) -> tuple[str, str, Any]:
    line = {"lineNumber": 1, "description": "x", "quantity": 1, "unitNetPrice": net, "product": {"productNumber": "V1"}}
    body = {
        "date": day,
        "currency": "DKK",
        "layout": {"layoutNumber": 19},
        "paymentTerms": {"paymentTermsNumber": 1},
        "customer": {"customerNumber": owner},
        "recipient": {"name": f"Kunde {owner}", "vatZone": {"vatZoneNumber": 1}},
        "lines": [line],
    }
    return "POST", "/invoices/drafts", body


def booked(number: int) -> tuple[str, str, Any]:
    return "POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": number}}


PRODUCT = ("POST", "/products", {"productNumber": "V1", "name": "Vare", "productGroup": {"productGroupNumber": 1}})
FULL = (
    customer(1, city="Odense C"),
    customer(2, city="Aarhus C"),
    customer(3, city="Odense SØ"),
    contact(1, "Ada"),
    contact(2, "Bo"),
    location(1, "Kajen 1"),
    location(2, "Kajen 2"),
    PRODUCT,
    draft(1, "2026-01-31", 100),
    draft(2, "2026-02-01", 200.5),
    draft(1, "2026-02-28", 300),
    draft(3, "2026-03-01", 400),
    booked(1),
    booked(2),
    booked(3),
)
"""Three customers in two groups, two contacts, two locations, three invoices booked over two months, and a draft left."""
