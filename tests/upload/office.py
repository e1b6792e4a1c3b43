"""A practice agreement in process, a journal on disk, and workbooks made by hand: a whole run without a file."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bulkio.checking import check
from bulkio.economic import Economic, Target, to_values
from bulkio.journal import Journal, Progress
from bulkio.model.checked import Checked
from bulkio.model.event import Event, RowSettled, RunEnded
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Plan
from bulkio.model.secret import Secret
from bulkio.model.table import Workbook
from bulkio.planning import Existing, plan
from bulkio.sandbox import Store, create_application
from bulkio.upload import Stop, upload
from tests.checking.sheets import Row, table, workbook
from tests.upload.trouble import Act, Asked, Troubled, honest
from tests.upload.virtual_time import VirtualLoop

BASE: Row = {"customer_group": "1", "currency": "DKK", "payment_terms": "1", "vat_zone": "1"}
_SHELVES = {
    Kind.CUSTOMER_GROUPS: "customer_groups",
    Kind.CUSTOMERS: "customers",
    Kind.CONTACTS: "contacts",
    Kind.DELIVERY_LOCATIONS: "delivery_locations",
}


def customers(*rows: Row) -> Sequence[Row]:
    return [{**BASE, **row} for row in rows]


def book(
    *,
    groups: Sequence[Row] = (),
    people: Sequence[Row] = (),
    contacts: Sequence[Row] = (),
    places: Sequence[Row] = (),
) -> Workbook:
    """A workbook; `people` are customers, filled up with what each needs."""
    sheets = {
        Kind.CUSTOMER_GROUPS: groups,
        Kind.CUSTOMERS: customers(*people),
        Kind.CONTACTS: contacts,
        Kind.DELIVERY_LOCATIONS: places,
    }
    return workbook(*(table(kind, rows) for kind, rows in sheets.items() if rows))


@dataclass
class Done:
    """What a run came to."""

    plan: Plan
    checked: Checked
    events: list[Event] = field(default_factory=list)
    troubled: Troubled | None = None

    @property
    def outcomes(self) -> list[Outcome]:
        return [event.outcome for event in self.events if isinstance(event, RowSettled)]

    @property
    def counts(self) -> Counter[Status]:
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def end(self) -> RunEnded:
        last = self.events[-1]
        assert isinstance(last, RunEnded)
        return last

    @property
    def writes(self) -> list[Asked]:
        assert self.troubled is not None
        return self.troubled.writes

    def of(self, kind: Kind) -> list[Outcome]:
        found = [outcome for outcome in self.outcomes if outcome.kind is kind]
        return sorted(found, key=lambda one: one.place.row or 0)

    def every_row_once(self) -> bool:
        planned = Counter(step.place for steps in self.plan.steps.values() for step in steps)
        return planned == Counter(outcome.place for outcome in self.outcomes)


@dataclass
class _Dying:
    journal: Journal
    dead: asyncio.Future[None]
    killed: bool = False


def _never(_: object) -> None:
    """What a dead process writes, and whom it tells."""


@dataclass
class Office:
    """Runs workbooks into one agreement, one after the other, each as a process of its own would."""

    folder: Path
    concurrency: int = 4
    batch: int = 5
    share: float = 1.0
    clock: Callable[[], float] = time.time
    tokens: tuple[str, str] | None = None
    resuming: str | None = None
    """The run to go on with, instead of beginning one."""
    last: str = ""
    late: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    """Requests of an earlier run that arrive only after the next one has looked at the agreement."""
    _dying: _Dying | None = None

    def __post_init__(self) -> None:
        self.store = Store.open(self.folder / "twin.sqlite", fresh=True)
        self.journal = self.folder / "journal.sqlite"

    def close(self) -> None:
        self.store.close()

    def run(
        self,
        workbook: Workbook,
        act: Callable[[Asked], Act] = lambda _: honest,
        *,
        reads: Callable[[Asked], Act] = lambda _: honest,
        stop: Stop | None = None,
        on_event: Callable[[Event], None] = lambda _: None,
    ) -> Done:
        """Look, plan and upload. Reads are honest until the first write, so that every run gets as far as sending."""
        kept: list[Done] = []

        async def keep() -> None:  # the loop's task is not to hold the result, see `bulkio.flows.loop`
            kept.append(await self._run(workbook, act, reads, stop or Stop(), on_event))

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(keep())
        return kept[0]

    async def _run(
        self,
        workbook: Workbook,
        act: Callable[[Asked], Act],
        reads: Callable[[Asked], Act],
        stop: Stop,
        on_event: Callable[[Event], None],
    ) -> Done:
        checked, planned = await self.plan(workbook)
        for land in self.late:
            await land()
        self.late.clear()
        troubled = Troubled(create_application(self.store), act, reads)
        done = Done(planned, checked, troubled=troubled)
        begun, loop = self.clock(), asyncio.get_running_loop()
        started = loop.time()
        with Journal.open(self.journal) as journal:
            run, attempt, progress = self._begin(journal, planned, workbook)
            self._dying = _Dying(journal, loop.create_future())

            async def consume() -> None:
                async with self.api(troubled) as api:
                    events = upload(
                        planned,
                        checked,
                        api,
                        journal,
                        run,
                        concurrency=self.concurrency,
                        share=self.share,
                        batch=self.batch,
                        stop=stop,
                        attempt=attempt,
                        progress=progress,
                        clock=lambda: begun + loop.time() - started,
                    )
                    async with aclosing(events):
                        async for event in events:
                            done.events.append(event)
                            on_event(event)

            living = asyncio.ensure_future(consume())
            await asyncio.wait({living, self._dying.dead}, return_when=asyncio.FIRST_COMPLETED)
            if self._dying.dead.done():
                living.cancel()
            self._dying.dead.cancel()
            with suppress(asyncio.CancelledError):
                await living
        return done

    def _begin(self, journal: Journal, planned: Plan, workbook: Workbook) -> tuple[str, int, Progress]:
        if self.resuming is not None:
            return self.resuming, journal.take_up(self.resuming), journal.progress(self.resuming)
        rows = sum(len(steps) for steps in planned.steps.values())
        self.last = journal.begin(planned.agreement_number, "book.xlsx", workbook.digest, rows)
        return self.last, 1, Progress({}, {})

    @property
    def died(self) -> bool:
        """Whether the last run was killed."""
        return self._dying is not None and self._dying.killed

    def die(self) -> None:
        """The process is killed at this instant: what is not on the disk by now never will be."""
        assert self._dying is not None
        self._dying.killed = True
        self._dying.journal._writer._commit = _never  # type: ignore[method-assign,assignment]
        if not self._dying.dead.done():
            self._dying.dead.set_result(None)

    async def plan(self, workbook: Workbook) -> tuple[Checked, Plan]:
        async with self.api(create_application(self.store)) as api:
            facts = await api.agreement()
            snapshot = await api.snapshot()
            existing = Existing(
                tuple(await api.customer_groups()),
                tuple(await api.customers()),
                tuple(await api.contacts()),
                tuple(await api.delivery_locations()),
            )
        checked = check(workbook, snapshot)
        with Journal.open(self.journal) as journal:
            known = journal.known(facts.number)
        return checked, plan(checked, existing, known, to_values, facts.number)

    def api(self, app: Any) -> Economic:
        own = self.store.tokens
        app_secret, grant = self.tokens or (own.app_secret_token, own.agreement_grant_token)
        return Economic(Target("http://127.0.0.1", "http://127.0.0.1", Secret(app_secret), Secret(grant)), app)

    def records(self, kind: Kind) -> list[dict[str, Any]]:
        """What the agreement holds, read from the twin's own tables."""
        with self.store.reading() as connection:
            rows = connection.execute(f"SELECT body FROM {_SHELVES[kind]} ORDER BY key").fetchall()
        return [json.loads(body) for (body,) in rows]

    def names(self, kind: Kind) -> list[str]:
        return [record["name"] for record in self.records(kind)]
