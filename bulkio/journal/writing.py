"""Group commit: whatever waits is written together at once, without a timer, in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from queue import Empty, SimpleQueue

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.sql.dml import Insert, Update

from bulkio.journal.faults import JournalDamaged, JournalFault, fault_of

GROUP = 1_000
"""The most statements of one transaction."""


@dataclass(frozen=True, slots=True)
class Write:
    """A statement with its rows, and who waits for its commit."""

    statement: Insert | Update
    rows: Sequence[Mapping[str, object]]
    done: asyncio.Future[None]
    loop: asyncio.AbstractEventLoop


class Writer:
    """Writes in the order asked, in a thread, so that no commit holds up the event loop.

    After a failed commit nothing more is written: every later write fails with the same fault.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where
        self._queue: SimpleQueue[Write | None] = SimpleQueue()
        self._fault: JournalFault | None = None
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def write(self, statement: Insert | Update, rows: Sequence[Mapping[str, object]]) -> asyncio.Future[None]:
        """A future that is done when the rows are durable. It may be left alone: a fault meets the next write too."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        done.add_done_callback(_look_at)
        self._queue.put(Write(statement, rows, done, loop))
        return done

    def close(self) -> None:
        """Writes what waits, then ends the thread."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            group, last = self._take()
            if group:
                self._commit(group)
            if last:
                return

    def _take(self) -> tuple[list[Write], bool]:
        """All that waits now; waits only for the first."""
        first = self._queue.get()
        if first is None:
            return [], True
        group = [first]
        while len(group) < GROUP:
            try:
                following = self._queue.get_nowait()
            except Empty:
                break
            if following is None:
                return group, True
            group.append(following)
        return group, False

    def _commit(self, group: list[Write]) -> None:
        try:
            if self._fault is None:
                self._execute(group)
        except DatabaseError as error:
            self._fault = fault_of(error, self._where)
        except Exception as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is: a silent thread is a hang
            self._fault = JournalDamaged("journal_damaged", journal=self._where, reason=type(error).__name__)
        by_loop: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
        for one in group:
            by_loop.setdefault(one.loop, []).append(one.done)
        for loop, futures in by_loop.items():
            _wake(loop, futures, self._fault)

    def _execute(self, group: list[Write]) -> None:
        with self._engine.begin() as connection:
            for statement, writes in groupby(group, key=lambda one: one.statement):
                connection.execute(statement, [row for one in writes for row in one.rows])


def _wake(loop: asyncio.AbstractEventLoop, futures: list[asyncio.Future[None]], fault: JournalFault | None) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(_resolve, futures, fault)


def _resolve(futures: list[asyncio.Future[None]], fault: JournalFault | None) -> None:
    for future in futures:
        if future.done():
            continue
        if fault is None:
            future.set_result(None)
        else:
            future.set_exception(fault)


def _look_at(future: asyncio.Future[None]) -> None:
    """Marks a fault as seen, so that a future left alone does not complain when it is collected."""
    if not future.cancelled():
        future.exception()
