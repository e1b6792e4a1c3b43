"""The twin as an ASGI application: HTTP in, the desk's answers out."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bulkio.sandbox.calls import Call
from bulkio.sandbox.desk import LARGEST_BODY, Desk, Sealed
from bulkio.sandbox.rate import Meter
from bulkio.sandbox.store import Store


def create_application(store: Store, *, latency: float = 0.0, language: str = "en") -> Starlette:
    """The twin over a store.

    `latency` is slept half before and half after the work, without holding a lock, as a network would: a caller that
    gives up early may have been served. `language` is `en` or `da` and rules the messages.
    """
    if language not in ("en", "da"):
        message = f"language must be 'en' or 'da', not {language!r}"
        raise ValueError(message)
    endpoint = _Endpoint(Desk(store, language), latency)
    return Starlette(routes=[Route("/{path:path}", endpoint)])


class _Endpoint:
    """The one endpoint; addresses are the desk's own business, so that 404 and 405 come in the API's shape."""

    def __init__(self, desk: Desk, latency: float) -> None:
        self._desk = desk
        self._half_latency = latency / 2
        self._meter = Meter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await _call(Request(scope, receive))
        await self._travel()
        # The desk works in the event loop on purpose: a durable write takes less than handing it to a thread.
        sealed = self._desk.handle(call)
        await self._travel()
        await self._response(sealed)(scope, receive, send)

    async def _travel(self) -> None:
        if self._half_latency > 0:
            await asyncio.sleep(self._half_latency)

    def _response(self, sealed: Sealed) -> Response:
        headers = dict((*sealed.headers, *self._meter.headers()))
        if not sealed.body:
            return Response(None, sealed.status, headers)
        return Response(sealed.body, sealed.status, headers, sealed.media_type)


async def _call(request: Request) -> Call:
    raw_path = request.scope.get("path", "/")
    raw_query = request.scope["query_string"].decode("latin-1")
    return Call(
        method=request.method,
        root=f"{request.url.scheme}://{request.headers.get('host') or request.url.netloc}",
        segments=tuple(part for part in raw_path.split("/") if part),
        query=tuple(parse_qsl(raw_query, keep_blank_values=True)),
        raw_query=raw_query,
        headers=dict(request.headers),
        body=await _body(request),
    )


async def _body(request: Request) -> bytes:
    """The body, read no further than one byte beyond what the desk refuses."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            break
    return b"".join(parts)
