"""Which agreement this is, and what it offers to choose from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bulkio.economic import listings
from bulkio.errors import NoConnection, NoPermission
from bulkio.model.snapshot import Choice, Lookup, Snapshot

if TYPE_CHECKING:  # the client calls this room's readers, and is what they read through
    from bulkio.economic.client import Economic


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What `/self` says of an agreement: its number, the company's name, its base currency."""

    number: int
    company: str
    base_currency: str


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where a look-up is listed, by which property its entries are numbered, and when one may not be chosen."""

    path: str
    number: str
    sort: bool
    barred: Callable[[Mapping[str, object]], bool]
    detail: str = ""


def _never(_: Mapping[str, object]) -> bool:
    return False


def _is_barred(record: Mapping[str, object]) -> bool:
    return record.get("barred") is True


def _is_deleted(record: Mapping[str, object]) -> bool:
    return record.get("deleted") is True


def _not_for_customers(record: Mapping[str, object]) -> bool:
    return record.get("enabledForCustomer") is not True


_SHELVES: Mapping[Lookup, _Shelf] = {
    Lookup.CUSTOMER_GROUP: _Shelf("/customer-groups", "customerGroupNumber", True, _never),
    Lookup.CURRENCY: _Shelf("/currencies", "code", False, _never),
    Lookup.PAYMENT_TERMS: _Shelf("/payment-terms", "paymentTermsNumber", False, _never),
    Lookup.VAT_ZONE: _Shelf("/vat-zones", "vatZoneNumber", False, _not_for_customers),
    Lookup.EMPLOYEE: _Shelf("/employees", "employeeNumber", True, _is_barred),
    Lookup.LAYOUT: _Shelf("/layouts", "layoutNumber", False, _is_deleted),
    Lookup.ACCOUNT: _Shelf("/accounts", "accountNumber", True, _is_barred, detail="accountType"),
}


def read_agreement(body: Mapping[str, object], host: str) -> AgreementFacts:
    """The facts out of `/self`; raises NoConnection `unexpected_answer` where it is not e-conomic that answered."""
    number = body.get("agreementNumber")
    if not isinstance(number, int):
        raise NoConnection("unexpected_answer", host=host, path="/self", status=200, text="")
    return AgreementFacts(number, _inner(body, "company", "name"), _inner(body, "settings", "baseCurrency"))


async def read_snapshot(api: Economic) -> Snapshot:
    """The look-ups and the customers' numbers of an agreement. Raises NoPermission where `/self` or `/customers` is refused."""
    facts = await api.agreement()  # alone and first: wrong tokens are then one answer, not nine
    taken_at = datetime.now(UTC).isoformat(timespec="seconds")
    customers = await api.customers()
    found = await read_choices(api, tuple(_SHELVES))
    numbers = frozenset(number for record in customers if isinstance(number := record["customerNumber"], int))
    return Snapshot(facts.number, facts.company, facts.base_currency, taken_at, found, numbers)


async def read_lookups(api: Economic) -> Mapping[str, list[dict[str, object]]]:
    """Every look-up, whole, by its list's path without the slash; one that the grant may not see is left out."""
    found = await listings.together(_records(api, shelf) for shelf in _SHELVES.values())
    paths = (shelf.path.removeprefix("/") for shelf in _SHELVES.values())
    return {path: records for path, records in zip(paths, found, strict=True) if records is not None}


async def read_choices(api: Economic, lookups: Collection[Lookup]) -> Mapping[Lookup, tuple[Choice, ...]]:
    """The entries of some look-ups; one that the grant may not see is left out."""
    found = await listings.together(_choices(api, _SHELVES[lookup]) for lookup in lookups)
    return {lookup: choices for lookup, choices in zip(lookups, found, strict=True) if choices is not None}


async def _choices(api: Economic, shelf: _Shelf) -> tuple[Choice, ...] | None:
    records = await _records(api, shelf)
    return None if records is None else tuple(_choice(shelf, record) for record in records)


async def _records(api: Economic, shelf: _Shelf) -> list[dict[str, object]] | None:
    try:
        return await listings.pages(api, shelf.path, shelf.number, sort=shelf.sort)
    except NoPermission as refused:
        if refused.code == "wrong_tokens":
            raise
        return None


def _choice(shelf: _Shelf, record: Mapping[str, object]) -> Choice:
    number = record[shelf.number]
    return Choice(
        number=number if isinstance(number, int) else str(number),
        name=_text(record.get("name")),
        barred=shelf.barred(record),
        detail=_text(record.get(shelf.detail)) if shelf.detail else "",
    )


def _inner(body: Mapping[str, object], outer: str, inner: str) -> str:
    part = body.get(outer)
    return _text(part.get(inner)) if isinstance(part, Mapping) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
