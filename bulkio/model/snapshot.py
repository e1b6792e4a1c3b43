"""What an agreement offers to choose from, as it was when last looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Lookup(StrEnum):
    """A list of the agreement's own that a cell may refer to."""

    CUSTOMER_GROUP = "customer_group"
    CURRENCY = "currency"
    PAYMENT_TERMS = "payment_terms"
    VAT_ZONE = "vat_zone"
    EMPLOYEE = "employee"
    LAYOUT = "layout"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a look-up. `number` is the key (a currency's is its code); `barred` covers barred, deleted and
    not enabled for customers, whichever the look-up knows; `detail` is an account's type.
    """

    number: int | str
    name: str
    barred: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The look-ups of one agreement at one time (ISO 8601, UTC).

    `customers` are the numbers of the customers it held then, or None where they were not asked for.
    """

    agreement_number: int
    company: str
    base_currency: str
    taken_at: str
    choices: Mapping[Lookup, tuple[Choice, ...]]
    customers: frozenset[int] | None = None
