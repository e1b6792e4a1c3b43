"""The front desk: takes a call, judges it in the server's order, and hands back the answer.

Tokens, then address and verb, then content type, then the idempotency key, then JSON, then the published schema, then
the business rules of the handler (economic-rest, section 6.1). A write and its kept answer share one transaction.
"""

from __future__ import annotations

import json
import logging
import math
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from bulkio.sandbox.answers import PROBLEM, Answer, Refused, new_log_id, not_found, schema_refused, simply_invented
from bulkio.sandbox.calls import Call, Room
from bulkio.sandbox.classic.routes import classic_routes
from bulkio.sandbox.idempotency import Key, keep, kept_answer, key_of
from bulkio.sandbox.judging import judge
from bulkio.sandbox.links import Links, demo_of
from bulkio.sandbox.newer.keeping import PREFIX
from bulkio.sandbox.newer.problems import as_problem
from bulkio.sandbox.newer.routes import newer_routes
from bulkio.sandbox.routing import Route
from bulkio.sandbox.shelves import dump
from bulkio.sandbox.store import Store

LARGEST_BODY = 10 * 1024 * 1024
_DEMO = "demo"
_ACCEPTABLE = ("*/*", "application/*", "*")
_WITH_BODY = ("POST", "PUT", "PATCH")
_log = logging.getLogger("bulkio.sandbox")


@dataclass(frozen=True)
class Sealed:
    """An answer ready to be sent: the body as bytes."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]
    media_type: str


class Desk:
    """Answers calls over one store; one call at a time, each in a transaction of its own."""

    def __init__(self, store: Store, language: str) -> None:
        """Serve this store with messages in this language."""
        self._store = store
        self._language = language
        self._classic = classic_routes()
        self._newer = newer_routes()

    def handle(self, call: Call) -> Sealed:
        """The answer to a call; whatever goes wrong in here is an answer too."""
        log_id = new_log_id()
        try:
            sealed = self._answered(call, log_id)
        except Refused as refused:
            sealed = self._refusal(call, refused, log_id)
        except Exception:  # noqa: BLE001 - a fault of the twin is answered as the server answers its own
            _log.exception("the sandbox failed on %s %s", call.method, "/".join(call.segments[:1]))
            sealed = self._refusal(call, simply_invented("500", 500), log_id)
        return replace(sealed, headers=(*sealed.headers, ("X-RequestId", log_id)))

    def restart(self) -> None:
        """Come back as a new process would: with nothing but the file."""
        self._store.reopen()

    def refuse(self, call: Call, refused: Refused) -> Sealed:
        """A refusal that does not come from the work itself, in the shape of the host that was called."""
        log_id = new_log_id()
        sealed = self._refusal(call, refused, log_id)
        return replace(sealed, headers=(*sealed.headers, ("X-RequestId", log_id)))

    def _refusal(self, call: Call, refused: Refused, log_id: str) -> Sealed:
        shaped = as_problem(refused) if _is_newer(call) and refused.media_type != PROBLEM else refused
        return _seal(shaped.answer(log_id, self._language))

    def _answered(self, call: Call, log_id: str) -> Sealed:
        self._admit(call)
        route, keys = self._route(call)
        _require_acceptable(call)
        if _has_body(call, route):
            _require_json(call)
        if call.method == "GET":
            with self._store.reading() as connection:
                return _seal(route.handler(self._room(call, connection), *keys))
        return self._written(call, route, keys, log_id)

    def _written(self, call: Call, route: Route, keys: tuple[str, ...], log_id: str) -> Sealed:
        key = key_of(call)
        try:
            with self._store.writing() as connection:
                execute = partial(self._execute, call, route, keys, connection)
                return self._once(connection, key, execute, is_newer=_is_newer(call))
        except Refused as refused:
            if key is None:
                raise
            # The refused write is rolled back by now; its refusal is kept in a transaction of its own.
            sealed = self._refusal(call, refused, log_id)
            return self._kept_refusal(key, refused, sealed)

    def _once(
        self, connection: sqlite3.Connection, key: Key | None, execute: Callable[[], Answer], *, is_newer: bool
    ) -> Sealed:
        if key is None:
            return _seal(execute())
        kept = kept_answer(connection, key)
        if kept is not None:
            return _seal(replace(kept, media_type=PROBLEM) if is_newer and kept.status >= 400 else kept)
        answer = execute()
        sealed = _seal(answer)
        keep(connection, key, answer, sealed.body)
        return sealed

    def _kept_refusal(self, key: Key, refused: Refused, sealed: Sealed) -> Sealed:
        if refused.parts.get("errorCode") not in ("URLChanged", "PayloadChanged"):
            with self._store.writing() as connection:
                keep(connection, key, Answer(sealed.status), sealed.body)
        return sealed

    def _execute(self, call: Call, route: Route, keys: tuple[str, ...], connection: sqlite3.Connection) -> Answer:
        payload = _read_json(call) if _has_body(call, route) else None
        if route.schema is not None:
            self._conform(call, route.schema, payload)
        return route.handler(replace(self._room(call, connection), payload=payload), *keys)

    def _conform(self, call: Call, schema: str, payload: Any) -> None:
        errors = judge(schema, payload)
        if errors:
            raise schema_refused(errors, f"{call.root}/schema/{schema}.schema.json")

    def _room(self, call: Call, connection: sqlite3.Connection) -> Room:
        suffix = "?demo=true" if _asks_for_demo(call) else ""
        return Room(connection, call, Links(call.root, suffix), self._language, date.today())

    def _route(self, call: Call) -> tuple[Route, tuple[str, ...]]:
        segments = call.segments[len(PREFIX) :] if _is_newer(call) else call.segments
        offered, keys = (self._newer if _is_newer(call) else self._classic).find(segments)
        if not offered:
            raise not_found()
        if call.method not in offered:
            raise simply_invented("405", 405, (("Allow", ", ".join(sorted(offered))),))
        return offered[call.method], keys

    def _admit(self, call: Call) -> None:
        if call.segments[:1] == ("schema",):
            return
        app, grant = _token(call, "x-appsecrettoken", "appid"), _token(call, "x-agreementgranttoken", "accessid")
        if _asks_for_demo(call) or (app, grant) == (_DEMO, _DEMO):
            _only_get(call)
            return
        own = self._store.tokens
        right = (app == own.app_secret_token, grant == own.agreement_grant_token)
        if right != (True, True):
            name = "token-pair" if any(right) and app and grant else "401"
            raise simply_invented(name, 401, demoLink=demo_of(call.root, call.segments, call.raw_query))


def _is_newer(call: Call) -> bool:
    return call.segments[: len(PREFIX)] == PREFIX


def _token(call: Call, name: str, old_name: str) -> str:
    """A token under its name, or under the one that clients of 2015 send (invention `old-token-names`)."""
    return call.headers.get(name) or call.headers.get(old_name, "")


def _asks_for_demo(call: Call) -> bool:
    return (call.parameter("demo") or "").lower() == "true"


def _only_get(call: Call) -> None:
    if call.method != "GET":
        raise simply_invented("demo-is-get-only", 403)


def _has_body(call: Call, route: Route) -> bool:
    """Whether there is, or must be, something to read: `/echo` answers verbs without a body too (documented)."""
    return call.method in _WITH_BODY and (bool(call.body) or route.schema is not None or _is_newer(call))


def _require_acceptable(call: Call) -> None:
    """406 where the caller's Accept lets no JSON through, even for a PDF (seen second hand)."""
    accepted = [part.partition(";")[0].strip().lower() for part in call.headers.get("accept", "").split(",")]
    if any(accepted) and not any(media in _ACCEPTABLE or media.endswith("json") for media in accepted):
        raise simply_invented("406", 406)


def _require_json(call: Call) -> None:
    media = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not media.endswith("+json"):
        raise simply_invented("415", 415)
    if len(call.body) > LARGEST_BODY:
        raise simply_invented("413", 413)


def _read_json(call: Call) -> Any:
    try:
        payload = json.loads(call.body.decode("utf-8-sig"), parse_float=_finite, parse_constant=_finite)
        if b"\\ud" in call.body.lower():
            dump(payload).encode()  # half a character cannot be kept, nor was it one on the way here
        return payload  # noqa: TRY300 - the whole of it may fail
    except (ValueError, RecursionError) as fault:
        raise simply_invented("broken-json", 400) from fault


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        message = f"{text} is no JSON number"
        raise ValueError(message)
    return value


def _seal(answer: Answer) -> Sealed:
    body = answer.body if isinstance(answer.body, bytes) else b""
    if answer.body is not None and not isinstance(answer.body, bytes):
        body = dump(answer.body).encode("utf-8", "surrogatepass")
    return Sealed(answer.status, body, answer.headers, answer.media_type)
