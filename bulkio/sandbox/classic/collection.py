"""Lists of the classic host: pages, filters, sorting and the links between pages (economic-rest, 1.6 to 1.8)."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bulkio.sandbox.answers import Answer, Refused, query_refused, simply_invented
from bulkio.sandbox.calls import Room
from bulkio.sandbox.filtering.parser import parse
from bulkio.sandbox.filtering.sql import Condition, Fields, condition, order
from bulkio.sandbox.filtering.tree import BadFilter, NotAllowed
from bulkio.sandbox.links import Links
from bulkio.sandbox.published import surface
from bulkio.sandbox.shelves import Body, Key, Shelf

_LARGEST_PAGE = 1000
_USUAL_PAGE = 20
_LAST_OFFSET = 2**31
Render = Callable[..., Body]


@dataclass(frozen=True)
class Collection:
    """One list: where its records stand, what it may be asked, and how a record is shown.

    `render` is called with the links, the record and the values of `extra` columns. `create` describes the link that
    adds to the list, when there is one; some lists were seen with an empty `metaData` instead (`bare_meta_data`).
    """

    shelf: Shelf
    render: Render
    surface: str = ""
    order: str = "key"
    columns: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    create: str = ""
    bare_meta_data: bool = False

    def fields(self) -> Fields:
        """What may be filtered by."""
        if not self.surface:
            return Fields((), {}, {})
        known = surface(self.surface)
        return Fields(known.filterable, known.types, self._columns())

    def sortable(self) -> Fields:
        """What may be sorted by."""
        if not self.surface:
            return Fields((), {}, {})
        known = surface(self.surface)
        return Fields(known.sortable, known.types, self._columns())

    def _columns(self) -> Mapping[str, str]:
        return {self.shelf.key_name: "key", **self.columns}


EVERYTHING = Condition("1")


@dataclass(frozen=True)
class _Page:
    size: int
    skipped: int

    @property
    def offset(self) -> int:
        return min(self.size * self.skipped, _LAST_OFFSET)


@dataclass(frozen=True)
class _Found:
    """The keys of one page in their order, and how many records there are in all."""

    keys: list[Key]
    results: int


def listing(room: Room, collection: Collection, path: str, scope: Condition = EVERYTHING) -> Answer:
    """One page of a list; `scope` narrows the table to what belongs under this address."""
    page = _page(room)
    wanted = matching(room, collection.fields(), scope)
    sorting = _sorting(room, collection)
    narrowed = wanted is not scope
    found = (_search if narrowed else _slice)(room, collection, wanted, sorting, page)
    unfiltered = _count(room, collection, scope) if narrowed else found.results
    spelled = path + room.call.path_end
    own = _address(room, spelled, room.call.raw_query)
    body: Body = {
        "collection": _rows(room, collection, found.keys),
        "pagination": _pagination(room, spelled, page, found.results, unfiltered),
    }
    if collection.create or collection.bare_meta_data:
        # The link to create repeats the caller's query, as seen on the demo agreement.
        body["metaData"] = {"create": _action(collection.create, own, "post")} if collection.create else {}
    return Answer(200, body | {"self": own})


def _action(description: str, href: str, method: str) -> Body:
    return {"description": description, "href": href, "httpMethod": method}


def actions(links: Links, path: str, noun: str) -> Body:
    """The `metaData` of a single record: how to delete and to replace it."""
    href = links.to(path)
    return {
        "delete": _action(f"Delete this {noun}.", href, "delete"),
        "replace": _action(f"Replace this {noun}.", href, "put"),
    }


def _page(room: Room) -> _Page:
    size = _whole(room.call.parameter("pagesize"), _USUAL_PAGE)
    skipped = _whole(room.call.parameter("skippages"), 0)
    if not 1 <= size <= _LARGEST_PAGE:
        raise simply_invented("page-size-place", 400)
    if skipped < 0:
        raise simply_invented("skip-pages", 400)
    return _Page(size, skipped)


def _whole(text: str | None, usual: int) -> int:
    if text is None:
        return usual
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1


def matching(room: Room, fields: Fields, scope: Condition) -> Condition:
    """The scope narrowed by the request's own filter; a bad one is refused."""
    text = room.call.parameter("filter")
    if not text:
        return scope
    try:
        wanted = condition(parse(text), fields)
    except BadFilter as fault:
        raise _filter_refused(fault, fields) from fault
    return Condition(f"{scope.sql} AND {wanted.sql}", scope.parameters + wanted.parameters)


def _filter_refused(fault: BadFilter, fields: Fields) -> Refused:
    more: dict[str, Any] = {"allowedFilteringFields": list(fields.allowed)} if isinstance(fault, NotAllowed) else {}
    return query_refused(
        "Could not parse query string filter.",
        "Filtering on collections can be done using the querystring parameter 'filter'.",
        [str(fault)],
        **more,
    )


def _sorting(room: Room, collection: Collection) -> str:
    text = room.call.parameter("sort")
    if not text:
        return collection.order
    found = order(text, collection.sortable())
    if found is None:
        raise query_refused(
            "Could not parse query string sort parameter",
            "Sorting on collections can be done using the querystring parameter 'sort'.",
            [f"Sorting is not possible by '{text}'."],
        )
    return f"{found}, key"


def _slice(room: Room, collection: Collection, wanted: Condition, sorting: str, page: _Page) -> _Found:
    sql = f"SELECT key FROM {collection.shelf.table} WHERE {wanted.sql} ORDER BY {sorting} LIMIT ? OFFSET ?"
    cursor = room.connection.execute(sql, (*wanted.parameters, page.size, page.offset))
    return _Found([row[0] for row in cursor], _count(room, collection, wanted))


def _search(room: Room, collection: Collection, wanted: Condition, sorting: str, page: _Page) -> _Found:
    # A filter costs more than its hits: it is evaluated once, and the hits are counted here.
    sql = f"SELECT key FROM {collection.shelf.table} WHERE {wanted.sql} ORDER BY {sorting}"
    keys = [row[0] for row in room.connection.execute(sql, wanted.parameters)]
    return _Found(keys[page.offset : page.offset + page.size], len(keys))


def _rows(room: Room, collection: Collection, keys: list[Key]) -> list[Body]:
    columns = ", ".join(("key", "body", *collection.extra))
    sql = f"SELECT {columns} FROM {collection.shelf.table} WHERE key IN (SELECT value FROM json_each(?))"
    rows = {row[0]: row[1:] for row in room.connection.execute(sql, (json.dumps(keys),))}
    return [collection.render(room.links, json.loads(body), *extra) for body, *extra in (rows[key] for key in keys)]


def _count(room: Room, collection: Collection, wanted: Condition) -> int:
    sql = f"SELECT count(*) FROM {collection.shelf.table} WHERE {wanted.sql}"
    return int(room.connection.execute(sql, wanted.parameters).fetchone()[0])


def _pagination(room: Room, path: str, page: _Page, results: int, unfiltered: int) -> Body:
    last = max(0, -(-results // page.size) - 1)
    figures: Body = {
        "skipPages": page.skipped,
        "pageSize": page.size,
        "maxPageSizeAllowed": _LARGEST_PAGE,
        "results": results,
        "resultsWithoutFilter": unfiltered,
    }
    return figures | _page_links(room, path, page, last)


def _page_links(room: Room, path: str, page: _Page, last: int) -> Body:
    def to(number: int) -> str:
        return _address(room, path, _query_for(room.call.raw_query, number, page.size))

    links: Body = {"firstPage": to(0)}
    if page.skipped < last:
        links["nextPage"] = to(page.skipped + 1)
    if page.skipped > 0:
        links["previousPage"] = to(page.skipped - 1)
    return links | {"lastPage": to(last)}


def _query_for(raw_query: str, number: int, size: int) -> str:
    """The caller's own query in its order and case, with what was missing appended (seen on the demo agreement)."""
    parts = [part for part in raw_query.split("&") if part]
    names = [part.partition("=")[0] for part in parts]
    lowered = [name.lower() for name in names]
    parts = [
        f"{name}={number}" if name.lower() == "skippages" else part for name, part in zip(names, parts, strict=True)
    ]
    parts += [] if "skippages" in lowered else [f"skippages={number}"]
    return "&".join(parts + ([] if "pagesize" in lowered else [f"pagesize={size}"]))


def _address(room: Room, path: str, query: str) -> str:
    return f"{room.links.root}/{path}" + (f"?{query}" if query else "")
