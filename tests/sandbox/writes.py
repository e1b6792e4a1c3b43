"""Requests that are good as they stand, one for each published write schema in scope, and ways to change them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Body = dict[str, Any]
Path_ = tuple[str | int, ...]
CUSTOMER: Body = {
    "name": "N",
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}
LINE: Body = {"product": {"productNumber": "1"}, "unit": {"unitNumber": 1}}
DRAFT: Body = {
    "date": "2026-02-13",
    "currency": "DKK",
    "layout": {"layoutNumber": 19},
    "paymentTerms": {"paymentTermsNumber": 1},
    "customer": {"customerNumber": 1},
    "recipient": {"name": "R", "vatZone": {"vatZoneNumber": 1}},
    "lines": [LINE],
}
PRODUCT: Body = {"productNumber": "A", "name": "N", "productGroup": {"productGroupNumber": 1}}
TERMS: Body = {"name": "N", "paymentTermsType": "net"}
PRICE: Body = {"price": 1, "currency": {"code": "SEK"}}


@dataclass(frozen=True)
class Write:
    """A request that is good as it stands."""

    method: str
    path: str
    schema: str
    body: Body

    @property
    def undoable(self) -> bool:
        return self.method == "POST" and not self.path.endswith("/lines")


CONTACTS, LOCATIONS = "customers.customerNumber.contacts", "customers.customerNumber.delivery-locations"
_PRICES = "products.productNumber.pricing.currency-specific-sales-prices"
_PRICES_PATH = "/products/1/pricing/currency-specific-sales-prices"
WRITES = [
    Write("POST", "/customers", "customers.post", CUSTOMER),
    Write("PUT", "/customers/1", "customers.customerNo.put", CUSTOMER),
    Write("POST", "/customers/1/contacts", f"{CONTACTS}.post", {"name": "N"}),
    Write("PUT", "/customers/1/contacts/1", f"{CONTACTS}.contactNumber.put", {"name": "A", "customerContactNumber": 1}),
    Write("POST", "/customers/1/delivery-locations", f"{LOCATIONS}.post", {}),
    Write("PUT", "/customers/1/delivery-locations/1", f"{LOCATIONS}.deliveryLocationNumber.put", {}),
    Write("POST", "/customer-groups", "customer-groups.post", {"customerGroupNumber": 500}),
    Write("PUT", "/customer-groups/1", "customer-groups.customergroupnumber.put", {}),
    Write("POST", "/invoices/drafts", "invoices.drafts.post", DRAFT),
    Write("PUT", "/invoices/drafts/1", "invoices.drafts.draftInvoiceNumber.put", DRAFT),
    Write("POST", "/invoices/drafts/1/lines", "invoices.drafts.draftInvoiceNumber.lines.post", {"lines": [LINE]}),
    Write("POST", "/products", "products.post", PRODUCT),
    Write("PUT", "/products/1", "products.productNumber.put", PRODUCT | {"productNumber": "1"}),
    Write("POST", _PRICES_PATH, f"{_PRICES}.post", PRICE),
    Write("POST", "/payment-terms", "payment-terms.post", TERMS),
    Write("PUT", "/payment-terms/2", "payment-terms.paymentTermsNumber.put", TERMS | {"daysOfCredit": 14}),
    Write("POST", "/units", "units.post", {"name": "N"}),
    Write("PUT", "/units/1", "units.unitNumber.put", {"name": "N"}),
    Write("POST", "/accounting-years", "accounting-years.post", {"fromDate": "2027-01-01", "toDate": "2027-12-31"}),
]  # fmt: skip


def properties(part: Body, path: Path_ = ()) -> Iterator[tuple[Path_, Body]]:
    """All properties that a caller may set, with their rules."""
    for name, rules in part.get("properties", {}).items():
        if rules.get("readOnly"):
            continue
        yield (*path, name), rules
        yield from properties(rules, (*path, name))
        if isinstance(rules.get("items"), dict):
            yield from properties(rules["items"], (*path, name, 0))


def with_value(body: Body, path: Path_, value: Any) -> Body:
    changed = copy.deepcopy(body)
    node: Any = changed
    for part, following in pairwise(path):
        if isinstance(part, int):
            node = node[part]
            continue
        node = node.setdefault(part, [{}] if isinstance(following, int) else {})
    node[path[-1]] = value
    return changed
