"""The line-by-line mode through pipes, as a screen reader's terminal has it: the same job, nothing drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copy

import pytest

from bulkio.model.kind import Kind
from bulkio.workbook import read

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return Path(copy(SAMPLES / "kunder-med-fejl.xlsx", tmp_path))


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def bulkio(folder: Path, words: list[str], typed: list[str]) -> Said:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BULKIO", "LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "bulkio", *words],
        env=kept | {"BULKIO_HOME": str(folder / "home"), "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error"},
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert "\x1b" not in done.stdout
    return Said(done.returncode, done.stdout, done.stderr)


def test_a_fault_is_opened_corrected_judged_and_written(tmp_path: Path, faulty: Path) -> None:
    said = bulkio(
        tmp_path,
        ["review", str(faulty), "--linear"],
        ["c", "Kunder J9", "57", "n", "c", "Kunder J9", "5798000100121", "w", "q"],
    )

    assert "✗ Faults: 16" in said.out
    assert "This does not pass. Take it all the same?" in said.out
    assert "This passes." in said.out
    assert "✗ Faults: 15" in said.out
    assert read(faulty).tables[Kind.CUSTOMERS].shown(9, "ean_number") == "5798000100121"
    assert said.code == 1


def test_undo_search_and_what_is_kept_for_the_next_time(tmp_path: Path, faulty: Path) -> None:
    first = bulkio(
        tmp_path,
        ["--lang", "da", "review", str(faulty), "--linear"],
        ["/ti tusind", "c", "Kunder Q16", "10000", "u", "y", "hvad", "q"],
    )
    second = bulkio(tmp_path, ["review", str(faulty), "--linear"], ["u", "q"])

    assert "Fundet: 1" in first.out
    assert "ti tusind → 10000" in first.out
    assert "10000 → ti tusind" in first.out
    assert "Det er ikke et af svarene." in first.out
    assert "gemmes til næste gennemgang" in first.out
    assert "✎ Not written: 1" in second.out
    assert "10000 → ti tusind" in second.out


def test_an_import_from_first_look_through_the_plan_to_its_end(tmp_path: Path, faulty: Path) -> None:
    said = bulkio(tmp_path, ["import", str(faulty), "--linear"], ["p", "?", "u"])

    assert "PRACTICE AGREEMENT" in said.out
    assert "Kunder: 30 rows" in said.out
    assert "+ Create  Kunder 5" in said.out
    assert "That is none of the answers." in said.out
    assert "Customers: 30 rows" in said.err
    assert "Results: " in said.out
    assert said.code == 1


def test_corrections_written_from_an_import_lead_to_another_look(tmp_path: Path, faulty: Path) -> None:
    said = bulkio(
        tmp_path,
        ["import", str(faulty), "--linear"],
        ["r", "c", "Kunder J9", "5798000100121", "w", "q", "q"],
    )

    assert said.out.count("PRACTICE AGREEMENT") == 2
    assert said.code == 130


def test_the_end_of_the_input_leaves_without_sending(tmp_path: Path, faulty: Path) -> None:
    said = bulkio(tmp_path, ["import", str(faulty), "--linear"], [])

    assert said.code == 130
    assert "Results" not in said.out
