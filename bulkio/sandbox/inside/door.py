"""The door to the look-inside page: who may open it, and what each address of it shows."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from importlib import resources
from urllib.parse import urlsplit

from bulkio.sandbox.calls import Call
from bulkio.sandbox.desk import Sealed
from bulkio.sandbox.inside import pages, sections
from bulkio.sandbox.inside.exchanges import Exchanges
from bulkio.sandbox.inside.html import Html, joined, tag
from bulkio.sandbox.inside.pages import View
from bulkio.sandbox.inside.sections import SECTIONS
from bulkio.sandbox.inside.words import Words
from bulkio.sandbox.shelves import load
from bulkio.sandbox.store import Store

_FOLLOW_SECONDS = "3"
_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class _Shown:
    """A view that was found, or the want of one."""

    content: Html
    section: str
    status: int = 200


class LookInside:
    """The page over a store. It answers only on loopback, to a name of this machine, and with its key."""

    def __init__(self, store: Store, key: str, language: str) -> None:
        """`key` is the secret that its address carries; each start makes a new one."""
        self.exchanges = Exchanges()
        self._store = store
        self._key = key
        self._words = Words(language)

    def is_for(self, call: Call) -> bool:
        """Whether a call is a browser's for this page, and not a client's for the root resource."""
        return not call.segments and call.method == "GET" and "text/html" in call.headers.get("accept", "")

    def answer(self, call: Call, client: str) -> Sealed:
        """The view that was asked for, or a page that tells nothing but where to look."""
        if not _is_local(call, client) or not hmac.compare_digest(
            (call.parameter("key") or "").encode(), self._key.encode()
        ):
            return self._sealed(self._frame(_Shown(self._closed(), "", 403), (), ""), 403)
        with self._store.reading() as connection:
            view = View(connection, self.exchanges, self._words, self._key)
            found = self._view(call, view)
            agreement = load(connection.execute("SELECT value FROM agreement WHERE name = 'self'").fetchone()[0])
            tabs = tuple((one.name, self._words(one.title), sections.count(connection, one)) for one in SECTIONS)
        tabs = (*tabs, ("requests", self._words("Requests"), self.exchanges.count))
        follows = found.section == "requests" and _is_following(call)
        name = str(agreement.get("company", {}).get("name", ""))
        number = self._words("Agreement no. {number}", number=agreement.get("agreementNumber", ""))
        page = self._frame(found, tabs, f"{name} · {number}", follows=follows)
        return self._sealed(page, found.status)

    def _view(self, call: Call, view: View) -> _Shown:
        name = call.parameter("show") or SECTIONS[0].name
        number = _whole(call.parameter("record"))
        section = sections.BY_NAME.get(name)
        if name == "requests":
            content = (
                pages.requests(view, follow=_is_following(call)) if number is None else pages.request(view, number)
            )
        elif section is None:
            content = None
        elif number is None:
            search = (call.parameter("search") or "").strip()[:_LONGEST_SEARCH]
            content = pages.listing(view, section, _whole(call.parameter("page")) or 0, search)
        else:
            content = pages.record(view, section, number)
        if content is None:
            return _Shown(tag("h2", self._words("There is no such record")), name, 404)
        return _Shown(content, name)

    def _closed(self) -> Html:
        words = self._words
        hint = words("Open the address that bulkio sandbox printed when it started; it holds the key to this page.")
        return joined([tag("h2", words("This is not the page's address")), tag("p", hint)])

    def _frame(
        self, found: _Shown, tabs: tuple[tuple[str, str, int], ...], subtitle: str, *, follows: bool = False
    ) -> Html:
        words = self._words
        heads = [
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("link", rel="icon", href="data:,"),
            tag("title", f"{words('Practice agreement')} · bulkio"),
            tag("style", Html(_style()), nonce=_NONCE),
        ]
        if follows:
            heads.append(tag("meta", http_equiv="refresh", content=_FOLLOW_SECONDS))
        body = [
            tag("a", words("Skip to content"), href="#content", class_="skip"),
            tag("header", tag("div", tag("h1", words("Practice agreement")), tag("p", subtitle)), *self._note(tabs)),
            self._tabs(found.section, tabs),
            tag("main", found.content, id="content"),
        ]
        html = tag("html", tag("head", *heads), tag("body", *body), lang=words.language)
        return Html(f"<!DOCTYPE html>\n{html}")

    def _note(self, tabs: tuple[tuple[str, str, int], ...]) -> list[Html]:
        text = "Nothing on this page has reached e-conomic. It is what would have been written."
        return [tag("p", self._words(text), class_="note")] if tabs else []

    def _tabs(self, current: str, tabs: tuple[tuple[str, str, int], ...]) -> Html:
        if not tabs:
            return Html("")
        links = [
            tag(
                "a",
                title,
                tag("span", self._words.number(count)),
                href=f"/?key={self._key}&show={name}",
                aria_current="page" if name == current else None,
            )
            for name, title, count in tabs
        ]
        return tag("nav", *links, class_="tabs", aria_label=self._words("Sections"))

    def _sealed(self, page: Html, status: int) -> Sealed:
        nonce = secrets.token_urlsafe(12)
        rules = f"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        headers = (
            ("Content-Security-Policy", rules),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        )
        body = page.replace(_NONCE, nonce, 1).encode("utf-8", "replace")
        return Sealed(status, body, headers, "text/html; charset=utf-8")


_NONCE = "the-nonce-of-this-answer"


def _style() -> str:
    return resources.files("bulkio.sandbox").joinpath("data", "inside.css").read_text("utf-8")


def _is_following(call: Call) -> bool:
    return call.parameter("follow") == "1"


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _is_local(call: Call, client: str) -> bool:
    """Loopback on both ends: another machine, a name that was bent to this one, another site's page are kept out."""
    origin = call.headers.get("origin")
    host = urlsplit(f"//{call.headers.get('host', '')}").hostname or ""
    return _is_loopback(client) and _is_loopback(host) and origin in (None, call.root)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
