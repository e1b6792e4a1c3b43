"""The look-inside page: who may open it, what it shows, and that nothing breaks out of it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Scripted, Store, create_application
from bulkio.sandbox.inside import door, pages, sections, words
from bulkio.sandbox.inside.html import Html, tag
from tests.sandbox.conftest import token_headers
from tests.sandbox.serving import running

Body = dict[str, Any]
KEY = "the-key-of-this-start"
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
NASTY = "<script>alert(1)</script>\"'&"


def browser(store: Store, *, client: str = "127.0.0.1", language: str = "en") -> httpx.AsyncClient:
    application = create_application(store, page_key=KEY, language=language, trouble=Scripted(["", "reset-after"]))
    transport = httpx.ASGITransport(application, client=(client, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765", headers=PAGE)


@pytest.fixture
async def page(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(store) as opened:
        yield opened


async def filled(page: httpx.AsyncClient, store: Store, customer: Body, draft: Body) -> None:
    """At least one of everything, written through the very application that the page belongs to."""
    api = token_headers(store) | {"Accept": "application/json"}
    await page.post("/customers", json=customer | {"name": NASTY, "barred": True}, headers=api)
    with pytest.raises(ConnectionResetError):
        await page.post("/customers", json=customer, headers=api)
    await page.put("/customers/1", json=customer | {"name": NASTY}, headers=api)
    await page.post("/customers/1/contacts", json={"name": NASTY, "emailNotifications": ["invoices"]}, headers=api)
    await page.post("/customers/1/delivery-locations", json={"address": NASTY, "barred": True}, headers=api)
    for _ in range(2):
        await page.post("/invoices/drafts", json=draft, headers=api)
    await page.post("/invoices/booked", json={"draftInvoice": {"draftInvoiceNumber": 1}}, headers=api)
    wrong = customer | {"customerGroup": {"customerGroupNumber": 77}}
    await page.post("/customers", json=wrong, headers=api)
    await page.get(f"/customers?filter={NASTY}", headers=api)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.scripts += tag == "script" or any(name.startswith("on") for name in given)
        href = given.get("href")
        if tag == "a" and href and href.startswith("/"):
            self.found.append(href)


def links_of(text: str) -> list[str]:
    parser = Links()
    parser.feed(text)
    assert parser.scripts == 0
    return parser.found


async def test_a_client_gets_the_root_and_a_browser_the_page(page: httpx.AsyncClient, store: Store) -> None:
    root = await page.get("/", headers=token_headers(store) | {"Accept": "application/json"})
    assert "customers" in str(root.json())
    shown = await page.get("/", params={"key": KEY})
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Nordlys Handel ApS" in shown.text


async def test_without_a_key_of_its_own_an_application_has_no_page(api: httpx.AsyncClient) -> None:
    assert (await api.get("/", headers=PAGE)).headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("key", [None, "", "wrong", KEY + "x", "ø"])
async def test_without_the_key_it_tells_nothing_but_where_to_look(page: httpx.AsyncClient, key: str | None) -> None:
    answer = await page.get("/", params={} if key is None else {"key": key})
    assert answer.status_code == 403
    assert "bulkio sandbox printed" in answer.text
    assert "Nordlys" not in answer.text
    assert KEY not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example:8765"}, {"Host": "192.168.1.7:8765"},
        {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
    ],
)  # fmt: skip
async def test_another_name_or_another_sites_page_is_kept_out(page: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await page.get("/", params={"key": KEY}, headers=headers)
    assert answer.status_code == 403
    assert "Nordlys" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765"])
async def test_this_machines_own_names_are_let_in(page: httpx.AsyncClient, host: str) -> None:
    own = {"Host": host, "Origin": f"http://{host}"}
    assert (await page.get("/", params={"key": KEY}, headers=own)).status_code == 200


async def test_another_machine_is_kept_out(store: Store) -> None:
    async with browser(store, client="10.0.0.9") as elsewhere:
        assert (await elsewhere.get("/", params={"key": KEY})).status_code == 403


async def test_nothing_breaks_out_of_it_and_every_link_leads_somewhere(
    page: httpx.AsyncClient, store: Store, customer: Body, draft: Body
) -> None:
    await filled(page, store, customer, draft)
    waiting, seen = [f"/?key={KEY}"], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = await page.get(address)
        assert answer.status_code == 200, address
        assert "<script" not in answer.text
        assert store.tokens.app_secret_token not in answer.text
        assert store.tokens.agreement_grant_token not in answer.text
        waiting += links_of(answer.text)
    shown = {section.name for section in sections.SECTIONS} | {"requests"}
    assert shown <= {word for address in seen for word in re.findall(r"show=(\w+)", address)}
    assert sum("record=" in address for address in seen) >= 15


async def test_it_may_load_nothing_and_be_framed_by_nobody(page: httpx.AsyncClient) -> None:
    answer = await page.get("/", params={"key": KEY})
    rules = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"style-src 'nonce-([\w-]+)'", rules)
    assert nonce is not None
    assert f'<style nonce="{nonce[1]}">' in answer.text
    assert rules.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in rules
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    again = await page.get("/", params={"key": KEY})
    assert nonce[1] not in again.headers["Content-Security-Policy"]


async def test_it_shows_what_was_asked_and_what_became_of_it(
    page: httpx.AsyncClient, store: Store, customer: Body, draft: Body
) -> None:
    await filled(page, store, customer, draft)
    listed = (await page.get(f"/?key={KEY}&show=requests")).text
    assert "reset-after" in listed
    assert "customerGroup: CustomerGroup &#x27;77&#x27; not found." in listed
    assert "http-equiv" not in listed
    assert 'http-equiv="refresh"' in (await page.get(f"/?key={KEY}&show=requests&follow=1")).text
    one = (await page.get(f"/?key={KEY}&show=requests&record=1")).text
    assert "&lt;script&gt;" in one
    assert "&quot;customerNumber&quot;: 1" in one


async def test_a_customer_is_shown_with_what_belongs_to_it(
    page: httpx.AsyncClient, store: Store, customer: Body, draft: Body
) -> None:
    await filled(page, store, customer, draft)
    text = (await page.get(f"/?key={KEY}&show=customers&record=1")).text
    for title in ("Contacts", "Delivery locations", "Draft invoices", "Booked invoices"):
        assert f"<h3>{title}</h3>" in text
    assert (await page.get(f"/?key={KEY}&show=customers&record=99")).status_code == 404
    assert (await page.get(f"/?key={KEY}&show=nothing")).status_code == 404
    assert (await page.get(f"/?key={KEY}&show=requests&record=999")).status_code == 404


async def test_fifty_a_page_and_a_search_by_name(page: httpx.AsyncClient, store: Store, customer: Body) -> None:
    api = token_headers(store) | {"Accept": "application/json", "X-Sandbox-No-Trouble": "1"}
    for number in range(1, 121):
        await page.post("/customers", json=customer | {"name": f"Øl {number}"}, headers=api)
    first = (await page.get(f"/?key={KEY}")).text
    last = (await page.get(f"/?key={KEY}&page=2")).text
    assert (first.count("<tr>"), last.count("<tr>")) == (51, 21)
    assert "101–120 of 120" in last
    found = (await page.get(f"/?key={KEY}", params={"key": KEY, "search": "ØL 12"})).text
    assert found.count("<tr>") == 1 + len({"Øl 12", "Øl 120"})
    assert "Nothing is found." in (await page.get("/", params={"key": KEY, "search": "%_*"})).text
    assert (await page.get("/", params={"key": KEY, "page": "9" * 15})).status_code == 200


async def test_it_speaks_danish_too(store: Store, customer: Body, draft: Body) -> None:
    async with browser(store, language="da") as page:
        await filled(page, store, customer, draft)
        for address in ("", "&show=requests", "&show=customers&record=1", "&show=booked", "&show=x", "&search=zzz"):
            text = (await page.get(f"/?key={KEY}{address}")).text
            assert '<html lang="da">' in text
            assert "Øveaftale" in text
        assert "625,00" in (await page.get(f"/?key={KEY}&show=booked")).text


def said_in(module: Any) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("words"):
            found |= {
                part.value for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }  # fmt: skip
    return found


def test_every_word_of_it_is_there_in_danish_and_none_is_left_over() -> None:
    told = said_in(pages) | said_in(door)
    for section in sections.SECTIONS:
        told |= {section.title, section.single, *(column.heading for column in section.columns)}
    told |= {"barred", "deleted", "Time", "Request", "Answer", "Trouble"}
    told |= {"Nothing on this page has reached e-conomic. It is what would have been written."}
    assert told == set(words.DANISH)


def test_html_is_escaped_unless_it_was_built_here() -> None:
    assert tag("p", NASTY, title=NASTY) == (
        '<p title="&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;">'
        "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;</p>"
    )
    assert tag("p", tag("b", 1), Html("<i></i>"), None) == "<p><b>1</b><i></i></p>"


async def test_a_long_body_is_cut_and_said_to_be(page: httpx.AsyncClient, store: Store, customer: Body) -> None:
    api = token_headers(store) | {"Accept": "application/json"}
    await page.post("/customers", json=customer | {"unknown": "x" * 20_000}, headers=api)
    await page.post("/customers", json=customer, headers=api | {"X-Sandbox-No-Trouble": "1"})
    told = "Cut short here"
    assert told in (await page.get(f"/?key={KEY}&show=requests&record=1")).text
    assert told not in (await page.get(f"/?key={KEY}&show=requests&record=2")).text


@pytest.mark.long
def test_a_real_browser_shows_it_without_a_complaint(tmp_path: Path) -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        pytest.skip("there is no chromium here")
    with running(tmp_path / "twin.db", page_key=KEY) as server:
        command = [
            browser_path, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom",
            f"{server.root}/?key={KEY}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Practice agreement" in done.stdout
    assert "CONSOLE" not in done.stderr, "neither the content policy nor the page itself complains"
