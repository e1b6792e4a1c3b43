"""Bad input, a full disk, a damaged file, a kill: an answer in the API's shape, and never half a record."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store

Body = dict[str, Any]
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Running:
    """`bulkio sandbox` in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    headers: dict[str, str]

    def client(self) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=100)
        return httpx.AsyncClient(base_url=self.url, headers=self.headers, limits=limits, timeout=60)


@contextmanager
def sandbox(data: Path, *, largest_file: int | None = None) -> Iterator[Running]:
    """Start the command on a data file; with `largest_file` the disk is full when a file is as large as that."""

    def confine() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    process = subprocess.Popen(
        [sys.executable, "-m", "bulkio", "sandbox", "--port", "0", "--json", "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=os.environ | {"BULKIO_HOME": str(data.parent / "home")},
        preexec_fn=confine,
    )
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        tokens = {"X-AppSecretToken": told["app_secret_token"], "X-AgreementGrantToken": told["agreement_grant_token"]}
        yield Running(process, told["rest_url"], tokens)
    finally:
        process.kill()
        process.communicate()


def whole_customers(data: Path) -> dict[int, Body]:
    """All customers of the file, after its pages were checked."""
    Store.open(data).close()
    connection = sqlite3.connect(data)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    found = {key: json.loads(body) for key, body in connection.execute("SELECT key, body FROM customers")}
    connection.close()
    return found


@pytest.mark.long
@pytest.mark.parametrize("acknowledged_before_the_kill", [1, 50, 400, 900])
async def test_a_kill_during_a_thousand_writes_at_once_loses_none_that_was_acknowledged(
    tmp_path: Path, customer: Body, acknowledged_before_the_kill: int
) -> None:
    data = tmp_path / "twin.db"
    kept: dict[int, str] = {}
    with sandbox(data) as running:
        async with running.client() as api:

            async def write(number: int) -> None:
                body = customer | {"customerNumber": number, "name": f"Kunde {number}", "address": "x" * 400}
                with contextlib.suppress(httpx.TransportError):
                    answer = await api.post("/customers", json=body)
                    assert answer.status_code == 201
                    kept[number] = answer.json()["name"]
                    if len(kept) == acknowledged_before_the_kill:
                        running.process.kill()

            await asyncio.gather(*[write(number) for number in range(1, 1001)])
    assert len(kept) >= acknowledged_before_the_kill
    found = whole_customers(data)
    assert {number: found[number]["name"] for number in kept} == kept
    assert all(body["customerNumber"] == number for number, body in found.items())


@pytest.mark.long
async def test_a_full_disk_refuses_and_keeps_what_was_acknowledged(tmp_path: Path, customer: Body) -> None:
    """A file-size limit of the process stands for the disk: the write itself fails, as on a full one."""
    data = tmp_path / "twin.db"
    kept: list[int] = []
    refused = 0
    with sandbox(data, largest_file=1_500_000) as running:
        async with running.client() as api:
            for _ in range(3000):
                answer = await api.post("/customers", json=customer | {"address": "x" * 500})
                if answer.status_code == 201:
                    kept.append(answer.json()["customerNumber"])
                    continue
                assert answer.json()["httpStatusCode"] == answer.status_code == 500
                refused += 1
                if refused == 5:
                    break
            assert refused == 5, "the disk was never full"
            assert (await api.get(f"/customers/{kept[0]}")).status_code == 200
    assert set(kept) <= set(whole_customers(data))
    with sandbox(data) as running:
        async with running.client() as api:
            assert (await api.post("/customers", json=customer)).status_code == 201


async def test_writers_of_one_record_leave_one_whole_body(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    bodies = [customer | {"name": f"Navn {n}", "city": f"By {n}", "zip": str(n)} for n in range(40)]
    answers = await asyncio.gather(*[api.put("/customers/1", json=body) for body in bodies])
    assert {answer.status_code for answer in answers} == {200}
    found = (await api.get("/customers/1")).json()
    assert (found["city"], found["zip"]) == (f"By {found['name'][5:]}", found["name"][5:])


async def test_one_of_many_gets_the_number_that_all_of_them_want(api: httpx.AsyncClient, customer: Body) -> None:
    wanted = customer | {"customerNumber": 7}
    answers = await asyncio.gather(*[api.post("/customers", json=wanted) for _ in range(20)])
    assert sorted(answer.status_code for answer in answers) == [201] + [400] * 19
    given = await asyncio.gather(*[api.post("/customers", json=customer) for _ in range(20)])
    assert sorted(answer.json()["customerNumber"] for answer in given) == list(range(8, 28))


@pytest.mark.long
async def test_two_servers_over_one_file_write_one_after_the_other(tmp_path: Path, customer: Body) -> None:
    data = tmp_path / "twin.db"
    with sandbox(data) as first, sandbox(data) as second:
        async with first.client() as one, second.client() as other:
            answers = await asyncio.gather(*[api.post("/customers", json=customer) for api in (one, other) * 50])
    numbers = [answer.json()["customerNumber"] for answer in answers]
    assert sorted(numbers) == list(range(1, 101)) == sorted(whole_customers(data))


@pytest.mark.parametrize("content", [b"this is no database" * 500, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_data_file_costs_one_line_at_the_start(tmp_path: Path, content: bytes) -> None:
    data = tmp_path / "twin.db"
    data.write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-m", "bulkio", "sandbox", "--port", "0", "--data", str(data)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"BULKIO_HOME": str(tmp_path / "home")},
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert str(data) in ran.stderr
    assert data.read_bytes() == content, "what is damaged is left for its owner"


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "/customers", b'{"name": ' + b'"x' + b"x" * 10_000_000 + b'"}', 400),
        ("POST", "/customers", b'{"name": "' + b"x" * 11_000_000 + b'"}', 413),
        *(("POST", "/customers", b'{"name": %s}' % nested(depth), 400) for depth in (500, 950, 990, 100_000)),
        *(
            ("POST", "/customers/1/contacts", b'{"name": "a", "emailNotifications": [%s]}' % nested(depth), 400)
            for depth in (500, 900, 950, 970, 990)
        ),
        ("PATCH", "/customers/1", b'[{"op": "replace", "value": %s}]' % nested(940), 400),
        ("POST", "/customers", b'{"customerNumber": ' + b"9" * 6000 + b"}", 400),
        ("POST", "/customers", b'{"name": "\\ud800", "currency": "DKK"}', 400),
        ("POST", "/customers", b"", 400),
        ("POST", "/customers", b"\xef\xbb\xbf{}", 400),
        ("POST", "/customers", b"{} {}", 400),
        ("BREW", "/customers", b"", 405),
        ("GET", "/customers/%00", b"", 404),
        ("GET", "/products/%00", b"", 404),
        ("GET", "/products/" + "_6_" * 2000, b"", 404),
        ("GET", "/" + "a/" * 5000, b"", 404),
        ("GET", "/customers/%EF%BC%91", b"", 404),
        ("DELETE", "/customers/-1", b"", 404),
    ],
)
async def test_bad_requests_are_answered_in_the_apis_shape(
    api: httpx.AsyncClient, customer: Body, method: str, path: str, content: bytes, status: int
) -> None:
    await api.post("/customers", json=customer)
    answer = await api.request(method, path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text[:500]
    assert list(answer.json())[:3] == ["message", "errorCode", "developerHint"]
    assert answer.json()["httpStatusCode"] == status


DEEP = "(name$eq:a$or:city$eq:b$and:" * 12 + "zip$eq:1" + ")" * 12
TOO_DEEP = "(name$eq:a$or:city$eq:b$and:" * 13 + "zip$eq:1" + ")" * 13


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"filter": "$or:".join(["name$eq:a"] * 400)}, 200),
        ({"filter": "$and:".join(["(name$eq:a$or:zip$lt:3)"] * 200)}, 200),
        ({"filter": "$or:".join(["name$eq:a"] * 401)}, 400),
        ({"filter": DEEP}, 200),
        ({"filter": TOO_DEEP}, 400),
        ({"filter": "(" * 10_000}, 400),
        ({"filter": "name$like:" + "*a" * 50}, 200),
        ({"filter": "name$like:" + "*a" * 5000}, 400),
        ({"filter": "name$like:" + "[a-z" * 3000}, 200),
        ({"filter": "name$like:(a+$)+b"}, 200),
        ({"filter": "customerNumber$in:[" + "1," * 199 + "1]"}, 200),
        ({"filter": "customerNumber$in:[" + "9" * 5000 + "]"}, 400),
        ({"sort": ",".join(["name"] * 50)}, 200),
        ({"sort": ",".join(["name"] * 5000)}, 400),
        ({"pagesize": "9" * 5000}, 400),
        ({"skippages": "99999999999"}, 200),
    ],
)  # fmt: skip
async def test_absurd_queries_are_answered(
    api: httpx.AsyncClient, customer: Body, query: dict[str, str], status: int
) -> None:
    await api.post("/customers", json=customer | {"name": "a" * 255})
    answer = await api.get("/customers", params=query)
    assert answer.status_code == status, answer.text[:300]


def test_a_filter_longer_than_servers_like_is_refused_by_the_api_itself(tmp_path: Path) -> None:
    with sandbox(tmp_path / "twin.db") as running:
        connection = HTTPConnection(running.url.removeprefix("http://"), timeout=60)
        connection.request("GET", f"/customers?filter=name$eq:{'a' * 300_000}", headers=running.headers)
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["httpStatusCode"]) == (400, 400)
        connection.close()


async def test_a_reference_to_nonsense_is_no_reference(api: httpx.AsyncClient, customer: Body) -> None:
    for link in ("http://[::1", "", "nonsense", "https://restapi.e-conomic.com/vat-zones/1", "//", "customer-groups/x"):
        answer = await api.post("/customers", json=customer | {"customerGroup": {"self": link}})
        assert answer.json()["errors"]["customerGroup"]["errors"][0]["errorCode"] == "E04500", link
