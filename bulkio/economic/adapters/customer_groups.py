"""Customer groups: only the classic host has them, and the caller chooses their number."""

from __future__ import annotations

from bulkio.economic.adapters.adapter import Adapter
from bulkio.model.kind import Kind

CUSTOMER_GROUPS = Adapter(
    kind=Kind.CUSTOMER_GROUPS,
    collection="customer-groups",
    number="customerGroupNumber",
    read_only=frozenset({"customers"}),
    references={"account": "accountNumber", "layout": "layoutNumber"},
    codes={"E06010": "group_number"},
)
