"""The page's views: lists of records, one record, the last requests, one request."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bulkio.sandbox.clock import danish_offset
from bulkio.sandbox.inside import sections as shown
from bulkio.sandbox.inside.exchanges import LONGEST, Exchange, Exchanges
from bulkio.sandbox.inside.html import Html, joined, tag
from bulkio.sandbox.inside.labels import labelled, place_of
from bulkio.sandbox.inside.refusals import refusals
from bulkio.sandbox.inside.sections import PAGE, SECTIONS, Column, Section
from bulkio.sandbox.inside.words import Words
from bulkio.sandbox.shelves import Body


@dataclass(frozen=True)
class View:
    """What a view is made from: the open store, the requests, the words, and the key that links carry on."""

    connection: sqlite3.Connection
    exchanges: Exchanges
    words: Words
    key: str

    def link(self, **query: object) -> str:
        """An address of this page."""
        return "/?" + urlencode({"key": self.key} | query)


def listing(view: View, section: Section, page: int, search: str) -> Html:
    """One section's records, fifty at a time."""
    words = view.words
    rows = shown.page_of(view.connection, section, page, search)
    empty = words("Nothing is found." if search else "Nothing here yet.")
    body = _table(view, section, rows.records) if rows.records else tag("p", empty, class_="empty")
    head = tag("div", tag("h2", words(section.title)), _search(view, section, search), class_="head")
    return joined([head, body, _pager(view, section, page, search, rows.total)])


def _search(view: View, section: Section, search: str) -> Html:
    label = view.words("Search names")
    hidden = [
        tag("input", type="hidden", name="key", value=view.key),
        tag("input", type="hidden", name="show", value=section.name),
    ]
    field = tag("input", type="search", name="search", value=search, placeholder=label, aria_label=label)
    return tag("form", *hidden, field, tag("button", view.words("Search")), role="search")


def _pager(view: View, section: Section, page: int, search: str, total: int) -> Html:
    words = view.words
    if total <= PAGE:
        return Html("")
    first, last = page * PAGE + 1, min(total, (page + 1) * PAGE)
    more: dict[str, object] = {"show": section.name, **({"search": search} if search else {})}
    links = []
    if page > 0:
        links.append(tag("a", words("Previous"), href=view.link(**more, page=page - 1), rel="prev"))
    if last < total:
        links.append(tag("a", words("Next"), href=view.link(**more, page=page + 1), rel="next"))
    place = words(
        "{first}–{last} of {total}", first=words.number(first), last=words.number(last), total=words.number(total)
    )
    return tag("nav", tag("span", place), *links, class_="pager")


def _table(view: View, section: Section, records: list[tuple[int, Body]]) -> Html:
    words = view.words
    heads = [
        tag("th", words(one.heading), scope="col", class_="number" if one.is_number else None)
        for one in section.columns
    ]
    rows = [
        tag(
            "tr",
            *[_cell(view, section, key, body, column, first=not index) for index, column in enumerate(section.columns)],
        )
        for key, body in records
    ]
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", table, class_="wide")


def _cell(view: View, section: Section, key: int, body: Body, column: Column, *, first: bool) -> Html:
    value = column.read(body)
    text = _plain(view, value, column)
    if first:
        text = tag("a", str(value), href=view.link(show=section.name, record=key))
    elif column.opens and value is not None:
        text = tag("a", str(value), href=view.link(show=column.opens, record=value))
    elif column.heading == "Status" and value:
        text = tag("span", view.words(value), class_="chip")
    return tag("td", text, class_="number" if column.is_number else None)


def _plain(view: View, value: Any, column: Column) -> str:
    if value is None:
        return ""
    return view.words.amount(value) if column.heading in ("Amount", "Left to pay") else str(value)


def record(view: View, section: Section, key: int) -> Html | None:
    """One record with every property, and what belongs to it."""
    found = shown.record_of(view.connection, section, key)
    if found is None:
        return None
    body, more = found
    words = view.words
    name = section.columns[1].read(body) if section.name in ("customers", "groups") else None
    title = f"{words(section.single)} {key}" + (f" · {name}" if name else "")
    parts = [tag("h2", title), _properties(view, body)]
    if more:
        parts += [tag("h3", words("Only the newer host's")), _properties(view, more)]
    if section.name == "customers":
        parts += [part for child in SECTIONS if child.owner for part in _children(view, child, key)]
    parts += [_source(view, words("The record as the server keeps it"), json.dumps({**body, **more}).encode())]
    return joined(parts)


def _children(view: View, child: Section, customer: int) -> list[Html]:
    records = shown.of_customer(view.connection, child, customer)
    return [tag("h3", view.words(child.title)), _table(view, child, records)] if records else []


def _properties(view: View, body: Body) -> Html:
    language = view.words.language
    rows = [
        tag("tr", tag("th", labelled(name, language), scope="row", title=name), tag("td", value))
        for name, value in sorted(_flat(view, body, ""), key=lambda pair: place_of(pair[0]))
    ]
    return tag("div", tag("table", tag("tbody", *rows), class_="facts"), class_="wide")


def _flat(view: View, value: Any, name: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        inner = ((f"{name}.{key}" if name else key, part) for key, part in value.items())
        return [pair for key, part in inner for pair in _flat(view, part, key)]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return [(name, ", ".join(value))]
    if isinstance(value, list):
        return [pair for index, part in enumerate(value, 1) for pair in _flat(view, part, f"{name} {index}")]
    if isinstance(value, bool):
        return [(name, view.words("yes" if value else "no"))]
    return [(name, value if isinstance(value, str) else json.dumps(value))]


def requests(view: View, *, follow: bool) -> Html:
    """The last requests, the newest first."""
    words = view.words
    kept = view.exchanges.newest_first()
    told = words(
        "{count} since the start; the last {kept} are kept.", count=words.number(view.exchanges.count), kept=len(kept)
    )
    switch = (
        tag("a", words("Stop following"), href=view.link(show="requests"), class_="button")
        if follow
        else tag(
            "a", words("Show new requests as they come"), href=view.link(show="requests", follow=1), class_="button"
        )
    )
    head = tag("div", tag("h2", words("Requests")), switch, class_="head")
    if not kept:
        return joined([head, tag("p", words("Nothing here yet."), class_="empty")])
    heads = [tag("th", words(name), scope="col") for name in ("Time", "Request", "Answer", "Trouble")]
    heads.append(tag("th", words("Took"), scope="col", class_="number"))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *[_exchange(view, one) for one in kept]))
    return joined([head, tag("p", told, class_="quiet"), tag("div", table, class_="wide")])


def _exchange(view: View, one: Exchange) -> Html:
    local = one.moment + danish_offset(one.moment)
    target = one.target if len(one.target) <= 90 else one.target[:89] + "…"
    link = tag("a", tag("b", one.method), " ", target, href=view.link(show="requests", record=one.number))
    return tag(
        "tr",
        tag("td", local.strftime("%H:%M:%S")),
        tag("td", link, *_first(refusals(one)), class_="target"),
        tag("td", _status(view, one)),
        tag("td", one.trouble),
        tag("td", f"{one.seconds * 1000:.0f} ms", class_="number"),
    )


def _first(texts: list[str]) -> list[Html]:
    return [tag("small", texts[0] + (" …" if len(texts) > 1 else ""))] if texts else []


def _status(view: View, one: Exchange) -> Html:
    if one.status is None:
        return tag("span", view.words("no answer"), class_="chip bad")
    kind = "good" if one.status < 300 else "bad" if one.status >= 500 else "fault"
    return tag("span", str(one.status), class_=f"chip {kind}")


def request(view: View, number: int) -> Html | None:
    """One request: what was sent and what was answered."""
    one = view.exchanges.find(number)
    if one is None:
        return None
    words = view.words
    line = tag("p", _status(view, one), f" {one.trouble}" if one.trouble else "", class_="quiet")
    said = tag("ul", *[tag("li", text) for text in refusals(one)], class_="said") if refusals(one) else Html("")
    return joined([
        tag("h2", f"{one.method} {one.target}"),
        line,
        said,
        _source(view, words("Sent"), one.sent, is_open=True),
        _source(view, words("Answered"), one.answered, is_open=True),
    ])  # fmt: skip


def _source(view: View, title: str, content: bytes, *, is_open: bool = False) -> Html:
    text = _pretty(content) or view.words("nothing")
    cut = (
        [tag("p", view.words("Cut short here; the rest is not kept."), class_="quiet")]
        if len(content) == LONGEST
        else []
    )
    return tag("details", tag("summary", title), tag("pre", text), *cut, open="" if is_open else None)


def _pretty(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
