"""`plan`, and `import --plan`: what was looked at is what is done, or nothing is."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

from tests.contract.conftest import ROOT, Bulkio

SAMPLE = ROOT / "samples" / "customers-good.xlsx"


def test_a_plan_says_what_the_import_then_does(bulkio: Bulkio, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"

    answer = bulkio("plan", SAMPLE, "-o", saved, "--json")

    assert answer.code == 0, answer.out
    planned = sum(counts["create"] for counts in answer.json["by_sheet"].values())
    assert planned == len(answer.json["rows"]) > 100
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    done = bulkio("import", "--plan", saved, "--json", "--results", tmp_path / "r.xlsx")
    assert done.code == 0, done.out
    assert done.json["rows"]["created"] == planned
    writes = done.json["calls"]["POST"] + done.json["calls"].get("PUT", 0)
    assert answer.json["estimate"]["calls"] == writes
    again = bulkio("plan", SAMPLE, "--json").json
    assert sum(counts["unchanged"] for counts in again["by_sheet"].values()) == planned
    assert again["estimate"]["calls"] == 0


def test_planning_sends_nothing_and_begins_no_run(bulkio: Bulkio) -> None:
    assert bulkio("plan", SAMPLE).code == 0

    assert bulkio("runs", "--json").json["runs"] == []
    beside = sqlite3.connect(bulkio.home / "sandbox.sqlite")
    assert beside.execute("SELECT count(*) FROM customers").fetchone() == (0,)
    beside.close()


def test_a_plan_holds_no_values_of_cells(bulkio: Bulkio, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    bulkio("plan", SAMPLE, "-o", saved)
    bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r.xlsx")
    beside = sqlite3.connect(bulkio.home / "sandbox.sqlite")
    names = [json.loads(body)["name"] for (body,) in beside.execute("SELECT body FROM customers")]
    beside.close()

    text = saved.read_text(encoding="utf-8")

    assert not [name for name in names if name in text]


def test_a_plan_is_refused_when_the_agreement_has_moved(bulkio: Bulkio, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    bulkio("plan", SAMPLE, "-o", saved)
    bulkio("import", SAMPLE, "--json", "--results", tmp_path / "r.xlsx")

    answer = bulkio("import", "--plan", saved, "--json")

    assert answer.code == 2
    assert answer.json["error"]["code"] == "plan_moved"
    assert len(bulkio("runs", "--json").json["runs"]) == 1


def test_a_plan_is_refused_for_another_workbook(bulkio: Bulkio, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    bulkio("plan", SAMPLE, "-o", saved)

    answer = bulkio("import", ROOT / "samples" / "kunder-med-fejl.xlsx", "--plan", saved, "--json")

    assert (answer.code, answer.json["error"]["code"]) == (2, "plan_of_other_workbook")


def test_what_is_no_plan_is_one_clear_line(bulkio: Bulkio, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[1]")

    for name in ("x.json", "nothing.json"):
        answer = bulkio("import", "--plan", tmp_path / name)
        assert answer.code == 2
        assert "is no saved plan" in answer.err
    assert bulkio("import").code == 2
