"""A run that is stopped in the middle: everything sent is known, the results are there, and the next import sends the rest, once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.contract.conftest import ROOT, Bulkio, Twin

GOOD = ROOT / "samples" / "customers-good.xlsx"
COMPANY = "Nordlys Handel ApS (øvelse)"
PATIENCE = 60


@pytest.fixture
def slow(bulkio: Bulkio, tmp_path: Path) -> Iterator[Twin]:
    """An agreement called `client` on a server that takes its time."""
    with bulkio.sandbox("--data", str(tmp_path / "remote.sqlite"), "--chaos", "calm") as twin:
        add = ("agreements", "add", "client", "--rest-url", twin.rest_url, "--openapi-url", twin.openapi_url, "--yes")
        assert bulkio(*add, more=twin.tokens).code == 0
        yield twin


def started(bulkio: Bulkio, twin: Twin, results: Path) -> subprocess.Popen[str]:
    words = (
        "import",
        str(GOOD),
        "-a",
        "client",
        "--headless",
        "--json",
        "--confirm",
        COMPANY,
        "--results",
        str(results),
    )
    return subprocess.Popen(
        [sys.executable, "-m", "bulkio", *words, "--concurrency", "2"],
        env=bulkio.environment | twin.tokens,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_customers(twin: Twin, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(twin.all("/customers")) < count:
        assert time.monotonic() < until, "the import did not get going"
        time.sleep(0.1)


def statuses(path: Path) -> list[object]:
    """Every status that the results workbook shows."""
    found: list[object] = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        headers = [cell.value for cell in sheet[1]]
        if "bulkio status" in headers:
            at = headers.index("bulkio status")
            found += [row[at] for row in sheet.iter_rows(2, values_only=True)]
    return found


def names(twin: Twin) -> list[str]:
    return sorted(record["name"] for record in twin.all("/customers"))


def wanted() -> list[str]:
    """The names on the workbook's own sheet."""
    sheet = openpyxl.load_workbook(GOOD)["Customers"]
    at = [cell.value for cell in sheet[1]].index("Name *")
    return sorted(str(row[at]) for row in sheet.iter_rows(2, values_only=True))


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_a_stopped_run_writes_its_results_and_the_next_one_sends_the_rest(
    bulkio: Bulkio, slow: Twin, tmp_path: Path, number: signal.Signals
) -> None:
    results = tmp_path / "stopped.xlsx"
    process = started(bulkio, slow, results)
    wait_for_customers(slow, 5)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    document = json.loads(out)
    rows = document["rows"]
    inside = len(slow.all("/customers"))

    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert rows["pending"] > 0
    assert rows["in_doubt"] == 0
    assert document["by_sheet"]["Customers"]["created"] <= inside < 40
    assert len(statuses(results)) == rows["total"]
    assert statuses(results).count("created") == rows["created"]

    words = ("import", results, "-a", "client", "--json", "--confirm", COMPANY, "--results", tmp_path / "rest.xlsx")
    rest = bulkio(*words, more=slow.tokens)

    assert rest.code == 0, rest.out
    assert rest.json["rows"]["created"] + rest.json["rows"]["updated"] + rest.json["rows"]["unchanged"] == rows["total"]
    assert names(slow) == wanted()


def test_a_killed_run_leaves_nothing_twice(bulkio: Bulkio, slow: Twin, tmp_path: Path) -> None:
    process = started(bulkio, slow, tmp_path / "never.xlsx")
    wait_for_customers(slow, 5)
    process.kill()
    process.communicate(timeout=PATIENCE)

    words = ("import", GOOD, "-a", "client", "--json", "--confirm", COMPANY, "--results", tmp_path / "rest.xlsx")
    rest = bulkio(*words, more=slow.tokens)

    assert rest.code == 0, rest.out
    assert names(slow) == wanted()
    contacts = [one["name"] for customer in slow.all("/customers") for one in slow.all(customer["contacts"])]
    assert len(contacts) == 60
