"""The twin's speed and size, each a ratio within this run: `python -m benchmarks.twin`.

1. Durable single-row creates over loopback beside a bare Starlette endpoint that only inserts the same body into SQLite
   (WAL, full synchronisation): at least 0.4 of its rate, and faster still in process.
2. A page of 1,000 customers out of 200,000, filtered and sorted, beside the bare SQL query plus the same bytes sent from
   bare Starlette: at most 3 times as long.
3. The server's memory after 200,000 customers were created, beside the memory after the first tenth: flat.

The first two hang on the disk that TMPDIR names, the third does not. Servers run in processes of their own; the client is a raw keep-alive socket, so that it measures them and not itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote

WORKERS = 8
WANTED = "city$like:ense$and:zip$gte:5000"
SORT = "-name,zip"
SAME_IN_SQL = (
    "FROM customers WHERE json_extract(body, '$.city') LIKE '%ense%' AND json_extract(body, '$.zip') >= '5000'"
)
SAME_ORDER = "ORDER BY json_extract(body, '$.name') COLLATE NOCASE DESC, json_extract(body, '$.zip') LIMIT 1000"
TWIN = """
import sys
from pathlib import Path
from bulkio.sandbox import Store, serve
store = Store.open(Path(sys.argv[1]))
tokens = store.tokens
serve(store, on_ready=lambda url: print(url, tokens.app_secret_token, tokens.agreement_grant_token, flush=True))
"""
BARE = """
import asyncio, socket, sqlite3, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

connection = sqlite3.connect(sys.argv[1], isolation_level=None, check_same_thread=False)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("PRAGMA synchronous = FULL")
connection.execute("CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY, body BLOB)")
page = open(sys.argv[2], "rb").read()

async def insert(request):
    connection.execute("INSERT INTO bodies (body) VALUES (?)", (await request.body(),))
    return Response(b"{}", 201, media_type="application/json")

async def send(request):
    return Response(page, media_type="application/json")

application = Starlette(routes=[Route("/customers", insert, methods=["POST"]), Route("/page", send)])
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listener.bind(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]} x x", flush=True)
server = uvicorn.Server(uvicorn.Config(application, log_level="critical", access_log=False, lifespan="off"))
asyncio.run(server.serve(sockets=[listener]))
"""
IN_PROCESS = """
import json, sys
from pathlib import Path
from time import perf_counter
from bulkio.sandbox import Store, create_application
import asyncio

store = Store.open(Path(sys.argv[1]))
application = create_application(store)
body, count = sys.argv[2].encode(), int(sys.argv[3])
headers = [(b"host", b"twin"), (b"content-type", b"application/json"),
           (b"x-appsecrettoken", store.tokens.app_secret_token.encode()),
           (b"x-agreementgranttoken", store.tokens.agreement_grant_token.encode())]
scope = {"type": "http", "method": "POST", "path": "/customers", "raw_path": b"/customers", "query_string": b"",
         "headers": headers, "scheme": "http", "server": ("twin", 80), "http_version": "1.1", "root_path": ""}
statuses = []

async def receive():
    return {"type": "http.request", "body": body, "more_body": False}

async def send(message):
    if message["type"] == "http.response.start":
        statuses.append(message["status"])

async def main():
    begun = perf_counter()
    for _ in range(count):
        await application(dict(scope), receive, send)
    print(count / (perf_counter() - begun), flush=True)

asyncio.run(main())
assert set(statuses) == {201}, set(statuses)
"""


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    tokens: tuple[str, str]

    @property
    def megabytes(self) -> float:
        """Resident memory, as the kernel tells it."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def running(code: str, *words: str) -> Iterator[Server]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", code, *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        url, app, grant = process.stdout.readline().split()
        yield Server(process, int(url.rsplit(":", 1)[1]), (app, grant))
    finally:
        process.kill()
        process.communicate()


def customer(number: int | None = None) -> dict[str, object]:
    cities = ("Odense C", "Aarhus", "København K", "Svendborg")
    of = number or 0
    body: dict[str, object] = {
        "name": f"Kunde {(of * 7919) % 200_003:06d} ApS",
        "address": f"Lærkevej {of % 500}",
        "zip": str(4000 + of % 5000),
        "city": cities[of % len(cities)],
        "country": "Danmark",
        "email": "kunde@firma.example",
        "currency": "DKK",
        "corporateIdentificationNumber": "12345674",
        "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
        "layout": {"layoutNumber": 19},
        "salesPerson": {"employeeNumber": 1},
    }
    return body if number is None else {"customerNumber": number, **body}


async def _exchange(server: Server, method: str, target: str, body: bytes, count: int) -> list[bytes]:
    """Send one request `count` times over one connection; the last answer's body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=2**26)
    app, grant = server.tokens
    head = (
        f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
        f"X-AppSecretToken: {app}\r\nX-AgreementGrantToken: {grant}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    request = head.encode() + body
    answers: list[bytes] = []
    for _ in range(count):
        writer.write(request)
        answered = await reader.readuntil(b"\r\n\r\n")
        assert answered[9:12] in (b"200", b"201"), answered
        length = int(answered.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        answers = [await reader.readexactly(length)]
    writer.close()
    return answers


async def _all(server: Server, count: int) -> None:
    body = json.dumps(customer(), ensure_ascii=False).encode()
    await asyncio.gather(*[_exchange(server, "POST", "/customers", body, count // WORKERS) for _ in range(WORKERS)])


def creates_a_second(server: Server, count: int) -> float:
    begun = perf_counter()
    asyncio.run(_all(server, count))
    return count / (perf_counter() - begun)


def in_process_rate(data: Path, count: int) -> float:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", IN_PROCESS, str(data), json.dumps(customer(), ensure_ascii=False), str(count)]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    return float(ran.stdout)


def creates(folder: Path, count: int, runs: int) -> None:
    empty = folder / "empty.json"
    empty.write_bytes(b"{}")
    twin_rates, bare_rates, own_rates = [], [], []
    with running(TWIN, str(folder / "twin.db")) as twin, running(BARE, str(folder / "bare.db"), str(empty)) as bare:
        for server in (twin, bare):
            creates_a_second(server, count // 4)
        for run in range(runs):
            bare_rates.append(creates_a_second(bare, count))
            twin_rates.append(creates_a_second(twin, count))
            own_rates.append(in_process_rate(folder / f"own-{run}.db", count))
    twin_rate, bare_rate, own_rate = median(twin_rates), median(bare_rates), median(own_rates)
    print(
        f"creates: twin {twin_rate:.0f}/s / bare Starlette {bare_rate:.0f}/s = {twin_rate / bare_rate:.2f} (at least 0.4)"
    )
    print(f"creates in process: {own_rate:.0f}/s = {own_rate / twin_rate:.2f} of loopback (more than 1)")


def fill(data: Path, rows: int) -> None:
    from bulkio.sandbox import Store
    from bulkio.sandbox.shelves import dump

    store = Store.open(data)
    records = ((n, dump({**customer(n), "lastUpdated": "2026-01-01T00:00:00Z"})) for n in range(1, rows + 1))
    with store.writing() as connection:
        connection.executemany("INSERT INTO customers (key, body) VALUES (?, ?)", records)
    store.close()


def pages(folder: Path, rows: int, runs: int) -> None:
    data = folder / "large.db"
    fill(data, rows)
    target = f"/customers?pagesize=1000&filter={quote(WANTED)}&sort={SORT}"
    body = folder / "page.json"
    connection = sqlite3.connect(data)
    with running(TWIN, str(data)) as twin:
        page = asyncio.run(_exchange(twin, "GET", target, b"", 1))[0]
        shown = json.loads(page)
        assert len(shown["collection"]) == 1000
        body.write_bytes(page)
        with running(BARE, str(folder / "bare2.db"), str(body)) as bare:
            took, queried, sent = [], [], []
            for _ in range(runs):
                took.append(_seconds(twin, target))
                begun = perf_counter()
                found = connection.execute(f"SELECT body {SAME_IN_SQL} {SAME_ORDER}").fetchall()
                queried.append(perf_counter() - begun)
                sent.append(_seconds(bare, "/page"))
    connection.close()
    same = [json.loads(text)["customerNumber"] for (text,) in found]
    assert same == [item["customerNumber"] for item in shown["collection"]], "the bare query is the same question"
    whole, bare_whole = median(took), median(queried) + median(sent)
    figure = f"page of 1,000 out of {rows}: twin {whole * 1000:.0f} ms / bare query {median(queried) * 1000:.0f} ms"
    print(f"{figure} + bytes {median(sent) * 1000:.0f} ms = {whole / bare_whole:.2f} (at most 3)")


def _seconds(server: Server, target: str) -> float:
    begun = perf_counter()
    asyncio.run(_exchange(server, "GET", target, b"", 1))
    return perf_counter() - begun


def memory(folder: Path, rows: int) -> None:
    with running(TWIN, str(folder / "many.db")) as twin:
        creates_a_second(twin, rows // 10)
        early = twin.megabytes
        creates_a_second(twin, rows - rows // 10)
        late = twin.megabytes
    print(f"memory: {late:.1f} MB after {rows} creates / {early:.1f} MB after {rows // 10} = {late / early:.2f} (flat)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "figures", nargs="*", choices=["creates", "pages", "memory"], default=["creates", "pages", "memory"]
    )
    parser.add_argument("--creates", type=int, default=4_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "creates" in chosen.figures:
            creates(folder, chosen.creates, chosen.runs)
        if "pages" in chosen.figures:
            pages(folder, chosen.rows, chosen.runs)
        if "memory" in chosen.figures:
            memory(folder, chosen.rows)


if __name__ == "__main__":
    main()
