"""`verify`: the agreement is read again, and every difference stands at its cell."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.contract.conftest import ROOT, Bulkio

SAMPLE = ROOT / "samples" / "customers-good.xlsx"


def imported(bulkio: Bulkio, tmp_path: Path, sample: Path = SAMPLE) -> str:
    run: str = bulkio("import", sample, "--json", "--results", tmp_path / "r.xlsx").json["run"]
    return run


def test_what_was_just_imported_is_proven_field_by_field(bulkio: Bulkio, tmp_path: Path) -> None:
    run = imported(bulkio, tmp_path)

    answer = bulkio("verify", run, "--json")

    assert answer.code == 0, answer.out
    assert answer.json["rows"]["held"] == answer.json["rows"]["total"] > 100
    assert answer.json["issues"] == []


def test_a_field_changed_and_a_record_deleted_since_are_told_at_their_places(bulkio: Bulkio, tmp_path: Path) -> None:
    run = imported(bulkio, tmp_path)
    beside = sqlite3.connect(bulkio.home / "sandbox.sqlite")
    beside.create_function("fold", 1, str.casefold)
    changed, deleted = (row[0] for row in beside.execute("SELECT key FROM customers ORDER BY key LIMIT 2"))
    beside.execute("UPDATE customers SET body = json_set(body, '$.city', 'Andeby') WHERE key = ?", (changed,))
    for table in ("contacts", "delivery_locations"):
        beside.execute(f"DELETE FROM {table} WHERE customer = ?", (deleted,))
    beside.execute("DELETE FROM customers WHERE key = ?", (deleted,))
    beside.commit()
    beside.close()

    answer = bulkio("verify", run, "--json")

    assert answer.code == 1
    found = {(one["code"], one["sheet"], one["column"]) for one in answer.json["issues"]}
    assert ("verify_differs", "Customers", "City") in found
    assert ("verify_missing", "Customers", None) in found
    assert answer.json["rows"]["differing"] == 1
    assert "Andeby" in bulkio("verify", run).out


def test_rows_that_never_got_in_are_not_compared(bulkio: Bulkio, tmp_path: Path) -> None:
    run = imported(bulkio, tmp_path, ROOT / "samples" / "kunder-med-fejl.xlsx")

    answer = bulkio("verify", run, "--json")

    assert answer.code == 0, answer.out
    assert answer.json["rows"]["left_out"] > 0
