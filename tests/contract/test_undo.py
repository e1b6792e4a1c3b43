"""`undo`: the agreement is as it was before, but for what somebody else has touched since."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.contract.conftest import ROOT, Bulkio

SAMPLE = ROOT / "samples" / "customers-good.xlsx"
KINDS = ("customer_groups", "customers", "contacts", "delivery_locations")


@contextmanager
def agreement(bulkio: Bulkio) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(bulkio.home / "sandbox.sqlite")
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def held(bulkio: Bulkio) -> dict[str, list[dict[str, Any]]]:
    """Every record that is not deleted, its times left out."""
    with agreement(bulkio) as connection:
        found = {kind: connection.execute(f"SELECT body FROM {kind} ORDER BY key").fetchall() for kind in KINDS}
    records = {kind: [json.loads(body) for (body,) in rows] for kind, rows in found.items()}
    return {
        kind: [{name: one[name] for name in one if name != "lastUpdated"} for one in some if not one.get("deleted")]
        for kind, some in records.items()
    }


def imported(bulkio: Bulkio, tmp_path: Path, workbook: Path = SAMPLE) -> str:
    run: str = bulkio("import", workbook, "--json", "--results", tmp_path / "r.xlsx").json["run"]
    return run


def renamed(tmp_path: Path) -> Path:
    """The sample, every customer with a number moved to another city."""
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book["Customers"]
    header = next(row for row in sheet.iter_rows() if any(str(cell.value).startswith("City") for cell in row))
    at = next(index for index, cell in enumerate(header) if str(cell.value).startswith("City"))
    for row in sheet.iter_rows(min_row=2):
        if row[at].row != header[at].row:
            row[at].value = "Andeby"
    path = tmp_path / "renamed.xlsx"
    book.save(path)
    return path


@pytest.fixture
def fresh(bulkio: Bulkio) -> dict[str, list[dict[str, Any]]]:
    assert bulkio("export", "-o", bulkio.home.parent / "e.xlsx").code == 0
    return held(bulkio)


def test_undoing_an_import_leaves_the_agreement_as_before(
    bulkio: Bulkio, tmp_path: Path, fresh: dict[str, list[dict[str, Any]]]
) -> None:
    run = imported(bulkio, tmp_path)
    assert held(bulkio) != fresh

    answer = bulkio("undo", run, "--json")

    assert answer.code == 0, answer.out
    assert answer.json["rows"]["undone"] == answer.json["rows"]["total"] > 100
    assert held(bulkio) == fresh
    again = bulkio("undo", run, "--json")
    assert (again.code, again.json["rows"]["undone"]) == (0, answer.json["rows"]["total"])
    assert bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r2.xlsx").json["rows"]["created"] > 100


def test_undoing_an_update_puts_back_what_stood_there(bulkio: Bulkio, tmp_path: Path) -> None:
    imported(bulkio, tmp_path)
    before = held(bulkio)
    run = imported(bulkio, tmp_path, renamed(tmp_path))
    assert held(bulkio) != before

    answer = bulkio("undo", run, "--json")

    assert answer.code == 0, answer.out
    assert held(bulkio) == before


def test_what_was_changed_or_built_upon_since_is_kept_and_said(bulkio: Bulkio, tmp_path: Path) -> None:
    run = imported(bulkio, tmp_path)
    with agreement(bulkio) as connection:
        changed, used = (row[0] for row in connection.execute("SELECT key FROM customers ORDER BY key LIMIT 2"))
        connection.execute("UPDATE customers SET body = json_set(body, '$.city', 'Andeby') WHERE key = ?", (changed,))
        body = {"customerContactNumber": 9000, "name": "Ny", "customer": {"customerNumber": used}, "sortKey": 99}
        connection.execute("INSERT INTO contacts (key, body) VALUES (9000, ?)", (json.dumps(body),))

    answer = bulkio("undo", run, "--json")

    assert answer.code == 1
    assert {one["code"] for one in answer.json["issues"]} >= {"undo_changed", "undo_used"}
    kept = {one["customerNumber"] for one in held(bulkio)["customers"]}
    assert kept == {changed, used}
    groups = {one["customerGroup"]["customerGroupNumber"] for one in held(bulkio)["customers"]}
    assert groups <= {one["customerGroupNumber"] for one in held(bulkio)["customer_groups"]}


def test_a_customer_with_an_invoice_cannot_be_taken_back(bulkio: Bulkio, tmp_path: Path) -> None:
    run = imported(bulkio, tmp_path)
    with agreement(bulkio) as connection:
        (number,) = connection.execute("SELECT key FROM customers ORDER BY key LIMIT 1").fetchone()
        body = json.dumps({"draftInvoiceNumber": 1, "customer": {"customerNumber": number}})
        connection.execute("INSERT INTO drafts (key, body) VALUES (1, ?)", (body,))

    answer = bulkio("undo", run, "--json")

    assert answer.code == 1
    assert answer.json["rows"]["impossible"] >= 1
    assert number in {one["customerNumber"] for one in held(bulkio)["customers"]}


def test_an_undoing_that_was_killed_is_finished_by_undoing_again(
    bulkio: Bulkio, tmp_path: Path, fresh: dict[str, list[dict[str, Any]]]
) -> None:
    run = imported(bulkio, tmp_path)
    full = len(held(bulkio)["customers"])
    process = subprocess.Popen([sys.executable, "-m", "bulkio", "undo", run, "--yes"], env=bulkio.environment)
    while process.poll() is None and len(held(bulkio)["customers"]) > full - 10:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait(20)

    assert bulkio("undo", run).code == 0

    assert held(bulkio) == fresh


def test_undoing_a_run_that_does_not_exist_is_one_clear_line(bulkio: Bulkio) -> None:
    answer = bulkio("undo", "nope")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("bulkio: There is no run nope")
