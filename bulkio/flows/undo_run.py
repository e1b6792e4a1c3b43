"""Undo: what a run created is deleted, what it replaced is put back, and what was changed or used since is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bulkio.errors import BulkioError, Misuse
from bulkio.flows.destination import Destination
from bulkio.flows.look import look
from bulkio.flows.loop import run as run_loop
from bulkio.flows.runs import Standing, standing
from bulkio.journal import Hold, Journal
from bulkio.model.kind import Kind
from bulkio.planning import Existing
from bulkio.planning.existing import customer_of, number_of, property_of
from bulkio.upload import Stop
from bulkio.upload.pace import Pace
from bulkio.upload.undoing import Built, Trace, Undoing, Undone, traces_of, undo
from bulkio.upload.voyage import Voyage


@dataclass(frozen=True, slots=True)
class ToUndo:
    """What is to be taken back, said before anything is sent."""

    standing: Standing
    traces: Sequence[Trace]
    built: Built
    agreement_number: int
    company: str
    practice: bool


@dataclass(frozen=True, slots=True)
class UndoReport:
    """How each record ended. `run` is the undoing's own id; `fault` is what ended it early."""

    run: str
    undone_run: str
    records: Sequence[Undone]
    fault: BulkioError | None

    def count(self, end: Undoing) -> int:
        """How many records ended so."""
        return sum(record.end is end for record in self.records)

    @property
    def exit_code(self) -> int:
        """4 where something is left to take back, 1 where something had to stay, else 0."""
        if self.count(Undoing.PENDING):
            return 4
        return 1 if self.count(Undoing.KEPT) + self.count(Undoing.IMPOSSIBLE) else 0


class UndoFlow:
    """One undoing of one run; undoing it again goes on where it broke off, since what is taken back already is seen to be."""

    def __init__(
        self,
        run: str,
        find_destination: Callable[[str], Destination],
        open_journal: Callable[[], Journal],
        concurrency: int,
    ) -> None:
        self._run_id = run
        self._find_destination = find_destination
        self._open_journal = open_journal
        self._concurrency = concurrency
        self._stop = Stop()
        self._hold: Hold | None = None

    def prepare(self) -> ToUndo:
        """Look at what the run did and at what stands there now. Raises `Misuse`, `NothingSent`."""
        with self._open_journal() as journal:
            found = standing(journal, self._run_id)
            if found.run.forgotten_at is not None:
                raise Misuse("run_forgotten", run=self._run_id)
            if journal.has_open_intents(self._run_id):
                raise Misuse("undo_unfinished", run=self._run_id)
            traces = traces_of(journal.done_requests(self._run_id))
        return run_loop(self._prepare(found, traces))

    def run(self, prepared: ToUndo) -> UndoReport:
        """Take it back."""
        try:
            return run_loop(self._undo(prepared))
        finally:
            self.close()

    def stop(self) -> None:
        """Finish what is in flight; may be called from any thread."""
        self._stop.request()

    def stop_at_once(self) -> None:
        """As `stop`: a deletion in flight is always waited for."""
        self._stop.request()

    def close(self) -> None:
        """Let other programs at the agreement."""
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    async def _prepare(self, found: Standing, traces: Sequence[Trace]) -> ToUndo:
        self._destination = self._find_destination(found.run.agreement_name)
        async with self._destination.connect() as api:
            facts = await api.agreement()
            self._destination.expect(facts.number)
            if facts.number != found.run.agreement:
                raise Misuse(
                    "run_of_other_agreement", run=found.run.run, expected=found.run.agreement, found=facts.number
                )
            with self._open_journal() as journal:
                self._hold = journal.hold(facts.number)
            existing, _ = await look(api)
        practice = self._destination.practice
        return ToUndo(found, traces, _built(existing), facts.number, facts.company, practice)

    async def _undo(self, prepared: ToUndo) -> UndoReport:
        records: list[Undone] = []
        with self._open_journal() as journal:
            name = prepared.standing.run.agreement_name
            choices = {"undo": self._run_id}
            run = journal.begin(prepared.agreement_number, "", "", agreement_name=name, choices=choices)
            async with self._destination.connect() as api:
                await api.agreement()
                pace = Pace(self._concurrency)
                voyage = Voyage(run, prepared.agreement_number, api, journal, {}, self._stop, pace)
                async with aclosing(undo(voyage, prepared.traces, prepared.built, self._concurrency)) as taking:
                    async for record in taking:
                        records.append(record)
                        while not voyage.events.empty():
                            voyage.events.get_nowait()
            journal.finish(run, stopped=voyage.ending, fault=voyage.fault.code if voyage.fault else None)
        return UndoReport(run, self._run_id, records, voyage.fault)


def _built(existing: Existing) -> Built:
    on_customer: dict[int, set[tuple[Kind, int]]] = {}
    for kind in (Kind.CONTACTS, Kind.DELIVERY_LOCATIONS):
        for one in existing.of(kind):
            owner = customer_of(one, kind)
            if owner is not None:
                on_customer.setdefault(owner, set()).add((kind, number_of(one, kind)))
    on_group: dict[int, set[int]] = {}
    for one in existing.customers:
        group = property_of(one, Kind.CUSTOMERS, "customer_group")
        if isinstance(group, int):
            on_group.setdefault(group, set()).add(number_of(one, Kind.CUSTOMERS))
    return Built(
        {owner: frozenset(found) for owner, found in on_customer.items()},
        {group: frozenset(found) for group, found in on_group.items()},
    )
