"""The journal: runs, intents, outcomes, and what an agreement's earlier runs know of a row."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Insert, Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from bulkio.journal.faults import journal_faults
from bulkio.journal.holding import Hold, hold
from bulkio.journal.intent import DoneRequest, Intent, OpenIntent, State, intent_row
from bulkio.journal.knowing import known_rows, settled_rows, telling_intents
from bulkio.journal.opening import open_engine
from bulkio.journal.runs import WORKBOOK, Progress, Run, to_run
from bulkio.journal.settled import Settled, in_order, outcome_of_request, to_outcome, to_row
from bulkio.journal.tables import DOCUMENTS, INTENTS, ROWS, RUNS
from bulkio.journal.writing import Writer
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Action

_OPEN_ENDS = (Status.PENDING, Status.IN_DOUBT)
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
        self._settle = _settling(engine.dialect.name)

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

    def hold(self, agreement: int) -> Hold:
        """Keeps every other bulkio from this agreement, as far as it uses this journal. Raises `AgreementBusy`."""
        with journal_faults(self._where):
            return hold(self._engine, agreement)

    def begin(
        self,
        agreement: int,
        workbook: str,
        digest: str,
        rows: int = 0,
        *,
        agreement_name: str = "",
        choices: Mapping[str, object] | None = None,
        content: bytes | None = None,
    ) -> str:
        """Writes a new run down, with the bytes of its workbook, and returns its id, such as `20261122-1403-ab12`."""
        now = self._clock()
        run = f"{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M}-{secrets.token_hex(2)}"
        values = {
            "run": run,
            "agreement": agreement,
            "workbook": workbook,
            "digest": digest,
            "rows": rows,
            "started_at": now,
            "agreement_name": agreement_name,
            "choices": json.dumps(choices or {}),
        }
        with journal_faults(self._where), self._engine.begin() as connection:
            connection.execute(insert(RUNS).values(values))
            if content is not None:
                connection.execute(insert(DOCUMENTS).values(run=run, name=WORKBOOK, content=content))
        return run

    def take_up(self, run: str) -> int:
        """Writes down that a run goes on, and returns which attempt this is."""
        with journal_faults(self._where), self._engine.begin() as connection:
            goes_on = update(RUNS).where(RUNS.c.run == run).values(attempts=RUNS.c.attempts + 1, ended_at=None)
            connection.execute(goes_on)
            return int(connection.execute(select(RUNS.c.attempts).where(RUNS.c.run == run)).scalar_one())

    def finish(self, run: str, *, stopped: bool, fault: str | None = None) -> None:
        """Writes down that a run ended, and whether rows were left."""
        values = {"ended_at": self._clock(), "stopped": int(stopped), "fault": fault}
        with journal_faults(self._where), self._engine.begin() as connection:
            connection.execute(update(RUNS).where(RUNS.c.run == run).values(values))

    def intend(self, intent: Intent) -> asyncio.Future[None]:
        """Awaited before the request leaves: done when the intent is durable."""
        return self._writer.write(_INTEND, [intent_row(intent)])

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
        """Writes a batch of outcomes down, after everything written before it; a row's later end takes the place of an earlier one."""
        now = self._clock()
        return self._writer.write(self._settle, [to_row(run, agreement, one, now) for one in outcomes])

    def outcomes(self, run: str) -> tuple[Outcome, ...]:
        """The outcomes of a run that reached a checkpoint, by kind and row."""
        return in_order(map(to_outcome, self._read(select(ROWS).where(ROWS.c.run == run))))

    def outcomes_so_far(self, run: str) -> tuple[Outcome, ...]:
        """The run's outcomes, and for rows that it broke off before telling, what their last request tells."""
        settled = self.outcomes(run)
        told = {one.place for one in settled}
        columns = (
            INTENTS.c.kind,
            INTENTS.c.sheet,
            INTENTS.c.sheet_row,
            INTENTS.c.action,
            INTENTS.c.state,
            INTENTS.c.number,
        )
        query = select(*columns).where(INTENTS.c.run == run).order_by(INTENTS.c.posted_at)
        broken_off = {one.place: one for one in map(outcome_of_request, self._read(query)) if one.place not in told}
        return in_order((*settled, *broken_off.values()))

    def forget(self, run: str) -> None:
        """Erases what a run keeps of other people's data: its workbook, requests, answers, records from before, refusals.

        Numbers, own references and counts stay, so that nothing is created twice by a later run.
        """
        emptied = {"body": b"", "answer": None, "before": None}
        with journal_faults(self._where), self._engine.begin() as connection:
            connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.run == run))
            connection.execute(update(INTENTS).where(INTENTS.c.run == run).values(emptied))
            connection.execute(update(ROWS).where(ROWS.c.run == run).values(issues=None))
            for table in (INTENTS, ROWS):
                _blur_names(connection, table, run)
            now = self._clock()
            connection.execute(update(RUNS).where(RUNS.c.run == run).values(forgotten_at=now, workbook=""))

    def runs(self, agreement: int | None = None) -> tuple[Run, ...]:
        """All runs, newest first; of one agreement where it is named."""
        query = select(RUNS).order_by(RUNS.c.started_at.desc())
        if agreement is not None:
            query = query.where(RUNS.c.agreement == agreement)
        return tuple(map(to_run, self._read(query)))

    def run(self, run: str) -> Run | None:
        """The run of that id, or None."""
        return next(map(to_run, self._read(select(RUNS).where(RUNS.c.run == run))), None)

    def workbook(self, run: str) -> bytes | None:
        """The run's workbook as it was imported; None where it was not kept, or is forgotten."""
        query = select(DOCUMENTS.c.content).where(DOCUMENTS.c.run == run, DOCUMENTS.c.name == WORKBOOK)
        return next((bytes(row["content"]) for row in self._read(query)), None)

    def progress(self, run: str) -> Progress:
        """How far a run has come."""
        ended = {one.place: one for one in self.outcomes(run) if one.status not in _OPEN_ENDS}
        effective = select(INTENTS.c.identity, INTENTS.c.action).where(
            INTENTS.c.run == run, INTENTS.c.state.in_((State.ACCEPTED.value, State.SENT.value))
        )
        effects = [(row["identity"], Action(row["action"])) for row in self._read(effective)]
        done = {identity: Status.UPDATED for identity, _ in effects}
        done |= {identity: Status.CREATED for identity, action in effects if action is Action.CREATE}
        return Progress(ended, done)

    def done_requests(self, run: str) -> tuple[DoneRequest, ...]:
        """What a run did in the agreement, oldest first."""
        query = (
            select(INTENTS)
            .where(INTENTS.c.run == run, INTENTS.c.state == State.ACCEPTED.value, INTENTS.c.number.is_not(None))
            .order_by(INTENTS.c.posted_at)
        )
        return tuple(map(_done_request, self._read(query)))

    def has_open_intents(self, run: str) -> bool:
        """Whether a request of the run has no known answer."""
        query = select(INTENTS.c.key).where(INTENTS.c.run == run, INTENTS.c.state == State.SENT.value).limit(1)
        return bool(self._read(query))

    def known(self, agreement: int) -> Mapping[str, KnownRow]:
        """Every row identity of the agreement that stands for a record, or may: the latest word on each wins."""
        return known_rows(self._read(settled_rows(agreement)), self._read(telling_intents(agreement)))

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

    def _closed(self, key: str, state: State) -> asyncio.Future[None]:
        return self._writer.write(_CLOSE, [{"of_key": key, "new_state": state.value, "at": self._clock()}])

    def _read(self, query: Select[Any]) -> Sequence[RowMapping]:
        with journal_faults(self._where), self._engine.connect() as connection:
            return connection.execute(query).mappings().all()


def _done_request(row: RowMapping) -> DoneRequest:
    return DoneRequest(
        identity=row["identity"],
        kind=Kind(row["kind"]),
        place=Place(row["sheet"], row["sheet_row"]),
        action=Action(row["action"]),
        number=row["number"],
        customer_number=row["customer_number"],
        body=row["body"],
        before=row["before"],
        answer=row["answer"],
    )


def _settling(dialect: str) -> Insert:
    """Inserts a row's end, or replaces it: a run that goes on settles rows again that were pending."""
    upsert = sqlite.insert(ROWS) if dialect == "sqlite" else postgresql.insert(ROWS)
    given = {column.name: upsert.excluded[column.name] for column in ROWS.columns if not column.primary_key}
    return upsert.on_conflict_do_update(index_elements=list(ROWS.primary_key), set_=given)


def _blur_names(connection: Connection, table: Table, run: str) -> None:
    """A contact's identity holds its name; its natural key is in the agreement itself, so a digest serves from here on."""
    prefix = f"{Kind.CONTACTS}:name:"
    named = select(table.c.identity).where(table.c.run == run, table.c.identity.startswith(prefix)).distinct()
    salt = secrets.token_hex(8)
    for identity in connection.execute(named).scalars().all():
        digest = sha256(f"{salt}{identity}".encode()).hexdigest()[:32]
        blurred = f"{Kind.CONTACTS}:forgotten:{digest}"
        connection.execute(
            update(table).where(table.c.run == run, table.c.identity == identity).values(identity=blurred)
        )
