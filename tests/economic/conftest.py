"""Servers that misbehave on purpose, and a client that does not really wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bulkio.economic import Economic, Secret, Target
from bulkio.sandbox import Store, create_application

DATA = Path(__file__).parent / "data"
Act = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def target(root: str, app_secret: str = "app", grant: str = "grant") -> Target:
    return Target(root, root, Secret(app_secret), Secret(grant))


@dataclass
class Waiting:
    """Stands in for time: remembers how long was asked for and returns at once."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@dataclass
class Server:
    """A raw server on loopback: each request takes the next act of the script, the last one for ever."""

    script: list[Act]
    requests: list[bytes] = field(default_factory=list)
    root: str = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await self.request(reader):
                self.requests.append(head)
                act = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                await act(reader, writer)
                if writer.is_closing():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def request(self, reader: asyncio.StreamReader) -> bytes:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""
        length = next(
            (line.split(b":")[1] for line in head.splitlines() if line.lower().startswith(b"content-length")), b"0"
        )
        return head + await reader.readexactly(int(length))


def say(status: int, body: bytes | object, *headers: str) -> Act:
    """Answers with this."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", *headers]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        await writer.drain()

    return act


def raw(content: bytes) -> Act:
    """Writes these bytes and closes."""

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()
        writer.close()

    return act


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Took the request, then the line went dead."""
    writer.transport.abort()


@asynccontextmanager
async def listening(*script: Act) -> AsyncIterator[Server]:
    server = Server(list(script))
    listener = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    async with listener:
        server.root = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        yield server


@dataclass(frozen=True)
class Trouble:
    """What the tests of this folder reach through a fixture, since test modules do not import one another."""

    say: Callable[..., Act] = say
    raw: Callable[[bytes], Act] = raw
    reset: Act = reset
    listening: Callable[..., Any] = listening
    target: Callable[..., Target] = target
    waiting: type[Waiting] = Waiting


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "twin.sqlite", fresh=True)
    yield store
    store.close()


@pytest.fixture
async def twin(store: Store) -> AsyncIterator[Economic]:
    """A client into a fresh twin in this process."""
    tokens = store.tokens
    place = target("http://127.0.0.1:1", tokens.app_secret_token, tokens.agreement_grant_token)
    async with Economic(place, create_application(store)) as api:
        yield api


@pytest.fixture
def captured() -> Callable[[str], Any]:
    """A captured body by its file's name."""
    return lambda name: json.loads((DATA / name).read_text(encoding="utf-8"))
