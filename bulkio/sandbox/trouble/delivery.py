"""How a sealed answer reaches the caller: whole, trickling, cut in the middle, or not at all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.types import Receive, Send

from bulkio.sandbox.answers import Refused, new_log_id, simply_invented
from bulkio.sandbox.desk import Sealed
from bulkio.sandbox.trouble.fates import Fate

_PIECES = 10
_HEAD_START_SECONDS = 0.02
"""What a reset must wait for the half answer before it to be read: a reset overtakes what is still under way."""
_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n"
    "<body><center><h1>{title}</h1></center><hr><center>gateway</center></body></html>\n"
)
_TITLES = {
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
    200: "Sign in",
}


class Cut(ConnectionResetError):
    """The connection is to be reset here. In process it is raised to the caller; a server resets its socket."""


class Killed(Cut):
    """The whole server is to be gone for some seconds: every connection is lost, and none is taken."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True)
class Life:
    """One life of the server, from the moment it is there; a kill begins the next one."""

    begins: float = 0.0

    def admit(self) -> None:
        """Refuse the connection while the server is gone; on sockets its port is closed then."""
        if time.monotonic() < self.begins:
            raise ConnectionRefusedError


def instead(fate: Fate) -> Sealed | Refused | None:
    """What is answered in place of the real answer, if anything is; before the work or after it."""
    word = fate.kind.removesuffix("-after")
    if word == "429":
        return too_many(round(fate.seconds))
    if word == "500":
        return simply_invented("trouble-500", 500)
    if word == "html":
        return _page(200)
    return _page(int(word), fate.seconds) if word.isdigit() else None


def too_many(wait: int) -> Refused:
    """429, with the seconds to wait."""
    return simply_invented("429", 429, (("Retry-After", str(wait)),))


def _page(status: int, wait: float = 0.0) -> Sealed:
    headers = (("X-RequestId", new_log_id()), *((("Retry-After", str(round(wait))),) if wait else ()))
    return Sealed(status, _PAGE.format(title=_TITLES[status]).encode(), headers, "text/html")


async def fall_silent(seconds: float, receive: Receive) -> None:
    """Say nothing until the time is up or the caller has gone, then cut; without any time, cut at once."""
    if not seconds:
        raise Cut
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        raise Cut from None
    raise Cut


async def deliver(sealed: Sealed, fate: Fate, send: Send) -> None:
    """Send the answer in the way of its fate."""
    await send({"type": "http.response.start", "status": sealed.status, "headers": list(_raw_headers(sealed))})
    if fate.kind == "slow-body":
        await _trickle(sealed.body, fate.seconds, send)
    elif fate.kind == "reset-body":
        await _break_off(sealed.body, send)
    else:
        await send({"type": "http.response.body", "body": sealed.body})


async def _trickle(body: bytes, seconds: float, send: Send) -> None:
    size = max(1, -(-len(body) // _PIECES))
    for start in range(0, len(body), size):
        await asyncio.sleep(seconds / _PIECES)
        await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _break_off(body: bytes, send: Send) -> None:
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await asyncio.sleep(_HEAD_START_SECONDS)
    raise Cut


def _raw_headers(sealed: Sealed) -> Iterator[tuple[bytes, bytes]]:
    if sealed.body:
        yield b"content-type", sealed.media_type.encode()
    if sealed.status != 204:
        yield b"content-length", str(len(sealed.body)).encode()
    for name, value in sealed.headers:
        yield name.lower().encode(), value.encode("latin-1", "replace")
