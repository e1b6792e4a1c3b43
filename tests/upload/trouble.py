"""Wrappers of the twin that make trouble: each answers one request badly, and says whether the twin was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    key: str
    body: bytes

    @property
    def kind(self) -> str:
        return self.path.strip("/").split("/")[2 if self.path.count("/") > 2 else 0]


@dataclass(frozen=True)
class Said:
    """An answer as the twin gave it, or as trouble gives it."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)


Serve = Callable[[], Awaitable[Said]]
Act = Callable[[Asked, Serve], Awaitable[Said]]
HTML = Said(
    502, b"<html><head><title>Bad</title></head><body>502 Bad Gateway</body></html>", (("content-type", "text/html"),)
)


async def honest(_: Asked, serve: Serve) -> Said:
    return await serve()


async def lost_before(_: Asked, _serve: Serve) -> Said:
    """The request never reached the agreement, and nobody can tell."""
    return HTML


async def lost_after(_: Asked, serve: Serve) -> Said:
    """The agreement did it, and the answer was lost."""
    await serve()
    return HTML


async def cut(_: Asked, serve: Serve) -> Said:
    """The agreement did it, and the answer breaks off."""
    said = await serve()
    return Said(said.status, said.body[: len(said.body) // 2], said.headers)


async def empty(_: Asked, serve: Serve) -> Said:
    """The agreement did it, and answers with nothing."""
    return Said((await serve()).status)


async def broken(_: Asked, _serve: Serve) -> Said:
    """A server error without a body, nothing done."""
    return Said(500)


def throttled(after: str | None) -> Act:
    """Turned away by the pace limit."""

    async def act(_: Asked, _serve: Serve) -> Said:
        return Said(429, b'{"message":"quota"}', (("retry-after", after),) if after is not None else ())

    return act


def says(status: int, body: bytes, media: str = "application/json") -> Act:
    """This answer, nothing done."""

    async def act(_: Asked, _serve: Serve) -> Said:
        return Said(status, body, (("content-type", media),))

    return act


@dataclass
class Troubled:
    """The twin behind a bad line. `act` chooses what happens to each write; reads are honest unless `reads` says otherwise."""

    app: App
    act: Callable[[Asked], Act]
    reads: Callable[[Asked], Act] = lambda _: honest
    asked: list[Asked] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    @property
    def writes(self) -> list[Asked]:
        return [one for one in self.asked if one.method != "GET"]

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        messages = await _whole(receive)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        asked = Asked(scope["method"], scope["path"], headers.get("idempotency-key", ""), messages["body"])
        self.asked.append(asked)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            act = (self.reads if asked.method == "GET" else self.act)(asked)
            said = await act(asked, lambda: _served(self.app, scope, messages))
        finally:
            self.under_way -= 1
        head = [(name.encode(), value.encode()) for name, value in said.headers]
        await send({"type": "http.response.start", "status": said.status, "headers": head})
        await send({"type": "http.response.body", "body": said.body})


async def _whole(receive: Callable[[], Awaitable[Message]]) -> Message:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return {"type": "http.request", "body": body, "more_body": False}


async def _served(app: App, scope: Message, request: Message) -> Said:
    status, body = 0, b""
    headers: tuple[tuple[str, str], ...] = ()

    async def receive() -> Message:
        return request

    async def send(message: Message) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = tuple((name.decode(), value.decode()) for name, value in message.get("headers", ()))
        else:
            body += message.get("body", b"")

    await app(scope, receive, send)
    await asyncio.sleep(0)
    return Said(status, body, headers)


def nth(number: int, act: Act, of: str | None = None) -> Callable[[Asked], Act]:
    """Trouble at the n-th write (of a kind), counted from 1; later ones are honest."""
    seen = 0

    def choose(asked: Asked) -> Act:
        nonlocal seen
        if of is None or asked.kind == of:
            seen += 1
            if seen == number:
                return act
        return honest

    return choose


def every(act: Act, of: str | None = None) -> Callable[[Asked], Act]:
    """Trouble at every write (of a kind)."""
    return lambda asked: act if of is None or asked.kind == of else honest


def first_try(act: Act) -> Callable[[Asked], Act]:
    """Trouble at the first try under every key; a replay is honest."""
    seen: set[str] = set()

    def choose(asked: Asked) -> Act:
        if asked.key in seen:
            return honest
        seen.add(asked.key)
        return act

    return choose
