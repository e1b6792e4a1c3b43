from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from bulkio.sandbox import Store, StoreDamaged
from bulkio.sandbox.shelves import CUSTOMERS

Body = dict[str, Any]
SERVER = """
import sys
from pathlib import Path
from bulkio.sandbox import Store, serve
store = Store.open(Path(sys.argv[1]))
serve(store, latency=float(sys.argv[2]), on_ready=lambda root: print(root, flush=True))
print("ended", flush=True)
"""


def start(path: Path, latency: float = 0.0) -> tuple[subprocess.Popen[str], str]:
    # The tests' folder is not the package's: the checkout is named for runs that have nothing installed.
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path), str(latency)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "twin.db"


def headers_of(path: Path) -> dict[str, str]:
    store = Store.open(path)
    tokens = store.tokens
    store.close()
    return {"X-AppSecretToken": tokens.app_secret_token, "X-AgreementGrantToken": tokens.agreement_grant_token}


def test_a_new_store_is_private_and_has_its_own_tokens(tmp_path: Path) -> None:
    first, second = Store.open(tmp_path / "a.db"), Store.open(tmp_path / "b.db")
    assert stat.S_IMODE((tmp_path / "a.db").stat().st_mode) == 0o600
    assert first.tokens != second.tokens
    assert first.tokens.app_secret_token not in repr(first.tokens)
    first.close()
    second.close()


def test_what_it_holds_is_there_for_the_next_opening_unless_fresh(path: Path) -> None:
    store = Store.open(path)
    tokens = store.tokens
    with store.writing() as connection:
        CUSTOMERS.insert(connection, 5, {"customerNumber": 5})
    store.close()
    again = Store.open(path)
    with again.reading() as connection:
        assert CUSTOMERS.has(connection, 5)
    assert again.tokens == tokens
    again.close()
    fresh = Store.open(path, fresh=True)
    with fresh.reading() as connection:
        assert not CUSTOMERS.has(connection, 5)
    assert fresh.tokens != tokens
    fresh.close()


def test_a_failed_write_leaves_nothing(path: Path) -> None:
    store = Store.open(path)
    with pytest.raises(sqlite3.IntegrityError), store.writing() as connection:  # noqa: PT012 - the second write fails
        CUSTOMERS.insert(connection, 5, {"customerNumber": 5})
        CUSTOMERS.insert(connection, 5, {"customerNumber": 5})
    with store.reading() as connection:
        assert not CUSTOMERS.has(connection, 5)
    store.close()


@pytest.mark.parametrize("damage", ["text", "other", "cut", "zeroes"])
def test_a_damaged_file_is_one_clear_sentence(path: Path, damage: str) -> None:
    Store.open(path).close()
    if damage == "text":
        path.write_bytes(b"this is no database" * 100)
    elif damage == "other":
        path.unlink()
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE a (b)")
        other.commit()
        other.close()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        content = path.read_bytes()
        path.write_bytes(content[:4096] + b"\0" * (len(content) - 4096))
    with pytest.raises(StoreDamaged) as caught:
        Store.open(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_data_file(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="cannot be opened"):
        Store.open(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_tells_its_address_and_ends_cleanly(path: Path, number: signal.Signals) -> None:
    process, root = start(path)
    assert httpx.get(f"{root}/self", headers=headers_of(path)).json()["self"] == f"{root}/self"
    process.send_signal(number)
    output, _ = process.communicate(timeout=10)
    assert (process.returncode, output) == (0, "ended\n")


async def test_latency_is_slept_side_by_side(path: Path, customer: Body) -> None:
    process, root = start(path, 0.2)
    try:
        async with httpx.AsyncClient(base_url=root, headers=headers_of(path)) as client:
            begun = asyncio.get_running_loop().time()
            await asyncio.gather(*[client.post("/customers", json=customer) for _ in range(8)])
            assert 0.2 <= asyncio.get_running_loop().time() - begun < 1.2
    finally:
        process.kill()
        process.communicate()


async def test_a_kill_loses_no_acknowledged_write(path: Path, customer: Body) -> None:
    process, root = start(path)
    acknowledged: list[int] = []

    async def keep_posting(client: httpx.AsyncClient, worker: int) -> None:
        for step in range(1000):
            try:
                key = {"Idempotency-Key": f"{worker}-{step}"}
                answer = await client.post("/customers", json=customer, headers=key)
            except httpx.TransportError:
                return
            acknowledged.append(answer.json()["customerNumber"])
            if len(acknowledged) == 250:
                process.kill()

    async with httpx.AsyncClient(base_url=root, headers=headers_of(path)) as client:
        await asyncio.gather(*[keep_posting(client, worker) for worker in range(8)])
    process.communicate()
    assert len(acknowledged) >= 250
    store = Store.open(path)
    with store.reading() as connection:
        kept = {row[0] for row in connection.execute("SELECT key FROM customers")}
        answers = connection.execute("SELECT count(*) FROM kept_answers").fetchone()[0]
    store.close()
    assert set(acknowledged) <= kept
    assert len(acknowledged) == len(set(acknowledged))
    assert answers == len(kept), "a write and its kept answer stand or fall together"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, bulkio.sandbox; print([m for m in ('starlette', 'uvicorn', 'jsonschema') if m in sys.modules])"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert found.stdout.strip() == "[]"


def test_processes_that_open_a_new_file_at_once_share_one_agreement(path: Path) -> None:
    code = "import sys; from pathlib import Path; from bulkio.sandbox import Store; s = Store.open(Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", f"{code}; print(s.tokens.app_secret_token); s.close()", str(path)]
    openers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(4)]
    assert len({opener.communicate()[0] for opener in openers}) == 1
    assert [opener.returncode for opener in openers] == [0] * 4


async def test_a_full_disk_is_an_answer_and_nothing_half_written(store: Store, api: httpx.AsyncClient) -> None:
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    statuses = []
    for number in range(10, 400):
        answer = await api.post("/customer-groups", json={"customerGroupNumber": number, "name": "x" * 50})
        statuses.append(answer.status_code)
    assert answer.json()["httpStatusCode"] == 500
    listed = (await api.get("/customer-groups")).json()["pagination"]["results"]
    assert listed == 2 + statuses.count(201)
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert (await api.post("/customer-groups", json={"customerGroupNumber": 9999})).status_code == 201
