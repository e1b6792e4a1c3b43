"""A real process killed for real: what it leaves, `resume` finishes; the twin's own tables are the judge."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.contract.conftest import ROOT, Bulkio

SAMPLE = ROOT / "samples" / "customers-good.xlsx"
KINDS = ("customer_groups", "customers", "contacts", "delivery_locations")


def held(bulkio: Bulkio) -> dict[str, Counter[str]]:
    """What the practice agreement holds, numbers left out."""
    beside = sqlite3.connect(bulkio.home / "sandbox.sqlite")
    found = {kind: Counter(map(_named, beside.execute(f"SELECT body FROM {kind}"))) for kind in KINDS}
    beside.close()
    return found


def _named(row: tuple[str]) -> str:
    body = json.loads(row[0])
    return str(body.get("name") or (body.get("address"), body.get("postalCode"), body["customer"]["customerNumber"]))


def kill(bulkio: Bulkio, workbook: Path, when: int, *words: str) -> None:
    """Import, and kill the process once the journal holds so many requests."""
    words = words or ("import", str(workbook), "--headless", "--concurrency", "4")
    process = subprocess.Popen(
        [sys.executable, "-m", "bulkio", *words],
        env=bulkio.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None and _requests(bulkio) < when:
            time.sleep(0.002)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)


def _requests(bulkio: Bulkio) -> int:
    path = bulkio.home / "journal.sqlite"
    if not path.exists():
        return 0
    beside = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return int(beside.execute("SELECT count(*) FROM intents").fetchone()[0])
    except sqlite3.OperationalError:  # its tables are not there yet
        return 0
    finally:
        beside.close()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    quiet = Bulkio(tmp_path_factory.mktemp("quiet") / "home")
    assert quiet("import", SAMPLE, "--headless", "--results", quiet.home.parent / "r.xlsx").code == 0
    return held(quiet)


def finish(bulkio: Bulkio, tmp_path: Path) -> Counter[str]:
    """Resume; where no run was begun yet, importing again is the resume."""
    out = tmp_path / "results.xlsx"
    answer = bulkio("resume", "--json", "--results", out)
    if answer.json["run"] is None:
        answer = bulkio("import", SAMPLE, "--headless", "--json", "--results", out)
    assert answer.code == 0, answer
    return Counter({name: number for name, number in answer.json["rows"].items() if number})


@pytest.mark.parametrize("when", [0, 1, 40])
def test_a_killed_import_is_finished_by_resume(
    bulkio: Bulkio, tmp_path: Path, expected: dict[str, Counter[str]], when: int
) -> None:
    kill(bulkio, SAMPLE, when)

    rows = finish(bulkio, tmp_path)

    assert held(bulkio) == expected
    assert rows["created"] == rows["total"]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_ten_random_kills_one_after_the_other_leave_exactly_the_expected_agreement(
    bulkio: Bulkio, tmp_path: Path, expected: dict[str, Counter[str]], seed: int
) -> None:
    """The import is killed, its resume is killed, and the next one; the last is let through."""
    chance = random.Random(seed)
    kill(bulkio, SAMPLE, chance.randint(1, 60))
    for _ in range(2):
        sent = _requests(bulkio)
        kill(bulkio, SAMPLE, sent + chance.randint(1, 40), "resume", "--headless")

    finish(bulkio, tmp_path)

    assert held(bulkio) == expected


def test_resume_needs_nothing_but_the_journal(
    bulkio: Bulkio, tmp_path: Path, expected: dict[str, Counter[str]]
) -> None:
    """The workbook was renamed, or is gone; the results stand where they belong all the same."""
    folder = tmp_path / "desk"
    folder.mkdir()
    workbook = folder / "kunder.xlsx"
    workbook.write_bytes(SAMPLE.read_bytes())
    kill(bulkio, workbook, 30)
    workbook.unlink()

    answer = bulkio("resume", "--json")

    assert answer.code == 0
    assert held(bulkio) == expected
    assert Path(answer.json["results"]) == folder / "kunder-results.xlsx"
    assert answer.json["workbook"] == str(workbook)


def test_nothing_to_resume_is_said_and_is_no_fault(bulkio: Bulkio, tmp_path: Path) -> None:
    answer = bulkio("resume")
    assert (answer.code, answer.out) == (0, "")
    assert "Nothing is pending" in answer.err

    done = bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r.xlsx").json
    again = bulkio("resume", done["run"], "--json")

    assert again.code == 0
    assert again.json["rows"] == done["rows"]


@pytest.mark.parametrize("words", [["resume", "nope"], ["runs", "show", "nope"], ["results", "nope", "-o", "x.xlsx"]])
def test_a_run_that_does_not_exist_is_one_clear_line(bulkio: Bulkio, words: list[str]) -> None:
    answer = bulkio(*words)

    assert answer.code == 2
    assert answer.err.startswith("bulkio: There is no run nope in the journal")


def test_runs_are_listed_shown_and_forgotten(bulkio: Bulkio, tmp_path: Path) -> None:
    done = bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r.xlsx").json
    [listed] = bulkio("runs", "--json").json["runs"]
    assert (listed["run"], listed["agreement"], listed["workbook"]) == (done["run"], "sandbox", str(SAMPLE))
    assert listed["rows"] == done["rows"]
    assert bulkio("runs", "show", done["run"], "--json").json["rows"] == done["rows"]
    kept = b"".join(path.read_bytes() for path in bulkio.home.glob("journal.sqlite*"))
    assert b"PK\x03\x04" in kept

    assert bulkio("runs", "forget", done["run"]).code == 0

    assert bulkio("runs", "--json").json["runs"][0]["forgotten"] is True
    assert bulkio("results", done["run"], "-o", tmp_path / "again.xlsx").code == 2
    again = bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r2.xlsx").json
    assert again["rows"]["unchanged"] == again["rows"]["total"]


def test_results_are_written_again_from_the_journal(bulkio: Bulkio, tmp_path: Path) -> None:
    faulty = ROOT / "samples" / "kunder-med-fejl.xlsx"
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    done = bulkio("import", faulty, "--json", "--results", first).json

    assert bulkio("results", done["run"], "-o", second).code == 0

    assert _cells(second) == _cells(first)


def _cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every sheet of the user's own, status columns included."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets[:4]}


def test_two_at_once_on_one_agreement_the_second_is_sent_away(bulkio: Bulkio, tmp_path: Path) -> None:
    bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r.xlsx")
    number = bulkio("runs", "--json").json["runs"][0]["agreement_number"]
    holding = (
        "import fcntl, os, sys, time\n"
        f"fcntl.flock(os.open({str(bulkio.home / 'journal.sqlite')!r} + '.{number}.lock', os.O_RDWR), fcntl.LOCK_EX)\n"
        "print('held', flush=True)\ntime.sleep(60)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", holding], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        answer = bulkio("import", SAMPLE, "--json")
    finally:
        other.kill()
        other.wait(10)
        if other.stdout is not None:
            other.stdout.close()

    assert answer.code == 3
    assert answer.json["error"]["code"] == "agreement_busy"
    assert bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r2.xlsx").code == 0, (
        "a killed holder holds nothing"
    )
