from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulkio.errors import BulkioError
from bulkio.journal import Intent, Journal, JournalDamaged, JournalLocked, JournalTooNew, Settled, opening
from bulkio.journal.writing import Write
from bulkio.model.issue import Issue, Severity, Source
from bulkio.model.kind import Kind
from bulkio.model.known import KnownRow
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Action

AGREEMENT = 1234567
PLACE = Place("Customers", 7)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "home" / "journal.sqlite") as one:
        yield one


def _files(folder: Path) -> list[Path]:
    return list(folder.glob("journal.sqlite*"))


def intent(run: str, key: str = "k1", identity: str = "customers:reference:A", number: int | None = 500) -> Intent:
    return Intent(
        run=run,
        agreement=AGREEMENT,
        identity=identity,
        kind=Kind.CUSTOMERS,
        place=PLACE,
        action=Action.CREATE,
        method="POST",
        path="/customers",
        body=b'{"name":"A"}',
        key=key,
        posted_at=100.0,
        number=number,
        reference="A",
        digest="d",
    )


async def test_an_intent_is_on_disk_when_the_wait_for_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        await journal.intend(intent("r"))

        beside = sqlite3.connect(path)
        assert beside.execute("select key, body, state from intents").fetchall() == [("k1", b'{"name":"A"}', "sent")]
        beside.close()


async def test_a_commit_survives_a_power_cut(journal: Journal) -> None:
    with journal._engine.connect() as connection:
        assert connection.exec_driver_sql("pragma synchronous").scalar() == 2
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"


async def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        await journal.intend(intent("r"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in _files(tmp_path)}

    assert set(modes.values()) == {0o600}
    assert len(modes) > 1


async def test_what_waits_is_committed_together(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []
    execute = journal._writer._execute

    def counting(group: list[Write]) -> None:
        commits.append(len(group))
        execute(group)

    monkeypatch.setattr(journal._writer, "_execute", counting)
    await asyncio.gather(*(journal.intend(intent("r", f"k{number}")) for number in range(500)))

    assert sum(commits) == 500
    assert len(commits) < 50


async def test_an_unanswered_create_is_open_and_in_doubt(journal: Journal) -> None:
    await journal.intend(intent("r"))

    assert [one.key for one in journal.open_intents(AGREEMENT)] == ["k1"]
    assert journal.known(AGREEMENT)["customers:reference:A"] == KnownRow(500, None, "d", Status.IN_DOUBT)
    assert journal.open_intents(AGREEMENT + 1) == ()
    assert journal.known(AGREEMENT + 1) == {}


async def test_an_accepted_create_is_known_before_its_batch_is(journal: Journal) -> None:
    await journal.intend(intent("r", number=None))
    await journal.answered("k1", 201, b"{}", 101.0, accepted=True, number=77)

    assert journal.open_intents(AGREEMENT) == ()
    assert journal.known(AGREEMENT)["customers:reference:A"] == KnownRow(77, None, "d", Status.CREATED)


@pytest.mark.parametrize("end", ["rejected", "withdrawn", "reconciled"])
async def test_what_had_no_effect_is_neither_open_nor_known(journal: Journal, end: str) -> None:
    await journal.intend(intent("r"))
    if end == "rejected":
        await journal.answered("k1", 400, b"{}", 101.0, accepted=False, number=500)
    else:
        await getattr(journal, end)("k1")

    assert journal.open_intents(AGREEMENT) == ()
    assert journal.known(AGREEMENT) == {}


async def test_a_customer_with_a_number_is_known_by_its_own_reference_too(journal: Journal) -> None:
    outcome = Outcome(Kind.CUSTOMERS, PLACE, Status.UNCHANGED, 1001)
    await journal.settle("r", AGREEMENT, [Settled(outcome, "customers:number:1001", reference="old-7")])

    known = journal.known(AGREEMENT)

    assert known["customers:number:1001"].number == known["customers:reference:old-7"].number == 1001


async def test_outcomes_come_back_as_they_went_in(journal: Journal) -> None:
    issue = Issue(
        "E07140",
        Place("Customers", 7, "Customer group", "D"),
        Severity.ERROR,
        Source.API,
        "9",
        "customer_group",
        costs_row=False,
        parameters={"text": "CustomerGroup '9' not found."},
    )
    customer = Outcome(Kind.CUSTOMERS, PLACE, Status.REFUSED, 1001, None, (issue,))
    contact = Outcome(Kind.CONTACTS, Place("Contacts", 2), Status.CREATED, 55, 1)
    run = journal.begin(AGREEMENT, "a.xlsx", "d", 2)
    await journal.settle(run, AGREEMENT, [Settled(contact, "c"), Settled(customer, "k")])

    assert journal.outcomes(run) == (customer, contact)


def test_a_run_is_listed_with_its_end(journal: Journal) -> None:
    run = journal.begin(AGREEMENT, "a.xlsx", "d", 3)
    assert journal.runs(AGREEMENT)[0].ended_at is None

    journal.finish(run, stopped=True, fault="no_permission")

    listed = journal.runs()[0]
    assert (listed.run, listed.rows, listed.stopped, listed.fault) == (run, 3, True, "no_permission")
    assert listed.ended_at is not None


def test_a_file_that_is_no_journal_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"PK\x03\x04" * 1000)

    with pytest.raises(JournalDamaged) as caught:
        Journal.open(path)

    assert caught.value.code == "journal_damaged"


def test_a_journal_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    Journal.open(path).close()
    beside = sqlite3.connect(path)
    with beside:
        beside.execute("update schema_version set version = 99")
    beside.close()

    with pytest.raises(JournalTooNew) as caught:
        Journal.open(path)

    assert caught.value.code == "journal_too_new"


async def test_a_journal_that_another_process_holds_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("begin immediate")

        with pytest.raises(JournalLocked):
            await journal.intend(intent("r"))
        with pytest.raises(JournalLocked):
            journal.begin(AGREEMENT, "a.xlsx", "d", 1)
        holder.close()

        with pytest.raises(JournalLocked):
            await journal.intend(intent("r", "k2"))


def test_a_place_that_cannot_be_written_is_one_clear_fault(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").mkdir()

    with pytest.raises(BulkioError) as caught:
        Journal.open(tmp_path / "journal.sqlite")

    assert caught.value.code == "journal_not_writable"


def test_the_umask_does_not_open_the_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Journal.open(tmp_path / "journal.sqlite").close()
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "journal.sqlite").stat().st_mode) == 0o600
