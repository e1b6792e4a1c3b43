"""The twin as an ASGI application: HTTP in, the desk's answers out, with the trouble that was asked for in between."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bulkio.sandbox.answers import Refused, simply_invented
from bulkio.sandbox.calls import Call
from bulkio.sandbox.desk import LARGEST_BODY, Desk, Sealed
from bulkio.sandbox.inside.door import LookInside
from bulkio.sandbox.rate import Limits, Meter
from bulkio.sandbox.store import Store
from bulkio.sandbox.trouble.delivery import Cut, Killed, Life, deliver, fall_silent, instead, too_many
from bulkio.sandbox.trouble.fates import LOST_AFTER, SPARED, Fate, read_fate
from bulkio.sandbox.trouble.schedules import Schedule

_log = logging.getLogger("bulkio.sandbox.calls")


def create_application(
    store: Store,
    *,
    latency: float = 0.0,
    language: str = "en",
    trouble: Schedule | None = None,
    limits: Limits | None = None,
    page_key: str | None = None,
) -> ASGIApp:
    """The twin over a store.

    `latency` is slept half before and half after the work, without holding a lock, as a network would: a caller that
    gives up early may have been served. `language` is `en` or `da` and rules the messages. `trouble` deals each call its
    fate; `limits` are enforced when given, or when the schedule has some. With `page_key` a browser gets the look-inside
    page at `/?key=`. A connection that is to be reset is a ConnectionResetError out of the application.
    """
    if language not in ("en", "da"):
        message = f"language must be 'en' or 'da', not {language!r}"
        raise ValueError(message)
    enforced = limits or (trouble.limits if trouble else None)
    meter = Meter(enforced, day=store.day_of_calls() if enforced else None, keep=store.keep_day_of_calls)
    inside = None if page_key is None else LookInside(store, page_key, language)
    return _Endpoint(Desk(store, language), latency, trouble, meter, inside)


class _Endpoint:
    """The one endpoint; addresses are the desk's own business, so that 404 and 405 come in the API's shape."""

    def __init__(
        self, desk: Desk, latency: float, trouble: Schedule | None, meter: Meter, inside: LookInside | None
    ) -> None:
        self._desk = desk
        self._latency = latency
        self._trouble = trouble
        self._meter = meter
        self._inside = inside
        self._life = Life()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            call = await _call(Request(scope, receive))
        except ClientDisconnect:
            return
        if self._inside is not None and self._inside.is_for(call):
            client = scope.get("client") or ("",)
            await deliver(self._inside.answer(call, client[0]), SPARED, send)
            return
        fate = self._fate(call)
        if isinstance(fate, Refused):
            await deliver(self._headed(self._desk.refuse(call, fate)), SPARED, send)
        else:
            await self._serve(call, fate, receive, send)

    def _fate(self, call: Call) -> Fate | Refused:
        if _is_exempt(call):
            return SPARED
        try:
            asked = read_fate(call.headers.get("x-sandbox-trouble", ""))
        except ValueError as fault:
            return simply_invented("trouble-unknown", 400, developerHint=str(fault))
        return asked if asked != SPARED or self._trouble is None else self._trouble.deal(call)

    async def _serve(self, call: Call, fate: Fate, receive: Receive, send: Send) -> None:
        life = self._life
        if not _is_exempt(call):
            life.admit()
        begun = time.perf_counter()
        half = (self._latency + fate.delay) / 2
        await _travel(half)
        self._must_live(life)
        if fate.kind.endswith("-before"):
            self._note(call, fate, None, begun)
            await self._lose(fate, receive)
        sealed = self._headed(self._answer(call, fate))
        if fate.kind in LOST_AFTER:
            self._note(call, fate, sealed, begun)
            await self._lose(fate, receive)
        await _travel(half)
        self._must_live(life)
        self._note(call, fate, sealed, begun)
        await deliver(sealed, fate, send)

    async def _lose(self, fate: Fate, receive: Receive) -> None:
        """End a call without an answer, and the server with it where that is its fate."""
        if fate.kind.startswith("restart"):
            self._desk.restart()
            self._life = Life(time.monotonic() + fate.seconds)
            raise Killed(fate.seconds)
        await fall_silent(fate.seconds, receive)

    def _must_live(self, life: Life) -> None:
        """A call that was under way when its server was killed is lost, and does nothing any more."""
        if life is not self._life:
            raise Cut

    def _note(self, call: Call, fate: Fate, sealed: Sealed | None, begun: float) -> None:
        seconds = time.perf_counter() - begun
        if self._inside is not None and call.segments != ("favicon.ico",):
            self._inside.exchanges.note(call, fate, sealed, seconds)
        if _log.isEnabledFor(logging.INFO):
            status = sealed.status if sealed else "-"
            _log.info("%s %s %s %.0f ms %s", call.method, call.address, status, seconds * 1000, fate)

    def _answer(self, call: Call, fate: Fate) -> Sealed:
        """The answer, or what comes in its place; with `-after` the work is done all the same."""
        try:
            wait = 0 if _is_exempt(call) else self._meter.charge()
        except sqlite3.Error:  # the day's calls could not be kept: a full disk is an answer here, too
            return self._desk.refuse(call, simply_invented("500", 500))
        if wait:
            return self._desk.refuse(call, too_many(wait))
        replaced = instead(fate)
        if replaced is not None and not fate.kind.endswith("-after"):
            return self._sealed(call, replaced)
        # The desk works in the event loop on purpose: a durable write takes less than handing it to a thread.
        sealed = self._desk.handle(call)
        return sealed if replaced is None else self._sealed(call, replaced)

    def _sealed(self, call: Call, replaced: Sealed | Refused) -> Sealed:
        return self._desk.refuse(call, replaced) if isinstance(replaced, Refused) else replaced

    def _headed(self, sealed: Sealed) -> Sealed:
        return replace(sealed, headers=(*sealed.headers, *self._meter.headers()))


def _is_exempt(call: Call) -> bool:
    return call.headers.get("x-sandbox-no-trouble") == "1"


async def _travel(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


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
        path_end="/" if len(raw_path) > 1 and raw_path.endswith("/") else "",
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
