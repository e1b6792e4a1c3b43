"""Answers kept for an hour under the caller's `Idempotency-Key` (economic-rest, section 1.5)."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from dataclasses import dataclass

from bulkio.sandbox.answers import Answer, simple
from bulkio.sandbox.calls import Call

_KEPT_SECONDS = 3600
_LONGEST_KEY = 1000
_KEPT_REFUSALS = (400, 404)


@dataclass(frozen=True)
class Key:
    """A key and what it is bound to: one URL and one body."""

    name: str
    target: str
    digest: str


def key_of(call: Call) -> Key | None:
    """The request's key; a GET has none, whatever it sends."""
    name = call.headers.get("idempotency-key", "")[:_LONGEST_KEY]
    if not name or call.method == "GET":
        return None
    return Key(name, call.target, hashlib.sha256(call.body).hexdigest())


def kept_answer(connection: sqlite3.Connection, key: Key) -> Answer | None:
    """The answer kept under a key within the hour; refuses the key for another URL or body."""
    row = connection.execute(
        "SELECT target, digest, status, location, body FROM kept_answers WHERE key = ? AND kept_at > ?",
        (key.name, time.time() - _KEPT_SECONDS),
    ).fetchone()
    if row is None:
        return None
    _refuse_change(key, row[0], row[1])
    location = () if row[3] is None else (("Location", row[3]),)
    return Answer(row[2], row[4] or None, (*location, ("X-ResultFromCache", "true")))


def _refuse_change(key: Key, target: str, digest: str) -> None:
    if key.target != target:
        raise simple(400, "The idempotency key was used for another URL.", "URLChanged", "Use a new key.")
    if key.digest != digest:
        raise simple(400, "The idempotency key was used for another payload.", "PayloadChanged", "Use a new key.")


def keep(connection: sqlite3.Connection, key: Key, answer: Answer, body: bytes) -> None:
    """Keep an answer in the transaction of the write it answers; forget what is older than an hour."""
    if answer.status >= 300 and answer.status not in _KEPT_REFUSALS:
        return
    moment = time.time()
    connection.execute("DELETE FROM kept_answers WHERE kept_at <= ?", (moment - _KEPT_SECONDS,))
    location = dict(answer.headers).get("Location")
    row = (key.name, key.target, key.digest, answer.status, location, body, moment)
    connection.execute("INSERT OR REPLACE INTO kept_answers VALUES (?, ?, ?, ?, ?, ?, ?)", row)
