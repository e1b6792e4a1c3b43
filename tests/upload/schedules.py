"""Schedules of trouble: a workbook, a few runs over a bad line, deaths, edits and clocks, all out of one seed."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.model.table import Workbook
from bulkio.upload import Stop
from tests.upload.office import Done, Office, book
from tests.upload.trouble import (
    HTML,
    Act,
    Asked,
    Said,
    Serve,
    broken,
    cut,
    empty,
    honest,
    lost_after,
    lost_before,
    throttled,
)

START = 1_800_000_000.0
HOUR = 3600.0


@dataclass
class Tally:
    """What a hunt came to."""

    schedules: int = 0
    runs: int = 0
    kills: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    lost: int = 0

    def __str__(self) -> str:
        faults = ", ".join(f"{name} {number}" for name, number in sorted(self.faults.items()))
        return (
            f"schedules {self.schedules}, runs {self.runs}, kills {self.kills}, faults {self.faults.total()} ({faults}), "
            f"duplicates {self.duplicates}, lost {self.lost}"
        )


@dataclass(frozen=True)
class Desk:
    """What is to be in the agreement in the end, as rows; sorted, shifted or edited, they are still the same rows."""

    groups: list[dict[str, str]]
    people: list[dict[str, str]]
    contacts: list[dict[str, str]]
    places: list[dict[str, str]]

    def sorted_by(self, chance: random.Random) -> Desk:
        parts = [list(part) for part in (self.groups, self.people, self.contacts, self.places)]
        for part in parts:
            chance.shuffle(part)
        return Desk(*parts)

    def edited(self, chance: random.Random) -> Desk:
        """A customer that has a name of its own (a number or reference) gets another city: the same row, other content."""
        people = [dict(row) for row in self.people]
        named = [row for row in people if "own_reference" in row or "customer_number" in row]
        chance.choice(named)["city"] = f"By {chance.randrange(100)}"
        return Desk(self.groups, people, self.contacts, self.places)

    @property
    def workbook(self) -> Workbook:
        return book(groups=self.groups, people=self.people, contacts=self.contacts, places=self.places)


def desk(chance: random.Random) -> Desk:
    """A small workbook in which most ways to name a row occur, and rows that are alike."""
    people: list[dict[str, str]] = []
    for at in range(chance.randint(2, 6)):
        row = {"name": f"Kunde {at}"}
        if how := chance.choice(["own_reference", "customer_number", ""]):
            row[how] = f"R{at}" if how == "own_reference" else str(700 + at)
        if chance.random() < 0.3:
            row["customer_group"] = "7"
        people.append(row)
    people.append({"name": "Fast", "own_reference": "FAST"})
    named = [row.get("own_reference") or row.get("customer_number") for row in people]
    owners = [name for name in named if name]
    contacts = [
        {"customer": owner, "name": f"Person {at}"} for at in range(2) for owner in owners if chance.random() < 0.5
    ]
    places = [
        {"customer": owner, "address": chance.choice(["Kajen 1", "Kajen 1", "Havnegade 2"])}
        for owner in owners
        for _ in range(chance.randint(0, 3))
    ]
    for row, name in zip(people, named, strict=True):
        if name and any(one["customer"] == name for one in contacts) and chance.random() < 0.5:
            row["attention"] = next(one["name"] for one in contacts if one["customer"] == name)
        if chance.random() < 0.1:
            row["barred"] = "yes"
    return Desk([{"group_number": "7", "name": "Havne", "account": "5600"}], people, contacts, places)


class Line:
    """A line that goes bad by chance, and a process that dies on it by chance; asked by the wrapper at each write."""

    def __init__(self, office: Office, chance: random.Random, tally: Tally) -> None:
        self._office = office
        self._chance = chance
        self._tally = tally
        self._badness = chance.choice([0.0, 0.1, 0.4])
        self._dies_at = chance.randint(1, 25) if chance.random() < 0.6 else 0
        self._stops_at = chance.randint(1, 25) if chance.random() < 0.25 else 0
        self._writes = 0
        self.stop = Stop()

    def __call__(self, asked: Asked) -> Act:
        self._writes += 1
        if self._writes == self._stops_at:
            self._tally.faults["stop"] += 1
            (self.stop.insist if self._chance.random() < 0.3 else self.stop.request)()
        if self._writes == self._dies_at:
            self._tally.kills += 1
            return self._death(self._chance.choice(["before", "after", "late"]))
        if self._chance.random() >= self._badness:
            return honest
        name = self._chance.choice(sorted(self._acts))
        self._tally.faults[name] += 1
        return self._acts[name]

    def reads(self, asked: Asked) -> Act:
        """Reads go bad too, though less often: they are only repeated."""
        if self._chance.random() >= self._badness / 3:
            return honest
        name = self._chance.choice(["429", "500", "lost before"])
        self._tally.faults[f"read {name}"] += 1
        return self._acts[name]

    @property
    def _acts(self) -> dict[str, Act]:
        return {
            "429": throttled(self._chance.choice(["1", "30", None])),
            "500": broken,
            "cut": cut,
            "empty": empty,
            "late": self._late,
            "lost after": lost_after,
            "lost before": lost_before,
            "slow": self._slow,
            "twice": _twice,
        }

    async def _slow(self, _: Asked, serve: Serve) -> Said:
        await asyncio.sleep(self._chance.choice([0.2, 5.0, 29.0]))
        return await serve()

    async def _late(self, _: Asked, serve: Serve) -> Said:
        """Nobody waits for it any more when the agreement does it: soon, or only after the next run has looked."""
        if self._chance.random() < 0.5:
            self._office.late.append(serve)
        else:
            asyncio.get_running_loop().call_later(self._chance.choice([0.3, 20.0]), _served_late, serve)
        return HTML

    def _death(self, when: str) -> Act:
        async def act(_: Asked, serve: Serve) -> Said:
            if when == "after":
                await serve()
            if when == "late":
                self._office.late.append(serve)
            self._office.die()
            await asyncio.sleep(3600)
            return HTML

        return act


_LATE: set[asyncio.Task[Said]] = set()


def _served_late(serve: Serve) -> None:
    async def do() -> Said:
        return await serve()

    task = asyncio.ensure_future(do())
    _LATE.add(task)
    task.add_done_callback(_LATE.discard)


async def _twice(_: Asked, serve: Serve) -> Said:
    """Something on the way repeats the request."""
    await serve()
    return await serve()


class Broken(AssertionError):
    """A schedule that broke a promise; its seed plays it again."""

    def __init__(self, seed: int, what: str) -> None:
        super().__init__(f"seed {seed}: {what}")


def play(seed: int, tally: Tally) -> None:
    """One schedule from fresh agreement to judgement. Raises `Broken`."""
    chance = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="bulkio-schedule-"))
    office = Office(folder, concurrency=chance.choice([1, 2, 4, 8]), batch=chance.choice([1, 3, 100]))
    moment = [START]
    office.clock = lambda: moment[0]
    tally.schedules += 1
    try:
        final = _troubled_runs(seed, office, chance, tally, moment)
        _judge(seed, office, final, tally)
    finally:
        office.close()
        shutil.rmtree(folder)


def _troubled_runs(seed: int, office: Office, chance: random.Random, tally: Tally, moment: list[float]) -> Desk:
    wanted = desk(chance)
    workbook = wanted.workbook
    for _ in range(chance.randint(1, 3)):
        line = Line(office, chance, tally)
        done = office.run(workbook, line, reads=line.reads, stop=line.stop)
        tally.runs += 1
        _whole(seed, office, done)
        _pass_time(office, chance, tally, moment)
        office.resuming = office.last if chance.random() < 0.5 else None
        if office.resuming is None:
            wanted = chance.choice([wanted.sorted_by, wanted.edited])(chance) if chance.random() < 0.5 else wanted
            workbook = wanted.workbook
    return wanted


def _whole(seed: int, office: Office, done: Done) -> None:
    """A run that lived to its end told of every row once, and its counts are what it told."""
    if office.died:
        return
    if not done.every_row_once():
        raise Broken(seed, "a row was told twice or not at all")
    if done.end.counts != dict(done.counts):
        raise Broken(seed, "the counts do not add up")


def _pass_time(office: Office, chance: random.Random, tally: Tally, moment: list[float]) -> None:
    """Minutes, hours or days go by; now and then the clock is wrong. The server forgets keys by the time that really went by."""
    gone = chance.choice([60.0, 60.0, 0.5 * HOUR, 3 * HOUR, 48 * HOUR])
    if gone > HOUR:
        while office.late:  # what was under way has long arrived
            asyncio.run(_arrive(office.late.pop()))
        with office.store.writing() as connection:
            connection.execute("DELETE FROM kept_answers")
    shown = gone
    if chance.random() < 0.2:
        tally.faults["clock"] += 1
        shown = gone + chance.choice([-5 * HOUR, -10.0, 0.7 * HOUR])
    moment[0] += shown


async def _arrive(serve: Callable[[], Awaitable[object]]) -> None:
    await serve()


def _judge(seed: int, office: Office, wanted: Desk, tally: Tally) -> None:
    """Over a good line: the agreement ends as the workbook says, by the twin's own tables, and a further run sends nothing."""
    done = office.run(wanted.workbook)
    tally.runs += 1
    _whole(seed, office, done)
    office.resuming = None
    if any(issue.code == "changed_meanwhile" for outcome in done.outcomes for issue in outcome.issues):
        tally.faults["overtaken by its own late request"] += 1
        done = office.run(wanted.workbook)
        tally.runs += 1
    if set(done.counts) - {Status.CREATED, Status.UPDATED, Status.UNCHANGED}:
        raise Broken(seed, f"over a good line the rows end as {dict(done.counts)}")
    _compare(seed, office, wanted, tally)
    again = office.run(wanted.workbook)
    tally.runs += 1
    if again.writes:
        raise Broken(seed, f"a further run sent {[(one.method, one.path) for one in again.writes]}")


def _compare(seed: int, office: Office, wanted: Desk, tally: Tally) -> None:
    held, said = _held(office), _said(wanted)
    twice, missing = held - said, said - held
    tally.duplicates += sum(twice.values())
    tally.lost += sum(missing.values())
    if twice or missing:
        raise Broken(seed, f"too much {dict(twice)}, missing {dict(missing)}")


def _said(wanted: Desk) -> Counter[tuple[str, ...]]:
    owners = {row.get("own_reference") or row.get("customer_number", ""): row["name"] for row in wanted.people}
    attention = {row["name"]: row.get("attention", "") for row in wanted.people}
    return Counter(
        [
            *(("group", row["name"]) for row in wanted.groups),
            *(
                ("customer", row["name"], row.get("city", ""), attention[row["name"]], str("barred" in row))
                for row in wanted.people
            ),
            *(("contact", owners[row["customer"]], row["name"]) for row in wanted.contacts),
            *(("place", owners[row["customer"]], row["address"]) for row in wanted.places),
        ]
    )


def _held(office: Office) -> Counter[tuple[str, ...]]:
    """The twin's own tables; the two groups of a fresh agreement left out."""
    customers = {one["customerNumber"]: one for one in office.records(Kind.CUSTOMERS)}
    contacts = {one["customerContactNumber"]: one for one in office.records(Kind.CONTACTS)}

    def owner(one: dict[str, dict[str, int]]) -> str:
        return str(customers[one["customer"]["customerNumber"]]["name"])

    def attention(one: dict[str, dict[str, int]]) -> str:
        return str(contacts[one["attention"]["customerContactNumber"]]["name"]) if "attention" in one else ""

    return Counter(
        [
            *(("group", name) for name in office.names(Kind.CUSTOMER_GROUPS)[2:]),
            *(
                ("customer", one["name"], one.get("city", ""), attention(one), str(bool(one.get("barred"))))
                for one in customers.values()
            ),
            *(("contact", owner(one), one["name"]) for one in contacts.values()),
            *(("place", owner(one), one["address"]) for one in office.records(Kind.DELIVERY_LOCATIONS)),
        ]
    )
