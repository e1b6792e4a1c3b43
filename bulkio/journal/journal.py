"""The journal: runs, intents, outcomes, and what an agreement's earlier runs know of a row."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, Select, and_, bindparam, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from bulkio.journal.faults import journal_faults
from bulkio.journal.intent import Intent, OpenIntent, State
from bulkio.journal.opening import open_engine
from bulkio.journal.settled import Settled, to_outcome, to_row
from bulkio.journal.tables import INTENTS, ROWS, RUNS
from bulkio.journal.writing import Writer
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow, reference_identity
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Action

_INTEND = insert(INTENTS)
_ANSWER = (
    update(INTENTS)
    .where(INTENTS.c.key == bindparam("of_key"))
    .values(
        state=bindparam("new_state"),
        answered_at=bindparam("at"),
        status=bindparam("http"),
        answer=bindparam("said"),
        number=bindparam("record"),
    )
)
_CLOSE = (
    update(INTENTS)
    .where(INTENTS.c.key == bindparam("of_key"))
    .values(state=bindparam("new_state"), answered_at=bindparam("at"))
)
_SETTLE = insert(ROWS)
Known = tuple[float, str, str | None, KnownRow]
"""When, identity, own reference, and what is known."""
_LANDED = frozenset({Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.REFUSED, Status.PENDING})


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the journal lists it. Times are seconds since 1970, UTC; `ended_at` is None where it never ended."""

    run: str
    agreement: int
    workbook: str
    digest: str
    rows: int
    started_at: float
    ended_at: float | None
    stopped: bool
    fault: str | None


class Journal:
    """What was meant and answered, by agreement and row identity. No tokens, ever.

    A context manager. Writing methods that return a future must be called on an event loop; the others block shortly.
    Raises the faults of `bulkio.journal.faults`.
    """

    def __init__(self, engine: Engine, where: str, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._where = where
        self._clock = clock
        self._writer = Writer(engine, where)

    @classmethod
    def open(cls, place: str | Path) -> Journal:
        """Opens the journal at a path (SQLite, made with mode 0600 where there is none) or a database URL."""
        engine = open_engine(place)
        return cls(engine, engine.url.database or str(engine.url))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Writes what still waits and lets go of the file."""
        self._writer.close()
        self._engine.dispose()

    def begin(self, agreement: int, workbook: str, digest: str, rows: int = 0) -> str:
        """Writes a new run down and returns its id, such as `20261122-1403-ab12`."""
        now = self._clock()
        run = f"{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M}-{secrets.token_hex(2)}"
        values = {
            "run": run,
            "agreement": agreement,
            "workbook": workbook,
            "digest": digest,
            "rows": rows,
            "started_at": now,
        }
        with journal_faults(self._where), self._engine.begin() as connection:
            connection.execute(insert(RUNS).values(values))
        return run

    def finish(self, run: str, *, stopped: bool, fault: str | None = None) -> None:
        """Writes down that a run ended, and whether rows were left."""
        values = {"ended_at": self._clock(), "stopped": int(stopped), "fault": fault}
        with journal_faults(self._where), self._engine.begin() as connection:
            connection.execute(update(RUNS).where(RUNS.c.run == run).values(values))

    def intend(self, intent: Intent) -> asyncio.Future[None]:
        """Awaited before the request leaves: done when the intent is durable."""
        return self._writer.write(_INTEND, [_intent_row(intent)])

    def answered(
        self, key: str, status: int, body: bytes, settled_at: float, *, accepted: bool, number: int | None = None
    ) -> asyncio.Future[None]:
        """The definite answer to an intent; `number` is the record's, as the answer gave it or as it was meant."""
        state = State.ACCEPTED if accepted else State.REJECTED
        row = {
            "of_key": key,
            "new_state": state.value,
            "at": settled_at,
            "http": status,
            "said": body,
            "record": number,
        }
        return self._writer.write(_ANSWER, [row])

    def withdrawn(self, key: str) -> asyncio.Future[None]:
        """The request certainly had no effect, and will not be sent again under this key."""
        return self._closed(key, State.WITHDRAWN)

    def found(self, key: str, number: int | None) -> asyncio.Future[None]:
        """No answer came, but the agreement holds the record: as good as an accepted answer, and remembered as one."""
        row = {
            "of_key": key,
            "new_state": State.ACCEPTED.value,
            "at": self._clock(),
            "http": None,
            "said": None,
            "record": number,
        }
        return self._writer.write(_ANSWER, [row])

    def reconciled(self, key: str) -> asyncio.Future[None]:
        """No answer came, and the agreement was looked at: the request came to nothing, or no longer matters."""
        return self._closed(key, State.RECONCILED)

    def settle(self, run: str, agreement: int, outcomes: Sequence[Settled]) -> asyncio.Future[None]:
        """Writes a batch of outcomes down, after everything written before it."""
        now = self._clock()
        return self._writer.write(_SETTLE, [to_row(run, agreement, one, now) for one in outcomes])

    def outcomes(self, run: str) -> tuple[Outcome, ...]:
        """The outcomes of a run that reached a checkpoint, by kind and row."""
        order = list(Kind)
        rows = self._read(select(ROWS).where(ROWS.c.run == run))
        settled = [to_outcome(row) for row in rows]
        return tuple(sorted(settled, key=lambda one: (order.index(one.kind), one.place.row or 0)))

    def runs(self, agreement: int | None = None) -> tuple[Run, ...]:
        """All runs, newest first; of one agreement where it is named."""
        query = select(RUNS).order_by(RUNS.c.started_at.desc())
        if agreement is not None:
            query = query.where(RUNS.c.agreement == agreement)
        return tuple(Run(**(dict(row) | {"stopped": bool(row["stopped"])})) for row in self._read(query))

    def known(self, agreement: int) -> Mapping[str, KnownRow]:
        """Every row identity of the agreement that stands for a record, or may: the latest word on each wins.

        A customer is found under its own reference too, as `customers:reference:…`, even where its identity is its number.
        """
        found = [*self._known_rows(agreement), *self._known_intents(agreement)]
        known: dict[str, KnownRow] = {}
        for _, identity, reference, one in sorted(found, key=lambda entry: entry[0]):
            known[identity] = one
            if reference:
                known[reference_identity(reference)] = one
        return known

    def open_intents(self, agreement: int) -> tuple[OpenIntent, ...]:
        """Requests of the agreement without a known answer, oldest first."""
        query = (
            select(*_OPEN_COLUMNS)
            .where(INTENTS.c.agreement == agreement, INTENTS.c.state == State.SENT.value)
            .order_by(INTENTS.c.posted_at)
        )
        return tuple(
            OpenIntent(**(dict(row) | {"kind": Kind(row["kind"]), "action": Action(row["action"])}))
            for row in self._read(query)
        )

    def _known_rows(self, agreement: int) -> list[Known]:
        landed = [status.value for status in _LANDED]
        query = select(ROWS).where(ROWS.c.agreement == agreement, ROWS.c.number.is_not(None), ROWS.c.status.in_(landed))
        return [_known(row, row["settled_at"], Status(row["status"])) for row in self._read(query)]

    def _known_intents(self, agreement: int) -> list[Known]:
        told = INTENTS.c.state.in_((State.SENT.value, State.ACCEPTED.value))
        superseded = and_(INTENTS.c.state == State.RECONCILED.value, INTENTS.c.action == Action.UPDATE.value)
        query = select(*_KNOWN_COLUMNS).where(
            INTENTS.c.agreement == agreement, or_(told, superseded), INTENTS.c.number.is_not(None)
        )
        return [_known(row, row["posted_at"], _intent_status(row)) for row in self._read(query)]

    def _closed(self, key: str, state: State) -> asyncio.Future[None]:
        return self._writer.write(_CLOSE, [{"of_key": key, "new_state": state.value, "at": self._clock()}])

    def _read(self, query: Select[Any]) -> Sequence[RowMapping]:
        with journal_faults(self._where), self._engine.connect() as connection:
            return connection.execute(query).mappings().all()


_KNOWN_COLUMNS = (
    INTENTS.c.identity,
    INTENTS.c.reference,
    INTENTS.c.number,
    INTENTS.c.customer_number,
    INTENTS.c.digest,
    INTENTS.c.posted_at,
    INTENTS.c.state,
    INTENTS.c.action,
)
_OPEN_COLUMNS = (
    INTENTS.c.key,
    INTENTS.c.run,
    INTENTS.c.identity,
    INTENTS.c.kind,
    INTENTS.c.action,
    INTENTS.c.method,
    INTENTS.c.path,
    INTENTS.c.body,
    INTENTS.c.posted_at,
    INTENTS.c.number,
    INTENTS.c.customer_number,
)


def _intent_row(intent: Intent) -> dict[str, object]:
    return {
        "key": intent.key,
        "run": intent.run,
        "agreement": intent.agreement,
        "identity": intent.identity,
        "kind": intent.kind.value,
        "sheet": intent.place.sheet or "",
        "sheet_row": intent.place.row or 0,
        "action": intent.action.value,
        "method": intent.method,
        "path": intent.path,
        "body": intent.body,
        "number": intent.number,
        "customer_number": intent.customer_number,
        "reference": intent.reference,
        "digest": intent.digest,
        "posted_at": intent.posted_at,
        "state": State.SENT.value,
    }


def _known(row: RowMapping, when: float, status: Status) -> Known:
    known = KnownRow(row["number"], row["customer_number"], row["digest"], status)
    return when, row["identity"], row["reference"], known


def _intent_status(row: RowMapping) -> Status:
    """An update meets a record that exists, so only a create without an answer is in doubt."""
    if row["action"] == Action.UPDATE.value:
        return Status.UPDATED
    return Status.CREATED if row["state"] == State.ACCEPTED.value else Status.IN_DOUBT
