"""Delivery locations: written below their customer on the classic host, listed all at once on the newer one."""

from __future__ import annotations

from bulkio.economic.adapters.adapter import Adapter
from bulkio.model.kind import Kind

DELIVERY_LOCATIONS = Adapter(
    kind=Kind.DELIVERY_LOCATIONS,
    collection="delivery-locations",
    number="deliveryLocationNumber",
    below_customer=True,
    unsent=frozenset({"location_id"}),
    read_only=frozenset({"deliveryLocationNumber", "lastUpdated"}),
    references={"customer": "customerNumber"},
    newer={
        "customernumber": "customer",
        "isbarred": "barred",
        "number": "location_id",
        "userinterfacenumber": "location_number",
    },
    codes={
        "CustomerIsBarred": "customer",
        "CustomerNotFound": "customer",
        "CustomerNumberMismatch": "customer",
        "DeliveryLocationNumberAlreadyExists": "location_number",
        "E06820": "customer",
    },
)

_SAME = ("address", "postalCode", "city", "country", "termsOfDelivery")


def classic_delivery_location(record: dict[str, object]) -> dict[str, object]:
    """A delivery location of the newer host in the classic host's shape. `eInvoiceId` has no classic counterpart and is
    left out.
    """
    classic: dict[str, object] = {
        "deliveryLocationNumber": record.get("number"),
        "customer": {"customerNumber": record.get("customerNumber")},
        "sortKey": record.get("userInterfaceNumber"),
        **{name: record.get(name) for name in _SAME},
        "barred": True if record.get("isBarred") is True else None,
    }
    return {name: value for name, value in classic.items() if value is not None}
