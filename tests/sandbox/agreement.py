"""An agreement with at least one of everything, made through the API alone."""

from __future__ import annotations

from typing import Any

import httpx

Body = dict[str, Any]
FULL = {
    "address": "Gade 1", "zip": "5000", "city": "Odense", "country": "Danmark", "ean": "5798000123458",
    "email": "a@b.example", "layout": {"layoutNumber": 19}, "salesPerson": {"employeeNumber": 1}, "barred": False,
    "pNumber": "1234567890", "creditLimit": 12.5, "corporateIdentificationNumber": "12345674", "mobilePhone": "1",
    "telephoneAndFaxNumber": "2", "publicEntryNumber": "3", "vatNumber": "4", "website": "example.org",
}  # fmt: skip
OWN = {
    "attention": {"customerContactNumber": 1}, "customerContact": {"customerContactNumber": 1},
    "defaultDeliveryLocation": {"deliveryLocationNumber": 1},
}  # fmt: skip


async def written(api: httpx.AsyncClient, method: str, path: str, body: Any) -> Body:
    answer = await api.request(method, path, json=body)
    assert answer.is_success, (path, answer.text)
    found: Body = answer.json()
    return found


async def fill(api: httpx.AsyncClient, customer: Body, draft: Body) -> None:
    await _look_ups(api)
    await written(api, "POST", "/customers", customer | FULL)
    contact = {"name": "Ada", "emailNotifications": ["invoices"], "email": "a@b.example", "phone": "1", "notes": "n",
               "eInvoiceId": "e"}  # fmt: skip
    await written(api, "POST", "/customers/1/contacts", contact)
    location = {"address": "Havnen", "barred": True, "city": "Odense", "country": "Danmark", "postalCode": "5000",
                "termsOfDelivery": "Ab lager"}  # fmt: skip
    await written(api, "POST", "/customers/1/delivery-locations", location)
    await written(api, "PUT", "/customers/1", customer | FULL | OWN)
    for _ in range(4):
        await written(api, "POST", "/invoices/drafts", _rich(draft))
    for number in (2, 3):
        await written(api, "POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": number}})
    await written(api, "POST", "/sandbox/invoices/booked/2/payments", {"date": "2026-03-01"})


async def _look_ups(api: httpx.AsyncClient) -> None:
    await written(api, "POST", "/units", {"name": "stk."})
    product = {
        "productNumber": "A/1 b", "name": "Vare", "productGroup": {"productGroupNumber": 1}, "barCode": "b",
        "unit": {"unitNumber": 1}, "costPrice": 1.5, "recommendedPrice": 9, "salesPrice": 8, "description": "d",
        "inventory": {"packageVolume": 2},
    }  # fmt: skip
    await written(api, "POST", "/products", product)
    prices = "/products/A_6_1_9_b/pricing/currency-specific-sales-prices"
    await written(api, "POST", prices, {"price": 1.2, "currency": {"code": "EUR"}})
    terms = {
        "name": "Kort", "paymentTermsType": "creditcard", "description": "d", "percentageForPrepaidAmount": 50,
        "contraAccountForPrepaidAmount": {"accountNumber": 5600}, "percentageForRemainderAmount": 50,
        "contraAccountForRemainderAmount": {"accountNumber": 5600}, "daysOfCredit": 0,
    }  # fmt: skip
    await written(api, "POST", "/payment-terms", terms)


def _rich(draft: Body) -> Body:
    references = {"customerContact": {"customerContactNumber": 1}, "salesPerson": {"employeeNumber": 2}, "other": "x",
                  "vendorReference": {"employeeNumber": 1}}  # fmt: skip
    rich = draft | {
        "references": references,
        "deliveryLocation": {"deliveryLocationNumber": 1},
        "delivery": {"city": "Odense", "address": "A", "zip": "1", "country": "DK", "deliveryTerms": "t",
                     "deliveryDate": "2026-02-14"},
        "notes": {"heading": "H", "textLine1": "1", "textLine2": "2"},
        "lines": [*draft["lines"], {"product": {"productNumber": "A/1 b"}, "unit": {"unitNumber": 1}}],
    }  # fmt: skip
    more = {"attention": {"customerContactNumber": 1}, "ean": "5798000123458", "address": "a", "zip": "1", "city": "c",
            "country": "d", "publicEntryNumber": "p"}  # fmt: skip
    rich["recipient"] = draft["recipient"] | more
    return rich
