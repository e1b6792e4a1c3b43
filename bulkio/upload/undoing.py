"""Taking back what a run did: records it created are deleted, records it replaced get back what stood there before.

Nothing is taken back over somebody else's head: what has been changed or built upon since is kept, and said.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bulkio.economic import Accepted, Rejected, Request, delete_request, read_json, replace_request, to_payload
from bulkio.errors import BulkioError
from bulkio.journal import DoneRequest
from bulkio.model.issue import Issue, Severity, Source
from bulkio.model.kind import Kind
from bulkio.model.place import Place
from bulkio.model.plan import Action, Step
from bulkio.upload.exchange import Told, Untouched, send
from bulkio.upload.records import Record
from bulkio.upload.voyage import Voyage

_OWNED = (Kind.CONTACTS, Kind.DELIVERY_LOCATIONS)


class Undoing(StrEnum):
    """How taking one record back ended."""

    UNDONE = "undone"
    KEPT = "kept"
    """It was changed or built upon since."""
    IMPOSSIBLE = "impossible"
    """The agreement does not let it go."""
    PENDING = "pending"
    """Not come to, or no answer came; undoing the run again settles it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run left of one record: as it stood before (None where the run created it), and as the run left it."""

    identity: str
    kind: Kind
    place: Place
    number: int
    customer_number: int | None
    before: Record | None
    left: Record
    echoed: bool
    """Whether `left` is the agreement's own answer, and not only what it was asked for."""

    @property
    def owner(self) -> int | None:
        """The customer whose URL it hangs under."""
        return self.customer_number if self.kind in _OWNED else None


@dataclass(frozen=True, slots=True)
class Undone:
    """How one record ended, and why where it was not taken back."""

    trace: Trace
    end: Undoing
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What stands in the agreement upon other records: the ids of contacts and locations by customer, the numbers of customers by group."""

    on_customer: Mapping[int, frozenset[tuple[Kind, int]]] = field(default_factory=dict)
    on_group: Mapping[int, frozenset[int]] = field(default_factory=dict)


def traces_of(requests: Sequence[DoneRequest]) -> tuple[Trace, ...]:
    """One trace a record, from a run's accepted requests, oldest first."""
    by_record: dict[tuple[Kind, int], list[DoneRequest]] = {}
    for one in requests:
        by_record.setdefault((one.kind, one.number), []).append(one)
    return tuple(_trace(of_one) for of_one in by_record.values())


def _trace(requests: Sequence[DoneRequest]) -> Trace:
    first, last = requests[0], requests[-1]
    created = any(one.action is Action.CREATE for one in requests)
    before = None if created or first.before is None else _record(first.before)
    echoed = bool(last.answer) and last.answer != b"{}"
    left = _record(last.answer if echoed and last.answer else last.body)
    return Trace(first.identity, first.kind, first.place, first.number, first.customer_number, before, left, echoed)


def _record(content: bytes) -> Record:
    body = read_json(content)
    assert isinstance(body, Mapping)
    return body


async def undo(voyage: Voyage, traces: Sequence[Trace], built: Built, concurrency: int) -> AsyncGenerator[Undone, None]:
    """Takes the records back: what was replaced first, then what was created, customers before what hangs under them.

    A deleted customer takes its contacts and locations along; those of a customer that stays are deleted one by one.
    """
    ours = {(trace.kind, trace.number) for trace in traces if trace.before is None}
    for phase in _phases(traces):
        for at in range(0, len(phase), concurrency):
            taking = (_taken_back(voyage, trace, built, ours) for trace in phase[at : at + concurrency])
            for undone in await asyncio.gather(*taking):
                if undone.end is not Undoing.UNDONE:
                    ours.discard((undone.trace.kind, undone.trace.number))
                yield undone


def _phases(traces: Sequence[Trace]) -> Sequence[Sequence[Trace]]:
    replaced = [trace for trace in traces if trace.before is not None]
    created = {
        kind: [trace for trace in reversed(traces) if trace.before is None and trace.kind is kind] for kind in Kind
    }
    return (
        [trace for trace in replaced if trace.kind is Kind.CUSTOMERS],
        [trace for trace in replaced if trace.kind is not Kind.CUSTOMERS],
        created[Kind.CUSTOMERS],
        [*created[Kind.CONTACTS], *created[Kind.DELIVERY_LOCATIONS]],
        created[Kind.CUSTOMER_GROUPS],
    )


async def _taken_back(voyage: Voyage, trace: Trace, built: Built, ours: set[tuple[Kind, int]]) -> Undone:
    if voyage.ending:
        return Undone(trace, Undoing.PENDING)
    try:
        record = await voyage.api.record(trace.kind, trace.number, trace.owner)
    except BulkioError as fault:
        voyage.halt(fault)
        return Undone(trace, Undoing.PENDING)
    if record is None:
        return Undone(trace, Undoing.UNDONE) if trace.before is None else _kept(trace, "undo_gone")
    if trace.before is not None and _same(trace, record, trace.before):
        return Undone(trace, Undoing.UNDONE)
    if not _as_left(trace, record):
        return _kept(trace, "undo_changed")
    if trace.before is None and _built_upon(trace, built, ours):
        return _kept(trace, "undo_used")
    return await _sent(voyage, trace, record)


def _same(trace: Trace, one: Record, other: Record) -> bool:
    """Whether two readings of a record say the same; what the server counts and links by itself is left out."""
    return to_payload(trace.kind, {}, one) == to_payload(trace.kind, {}, other)


def _as_left(trace: Trace, record: Record) -> bool:
    """Where no answer told how the record stood, it holds at least what was asked for."""
    if trace.echoed:
        return _same(trace, record, trace.left)
    held, asked = to_payload(trace.kind, {}, record), to_payload(trace.kind, {}, trace.left)
    return all(held.get(name) == value for name, value in asked.items())


def _built_upon(trace: Trace, built: Built, ours: set[tuple[Kind, int]]) -> bool:
    if trace.kind is Kind.CUSTOMERS:
        return bool(built.on_customer.get(trace.number, frozenset()) - ours)
    if trace.kind is Kind.CUSTOMER_GROUPS:
        customers = {(Kind.CUSTOMERS, number) for number in built.on_group.get(trace.number, frozenset())}
        return bool(customers - ours)
    return False


def _kept(trace: Trace, code: str) -> Undone:
    issue = Issue(code, trace.place, Severity.WARNING, Source.API, parameters={"number": trace.number})
    return Undone(trace, Undoing.KEPT, (issue,))


async def _sent(voyage: Voyage, trace: Trace, record: Record) -> Undone:
    step = Step(trace.kind, trace.place, Action.UPDATE, trace.identity, trace.number, trace.customer_number)
    ending = await send(voyage, step, _request(trace), record)
    if isinstance(ending, Untouched):
        return Undone(trace, Undoing.PENDING)
    if isinstance(ending, Told) and _is_done(trace, ending):
        return Undone(trace, Undoing.UNDONE)
    if isinstance(ending, Told) and not isinstance(ending.answer, Accepted):
        told = [
            Issue(one.code, trace.place, source=Source.API, parameters={"text": one.text, "hint": one.hint})
            for one in ending.answer.faults
        ]
        return Undone(trace, Undoing.IMPOSSIBLE, tuple(told))
    return Undone(trace, Undoing.PENDING)


def _is_done(trace: Trace, told: Told) -> bool:
    """A record that is not there any more when it is to be deleted is as gone as it should be."""
    gone = isinstance(told.answer, Rejected) and told.answer.status == 404 and trace.before is None
    return isinstance(told.answer, Accepted) or gone


def _request(trace: Trace) -> Request:
    if trace.before is None:
        return delete_request(trace.kind, trace.number, trace.owner)
    payload = to_payload(trace.kind, {}, trace.before)
    return replace_request(trace.kind, trace.number, trace.owner, payload, "")
