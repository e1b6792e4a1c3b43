"""The agreement on disk: one SQLite file, opened by several processes at once if need be.

WAL with full synchronisation: what a request wrote is on the disk before its answer leaves.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bulkio.sandbox.likeness import Likeness, take_after
from bulkio.sandbox.rate import Day
from bulkio.sandbox.seed import seed
from bulkio.sandbox.tables import APPLICATION_ID, LAYOUT_VERSION, TABLES

_BUSY_MILLISECONDS = 15_000
_CHECKED_BYTES = 32 * 1024 * 1024


class StoreDamaged(Exception):
    """The data file is not one of ours, or is broken; the message is one sentence for the user."""


@dataclass(frozen=True)
class Tokens:
    """The two secrets of this store, made when it was created."""

    app_secret_token: str = field(repr=False)
    agreement_grant_token: str = field(repr=False)


class Store:
    """One practice agreement in one file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, tokens: Tokens) -> None:
        """Take over an open, seeded connection; callers use `Store.open`."""
        self.path = path
        self.tokens = tokens
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, fresh: bool = False) -> Store:
        """Open the file, seeding a new one; `fresh` throws the old content away first.

        Raises `StoreDamaged` with one clear sentence when the file is not a sandbox's data file or cannot be read.
        """
        if fresh:
            _remove(path)
        try:
            _touch_private(path)
            return cls(path, *_prepared(path))
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise _damaged(path, f"is damaged or not a sandbox's: {error}") from error
        except OSError as error:
            raise _damaged(path, f"cannot be opened: {error.strerror}") from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One durable transaction: all of it is on the disk when the block ends, or none of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                _roll_back(self._connection)
                raise
            _commit(self._connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view for as long as the block lasts."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                _roll_back(self._connection)

    def set_change_of_numbers(self, *, allowed: bool) -> None:
        """Turn the agreement's setting "Change of numbers: customers" on or off; it is off in a fresh one."""
        sql = "UPDATE agreement SET value = json_set(value, '$.changeOfNumbers.customers', json(?)) WHERE name = 'self'"
        with self.writing() as connection:
            connection.execute(sql, ("true" if allowed else "false",))

    def take_after(self, likeness: Likeness) -> None:
        """Give an agreement without customers the look-ups of another. Raises ValueError where there are some."""
        with self.writing() as connection:
            if connection.execute("SELECT 1 FROM customers LIMIT 1").fetchone():
                raise ValueError("there are customers in it")
            take_after(connection, likeness)

    def day_of_calls(self) -> Day | None:
        """The calls of the day as they were last kept."""
        with self.reading() as connection:
            row = connection.execute("SELECT value FROM agreement WHERE name = 'day_of_calls'").fetchone()
        return None if row is None else Day(*json.loads(row[0]))

    def keep_day_of_calls(self, day: Day) -> None:
        """Keep them, for the next opening."""
        with self.writing() as connection:
            row = ("day_of_calls", json.dumps([day.began, day.calls]))
            connection.execute("INSERT OR REPLACE INTO agreement VALUES (?, ?)", row)

    def reopen(self) -> None:
        """Let go of the file and open it again, as a server that was killed does. Raises as `open` does."""
        with self._lock:
            self._connection.close()
            self._connection, self.tokens = _prepared(self.path)

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._lock:
            self._connection.close()


def _damaged(path: Path, what: str) -> StoreDamaged:
    return StoreDamaged(f"The sandbox's data file {path} {what}.")


def _commit(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("COMMIT")
    except sqlite3.Error:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    # A failing statement (disk full, for one) may have ended the transaction already.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _touch_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.create_function("fold", 1, _fold, deterministic=True)


def _fold(value: str | float | bytes | None) -> str | int | float | bytes | None:
    return value.casefold() if isinstance(value, str) else value


def _prepared(path: Path) -> tuple[sqlite3.Connection, Tokens]:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        _set_up(connection)
        _seed_if_new(connection)
        _judge(connection, path)
        return connection, _read_tokens(connection)
    except BaseException:
        connection.close()
        raise


def _seed_if_new(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        _create(connection)
    connection.execute("COMMIT")


def _create(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)
    seed(connection)
    tokens = [("app_secret_token", secrets.token_urlsafe(24)), ("agreement_grant_token", secrets.token_urlsafe(24))]
    connection.executemany("INSERT INTO agreement VALUES (?, ?)", tokens)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {LAYOUT_VERSION}")


def _judge(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ValueError("it is another program's database")
    if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT_VERSION:
        raise ValueError("it was written by another version of the sandbox")
    if path.stat().st_size <= _CHECKED_BYTES:
        _check_pages(connection)


def _check_pages(connection: sqlite3.Connection) -> None:
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise ValueError(str(verdict).splitlines()[0])


def _read_tokens(connection: sqlite3.Connection) -> Tokens:
    found = dict(connection.execute("SELECT name, value FROM agreement WHERE name LIKE '%\\_token' ESCAPE '\\'"))
    if len(found) != 2:
        raise ValueError("its tokens are missing")
    return Tokens(found["app_secret_token"], found["agreement_grant_token"])
