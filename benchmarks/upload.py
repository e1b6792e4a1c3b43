"""What an upload costs beside what the line and the limits allow, each a ratio within this run: `python -m benchmarks.upload`.

1. Writes a second at 80 ms and 8, 16 and 32 at a time, beside bare keep-alive sockets posting the same bytes (at least 0.95; 32 not slower than 16).
2. CPU of the uploading process, journal included, a row (at most 1.5 ms).
3. Share of the bucket's own limit (10,000 tokens a minute, 3 a call) reached by 5,000 customers, and how many were turned away (0.95; 5 %).
4. A plain script (pandas, a post a row, openpyxl), measured on a few hundred rows and reckoned up, beside the whole import, start-up and results
   included (7.5 times at 8, 14 times at 16).
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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import customers_workbook
from bulkio.economic import Economic, Target
from bulkio.flows.destination import Destination
from bulkio.flows.import_workbook import ImportChoices, ImportFlow
from bulkio.flows.report import ImportReport
from bulkio.journal import Journal
from bulkio.language import Language
from bulkio.model.event import Event, RunEnded, RunStarted, Waited
from bulkio.model.secret import Secret

LATENCY = 0.08
SERVER = """
import sys
from pathlib import Path
from bulkio.sandbox import Limits, Store, serve
store = Store.open(Path(sys.argv[1]), fresh=True)
tokens = store.tokens
serve(store, port=0, latency=float(sys.argv[2]), limits=Limits(calls_a_day=10**9) if sys.argv[3] == "limited" else None,
      on_ready=lambda url: print(url, tokens.app_secret_token, tokens.agreement_grant_token, flush=True))
"""


@dataclass(frozen=True)
class Twin:
    """A fresh agreement in a process of its own."""

    url: str
    app: str
    grant: str

    @property
    def target(self) -> Target:
        """Where a client finds it."""
        return Target(self.url, self.url, Secret(self.app), Secret(self.grant))

    @property
    def headers(self) -> dict[str, str]:
        """What every call carries."""
        tokens = {"X-AppSecretToken": self.app, "X-AgreementGrantToken": self.grant}
        return {**tokens, "Content-Type": "application/json"}

    def line(self) -> HTTPConnection:
        """A connection of the standard library."""
        place = urlsplit(self.url)
        return HTTPConnection(place.hostname or "", place.port)


@contextmanager
def twin(folder: Path, *, limited: bool = False) -> Iterator[Twin]:
    words = [str(folder / "twin.sqlite"), str(LATENCY), "limited" if limited else "free"]
    server = subprocess.Popen([sys.executable, "-c", SERVER, *words], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield Twin(*server.stdout.readline().split())
    finally:
        server.terminate()
        server.wait()


@dataclass
class Upload:
    """One upload and what it took."""

    report: ImportReport
    seconds: float
    cpu: float
    turned_away: int

    @property
    def writes(self) -> int:
        """Requests that write."""
        return self.report.calls.get("POST", 0) + self.report.calls.get("PUT", 0)


def upload(one: Twin, workbook: Path, home: Path, concurrency: int) -> Upload:
    moments: dict[type, tuple[float, float]] = {}
    turned_away = 0

    def note(event: Event) -> None:
        nonlocal turned_away
        if isinstance(event, RunStarted | RunEnded):
            moments[type(event)] = (time.perf_counter(), time.process_time())
        turned_away += isinstance(event, Waited) and event.reason == "rate_limit"

    flow = ImportFlow(
        workbook,
        Destination("benchmark", practice=True, connect=partial(Economic, one.target)),
        lambda: Journal.open(home / "journal.sqlite"),
        lambda _: None,
        ImportChoices(Language.ENGLISH, home / "results.xlsx", home, concurrency=concurrency),
    )
    report = flow.run(flow.prepare(), note)
    (began, cpu_began), (ended, cpu_ended) = moments[RunStarted], moments[RunEnded]
    return Upload(report, ended - began, cpu_ended - cpu_began, turned_away)


async def bare(one: Twin, bodies: list[bytes], concurrency: int) -> float:
    """Seconds in which sockets kept open, and nothing else, post these bodies."""
    place = urlsplit(one.url)
    left = iter(bodies)
    fixed = "".join(f"{name}: {value}\r\n" for name, value in one.headers.items())

    async def worker() -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        for body in left:
            head = f"POST /customers HTTP/1.1\r\nHost: {place.netloc}\r\n{fixed}Content-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = next(line for line in answer.splitlines() if line.startswith(b"content-length"))
            await reader.readexactly(int(length.split(b":")[1]))
        writer.close()

    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(concurrency):
            group.create_task(worker())
    return time.perf_counter() - started


def bodies_of(journal: Path) -> list[bytes]:
    beside = sqlite3.connect(journal)
    found = [bytes(row[0]) for row in beside.execute("SELECT body FROM intents WHERE method = 'POST'")]
    beside.close()
    return found


def line_shares(rows: int, folder: Path) -> None:
    rates: dict[int, float] = {}
    for concurrency in (8, 16, 32):
        home = folder / f"line-{concurrency}"
        home.mkdir()
        workbook = home / "customers.xlsx"
        customers_workbook.write(workbook, rows)
        with twin(home) as one:
            done = upload(one, workbook, home, concurrency)
        with twin(home) as one:
            bodies = bodies_of(home / "journal.sqlite")
            least = asyncio.run(bare(one, bodies, concurrency))
        rates[concurrency] = done.writes / done.seconds
        limit = len(bodies) / least
        figure = (
            f"{rates[concurrency]:.1f} writes a second / bare sockets {limit:.1f} = {rates[concurrency] / limit:.3f}"
        )
        cpu = done.cpu / done.writes * 1000
        print(f"{concurrency} at a time: {figure} (at least 0.95); CPU {cpu:.2f} ms a row (at most 1.5)", flush=True)
    print(f"32 beside 16 at a time: {rates[32] / rates[16]:.2f} (at least 1)", flush=True)


def bucket_share(rows: int, folder: Path) -> None:
    home = folder / "bucket"
    home.mkdir()
    workbook = home / "customers.xlsx"
    customers_workbook.write(workbook, rows)
    with twin(home, limited=True) as one:
        done = upload(one, workbook, home, 32)
    calls = sum(done.report.calls.values())
    least = max(calls * 3 - 10_000, 0) / (10_000 / 60)
    figure = f"{done.writes} writes in {done.seconds:.1f} s / the limit's own {least:.1f} s: {least / done.seconds:.3f}"
    away = done.turned_away / done.writes
    print(f"bucket: {figure} of the limit (at least 0.95); waits for it {away:.2%} (at most 5 %)", flush=True)


def plain_script(one: Twin, workbook: Path, rows: int, out: Path) -> float:
    """Seconds a row of the script that everybody writes first: a post a row, one after the other, on one kept connection at that."""
    import openpyxl
    import pandas as pd

    started = time.perf_counter()
    frame = pd.read_excel(workbook, dtype=str, engine="openpyxl")
    line = one.line()
    for number, row in enumerate(frame.head(rows).itertuples(index=False)):
        body = {"customerNumber": 100_000 + number, "name": str(row[0]), "currency": "DKK"}
        body |= {"customerGroup": {"customerGroupNumber": 1}, "paymentTerms": {"paymentTermsNumber": 1}}
        body |= {"vatZone": {"vatZoneNumber": 1}}
        line.request("POST", "/customers", json.dumps(body), one.headers)
        line.getresponse().read()
    line.close()
    openpyxl.load_workbook(workbook).save(out)
    return (time.perf_counter() - started) / rows


def beside_a_script(rows: int, folder: Path) -> None:
    home = folder / "script"
    home.mkdir()
    workbook = home / "customers.xlsx"
    customers_workbook.write(workbook, rows)
    with twin(home) as one:
        script = plain_script(one, workbook, min(rows, 300), home / "script.xlsx") * rows
    for concurrency, wanted in ((8, 7.5), (16, 14)):
        own = folder / f"script-{concurrency}"
        own.mkdir()
        with twin(own) as one:
            took = whole_command(one, workbook, own, concurrency)
        figure = f"a plain script {script:.0f} s (reckoned) / bulkio {took:.1f} s = {script / took:.1f}"
        print(f"{concurrency} at a time: {figure} (at least {wanted})", flush=True)


def whole_command(one: Twin, workbook: Path, home: Path, concurrency: int) -> float:
    """Seconds of `bulkio import` in a process of its own, start-up and results included."""
    own = {"BULKIO_APP_SECRET_TOKEN": one.app, "BULKIO_AGREEMENT_GRANT_TOKEN": one.grant}
    environment = {**os.environ, **own, "BULKIO_HOME": str(home / "home")}

    def bulkio(*words: str) -> None:
        command = [sys.executable, "-m", "bulkio", *words]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    bulkio("agreements", "add", "it", "--rest-url", one.url, "--openapi-url", one.url, "--yes")
    line = one.line()
    line.request("GET", "/self", headers=one.headers)
    company = json.load(line.getresponse())["company"]["name"]
    line.close()
    started = time.perf_counter()
    words = ["--headless", "--confirm", company, "--concurrency", str(concurrency), "--results", str(home / "r.xlsx")]
    bulkio("import", str(workbook), "-a", "it", *words)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--bucket", type=int, default=5_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        line_shares(chosen.rows, Path(folder))
        bucket_share(chosen.bucket, Path(folder))
        beside_a_script(chosen.bucket, Path(folder))


if __name__ == "__main__":
    main()
