"""Trouble on a real socket: resets are resets, half a body is half a body, a killed server comes back."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.serving import Running, headers_of, running, start

Body = dict[str, Any]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("twin") / "twin.db"


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Running]:
    with running(path) as started:
        yield started


@pytest.fixture
def group(server: Running, path: Path) -> int:
    """A customer group's number that is free."""
    listed = httpx.get(f"{server.root}/customer-groups?pagesize=1000", headers=headers_of(path)).json()["collection"]
    return 1 + max(int(entry["customerGroupNumber"]) for entry in listed)


def exists(server: Running, path: Path, group: int) -> bool:
    return httpx.get(f"{server.root}/customer-groups/{group}", headers=headers_of(path)).status_code == 200


def post_raw(server: Running, path: Path, group: int, trouble: str) -> tuple[bytes, type[OSError] | None]:
    """What the socket gave until it ended, and the error it ended with."""
    body = json.dumps({"customerGroupNumber": group, "name": "G"}).encode()
    head = {
        "Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(body)),
        "X-Sandbox-Trouble": trouble, **headers_of(path),
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    got = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(f"POST /customer-groups HTTP/1.1\r\n{lines}\r\n".encode() + body)
        try:
            while part := line.recv(65536):
                got += part
        except OSError as fault:
            return got, type(fault)
    return got, None


@pytest.mark.parametrize(
    ("trouble", "written"),
    [("reset-before", False), ("reset-after", True), ("silence-before=0.1", False), ("silence-after=0.1", True)],
)
def test_the_socket_is_reset_without_an_answer(
    server: Running, path: Path, group: int, trouble: str, written: bool
) -> None:
    assert post_raw(server, path, group, trouble) == (b"", ConnectionResetError)
    assert exists(server, path, group) is written


def test_half_an_answer_comes_before_the_reset(server: Running, path: Path, group: int) -> None:
    got, ended = post_raw(server, path, group, "reset-body")
    head, _, half = got.partition(b"\r\n\r\n")
    promised = int(next(line for line in head.lower().split(b"\r\n") if b"content-length" in line).split(b":")[1])
    assert (head[:12], ended) == (b"HTTP/1.1 201", ConnectionResetError)
    assert len(half) == promised // 2
    assert exists(server, path, group)


def test_the_server_answers_on_after_a_reset(server: Running, path: Path) -> None:
    with httpx.Client(base_url=server.root, headers=headers_of(path)) as client:
        for _ in range(3):
            with pytest.raises(httpx.TransportError):
                client.get("/customers", headers={"X-Sandbox-Trouble": "reset-before"})
            assert client.get("/self").status_code == 200


def test_a_trickling_body_takes_its_time(server: Running, path: Path) -> None:
    begun = time.monotonic()
    answer = httpx.get(f"{server.root}/self", headers={"X-Sandbox-Trouble": "slow-body=0.4"} | headers_of(path))
    assert answer.json()["agreementNumber"]
    assert time.monotonic() - begun >= 0.4


def test_a_caller_that_gives_up_on_silence_may_have_been_served(server: Running, path: Path, group: int) -> None:
    body = {"customerGroupNumber": group, "name": "G"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{server.root}/customer-groups",
            json=body,
            headers={"X-Sandbox-Trouble": "silence-after=60"} | headers_of(path),
            timeout=0.5,
        )
    assert exists(server, path, group)


@pytest.mark.parametrize(("kind", "written"), [("restart-before", False), ("restart-after", True)])
def test_a_server_that_kills_itself_closes_its_port_and_opens_it_again(
    server: Running, path: Path, group: int, kind: str, written: bool
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as bystander:
        assert post_raw(server, path, group, f"{kind}=0.5") == (b"", ConnectionResetError)
        with pytest.raises(ConnectionResetError):
            bystander.recv(1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=10)
    assert until_it_is_back(server) > 0.2
    assert exists(server, path, group) is written
    assert post_raw(server, path, group, "reset-before") == (b"", ConnectionResetError)


def until_it_is_back(server: Running) -> float:
    begun = time.monotonic()
    while time.monotonic() - begun < 10:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=10).close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            break
    return time.monotonic() - begun


def test_a_killed_server_comes_back_on_its_port_with_all_it_answered_for(tmp_path: Path, customer: Body) -> None:
    path = tmp_path / "twin.db"
    first = start(path)
    headers = headers_of(path) | {"Idempotency-Key": "row-1"}
    with httpx.Client(base_url=first.root, headers=headers) as client:
        before = client.post("/customers", json=customer)
        first.kill()
        with pytest.raises(httpx.TransportError):
            client.post("/customers", json=customer)
        again = start(path, port=first.port)
        try:
            after = client.post("/customers", json=customer)
        finally:
            again.kill()
    assert before.content == after.content
    assert after.headers["X-ResultFromCache"] == "true"


def test_a_seeded_profile_on_the_wire_meets_a_client_with_what_it_deals(tmp_path: Path) -> None:
    path = tmp_path / "twin.db"
    seen: list[list[str]] = []
    for _ in range(2):
        with (
            running(path, trouble="Seeded(PROFILES['flaky'], 11)") as server,
            httpx.Client(base_url=server.root, headers=headers_of(path)) as client,
        ):
            seen.append([outcome(client) for _ in range(60)])
    assert seen[0] == seen[1]
    assert len(set(seen[0])) > 2


def outcome(client: httpx.Client) -> str:
    try:
        answer = client.get("/self")
    except httpx.TransportError:
        return "lost"
    return f"{answer.status_code} {answer.headers['Content-Type']}"
