"""The four kinds of record that a workbook can hold."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of record, in the order in which they depend on one another."""

    CUSTOMER_GROUPS = "customer_groups"
    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    DELIVERY_LOCATIONS = "delivery_locations"
