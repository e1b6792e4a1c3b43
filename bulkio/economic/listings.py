"""Whole listings: pages by number on the classic host, cursors on the newer one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from bulkio.economic.adapters import classic_contact, classic_delivery_location
from bulkio.errors import NoConnection

if TYPE_CHECKING:  # the client calls these, and is what they read through
    from bulkio.economic.client import Economic

PAGE_SIZE = 1000
"""The most that either host gives a call."""
_PAGES_AT_ONCE = 4

Record = dict[str, object]
T = TypeVar("T")


async def pages(api: Economic, path: str, number: str, *, sort: bool, query: str = "") -> list[Record]:
    """Every record of a collection, once each, by its number.

    The first page tells how many there are; the others come a few at a time. A full last page is followed by one more, since
    records may have come in meanwhile. Raises as `Economic.read` does.
    """
    fixed = f"{path}?{query}{f'sort={number}&' if sort else ''}pagesize={PAGE_SIZE}"
    first, results = await _page(api, fixed, 0)
    expected = -(-results // PAGE_SIZE)
    found = [first]
    while len(found) < expected or len(found[-1]) == PAGE_SIZE:
        ahead = max(1, min(_PAGES_AT_ONCE, expected - len(found)))
        following = await together(_page(api, fixed, len(found) + step) for step in range(ahead))
        found += [page for page, _ in following]
        if not found[-1]:  # the count promised more than there is
            break
    return _once_each((record for page in found for record in page), number)


async def together(work: Iterable[Coroutine[object, object, T]]) -> list[T]:
    """The results of several reads under way at once, in their order; the first fault cancels the rest and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    return [task.result() for task in tasks]


def narrowed(*conditions: str) -> str:
    """Conditions in the API's own language as one that asks for all of them; blank ones ask for nothing."""
    asked = [condition for condition in conditions if condition.strip()]
    return asked[0] if len(asked) == 1 else "$and:".join(f"({condition})" for condition in asked)


def filter_query(condition: str) -> str:
    """A condition as the beginning of a query."""
    return f"filter={quote(condition, safe='')}&" if condition else ""


async def contacts(api: Economic, condition: str = "") -> list[Record]:
    """Every contact that is not deleted and meets the condition, in the classic shape."""
    listed = await _cursor(api, "Contacts", condition)
    return _once_each(_classic(listed, classic_contact), "customerContactNumber")


async def delivery_locations(api: Economic, condition: str = "") -> list[Record]:
    """Every delivery location that meets the condition, in the classic shape."""
    listed = await _cursor(api, "DeliveryLocations", condition)
    return _once_each(_classic(listed, classic_delivery_location), "deliveryLocationNumber")


def dated(first: date | None, last: date | None) -> str:
    """The condition on `date` for a period, both ends included; blank where it is open."""
    return "$and:".join(
        f"date${word}:{day.isoformat()}" for word, day in (("gte", first), ("lte", last)) if day is not None
    )


async def _page(api: Economic, fixed: str, page: int) -> tuple[list[Record], int]:
    body = await api.read(f"{fixed}&skippages={page}")
    if body is None:
        raise _unexpected(api, fixed, 404)
    pagination = body.get("pagination")
    results = pagination.get("results") if isinstance(pagination, Mapping) else None
    return _records(api, fixed, body.get("collection")), results if isinstance(results, int) else 0


async def _cursor(api: Economic, resource: str, condition: str) -> list[Record]:
    path = f"/customersapi/{api.target.customers_api}/{resource}"
    fixed = f"{path}?{filter_query(condition)}"
    found: list[Record] = []
    cursor, seen = "", {""}
    while True:
        asked = f"{fixed}cursor={quote(cursor, safe='')}" if cursor else fixed.rstrip("&?")
        body = await api.read(asked, newer=True)
        if body is None:
            raise _unexpected(api, path, 404)
        found += _records(api, path, body.get("items"))
        following = body.get("cursor")
        if not following:
            return found
        cursor = str(following)
        if cursor in seen:  # would go round for ever
            raise _unexpected(api, path)
        seen.add(cursor)


def _classic(listed: Iterable[Record], shape: Callable[[Record], Record]) -> Iterable[Record]:
    return (shape(record) for record in listed if record.get("isDeleted") is not True)


def _records(api: Economic, path: str, listed: object) -> list[Record]:
    if not isinstance(listed, list) or not all(isinstance(record, dict) for record in listed):
        raise _unexpected(api, path)
    return listed


def _once_each(records: Iterable[Record], number: str) -> list[Record]:
    """By number, the last reading of each; a record without its number can be neither named nor changed, and is left out."""
    numbered = {key: record for record in records if isinstance(key := record.get(number), int | str)}
    return [numbered[key] for key in sorted(numbered, key=lambda key: (isinstance(key, str), key))]


def _unexpected(api: Economic, path: str, status: int = 200) -> NoConnection:
    return NoConnection("unexpected_answer", host=api.target.host, path=path.partition("?")[0], status=status, text="")
