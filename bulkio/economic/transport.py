"""How bytes travel: httpx's API over aiohttp's connections, or straight into an application in this process.

httpx's own connection pool becomes the bottleneck from 16 requests at a time on (`performance.md` §4); its requests, responses and
transport seam stay, the transport is exchanged. Its client would add cookies, redirects and header merging that nothing here needs, at a
third of the cost of a call, so the seam is spoken to directly. This module is imported when a client is opened, since httpx and aiohttp cost 0.3 s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bulkio.economic.answers import Unanswered

ASGIApp = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]
"""The signature of an ASGI application; its messages are untyped by its own specification."""

CONNECT_SECONDS = 10.0
READ_SECONDS = 30.0
"""Seconds without a byte."""
WHOLE_SECONDS = 150.0
"""Seconds for a whole answer, however slowly it trickles."""
LARGEST_BODY = 64 * 1024 * 1024
"""Bytes. A page of 1,000 records is about two million."""
_KEEP_ALIVE_SECONDS = 30.0
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, ConnectionRefusedError)
"""aiohttp's faults of making a connection. Its other connection faults, a reset among them, are named
`httpx.ConnectTimeout` by the bridge too, so httpx's names do not tell whether something left.
"""


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response: status, headers under lower-case names, body."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Transport:
    """Sends one request and gives back a whole response, or what kept it from coming. Never raises for the network's faults."""

    def __init__(self, exchanged: httpx.AsyncBaseTransport) -> None:
        self._exchanged = exchanged
        waits = httpx.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS, write=READ_SECONDS, pool=None)
        self._extensions = {"timeout": waits.as_dict()}

    async def close(self) -> None:
        """Close the connections."""
        await self._exchanged.aclose()

    async def send(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response | Unanswered:
        """One try."""
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                return await self._whole(method, url, headers, content)
        except (httpx.InvalidURL, UnicodeError):  # a host that no name server could be asked for
            return Unanswered("no_connection", left=False)
        except (httpx.HTTPError, httpx.StreamError, aiohttp.ClientError, OSError) as fault:
            return _unanswered(fault)

    async def _whole(self, method: str, url: str, headers: Mapping[str, str], content: bytes) -> Response | Unanswered:
        request = httpx.Request(method, url, headers=headers, content=content, extensions=self._extensions)
        response = await self._exchanged.handle_async_request(request)
        try:
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > LARGEST_BODY:
                    return Unanswered("too_large", response.status_code)
        finally:
            await response.aclose()
        return Response(response.status_code, response.headers, bytes(body))


def open_transport(app: ASGIApp | None, *, connections: int, local: bool) -> Transport:
    """A transport over the network, or into `app`. `local` keeps the environment's proxies out of calls to this machine."""
    return Transport(_in_process(app) if app is not None else _over_the_network(connections, local))


def _in_process(app: ASGIApp) -> httpx.AsyncBaseTransport:
    return _InProcess(app)


class _InProcess(httpx.AsyncBaseTransport):
    """Straight into an application: a crash of it is a 500 as on a server, a connection it loses is lost here too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        lost: list[ConnectionError] = []

        async def watched(*call: Any) -> None:
            try:
                await self._app(*call)
            except ConnectionError as fault:
                lost.append(fault)
                raise

        response = await httpx.ASGITransport(watched, raise_app_exceptions=False).handle_async_request(request)
        if lost:
            raise lost[0]
        return response


def _over_the_network(connections: int, local: bool) -> httpx.AsyncBaseTransport:
    bridge = AiohttpTransport(verify=not local, trust_env=not local)

    def session() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=connections, keepalive_timeout=_KEEP_ALIVE_SECONDS, ssl=bridge.ssl_context
        )
        made = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=not local)
        made._retry_connection = False  # noqa: SLF001  # its own silent second try of GET and PUT; ours is the one retry
        return made

    bridge.client = session
    return bridge


def _unanswered(fault: Exception) -> Unanswered:
    cause = fault.__cause__ if isinstance(fault, httpx.HTTPError) and fault.__cause__ else fault
    if isinstance(cause, _NEVER_LEFT):
        return Unanswered("no_connection", left=False)
    if isinstance(cause, TimeoutError | httpx.TimeoutException):
        return Unanswered("timeout")
    return Unanswered("reset")
