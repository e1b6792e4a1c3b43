"""What a terminal, a pipe or nobody at all at the other end does to what is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]


def polish_customer(folder: Path) -> Path:
    """One customer whose e-mail is at fault, in letters that neither ASCII nor cp1252 has."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Kunder"
    sheet.append(["Navn", "Kundegruppe", "Valuta", "Betalingsbetingelse", "Momszone", "E-mail"])
    sheet.append(["Łódź 漢 ApS", 1, "DKK", 1, 1, "Łódź 漢"])
    workbook.save(folder / "łódź.xlsx")
    return folder / "łódź.xlsx"


def bulkio(home: Path, *words: str, encoding: str, shell: str = "") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"BULKIO_HOME": str(home), "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "bulkio", *words]
    if shell:
        command = ["sh", "-c", f'"$@" {shell}', "sh", *command]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=120)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_script_is_told_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = polish_customer(tmp_path)

    told = bulkio(tmp_path / "home", "check", str(path), "--lang", "da", encoding=encoding)
    document = bulkio(tmp_path / "home", "import", str(path), "--json", "--lang", "da", encoding=encoding)

    assert (told.returncode, document.returncode) == (1, 1), told.stderr + document.stderr
    assert told.stdout.startswith(b"Kunder!F2 E-mail: fejl bad_email: ")
    assert b"Traceback" not in told.stderr + document.stderr
    (issue,) = json.loads(document.stdout.decode("utf-8"))["issues"]
    assert issue["value"] == "Łódź 漢"


def test_the_help_and_wrong_use_are_told_in_plain_ascii(tmp_path: Path) -> None:
    helped = bulkio(tmp_path, "--lang", "da", "--help", encoding="ascii")
    misused = bulkio(tmp_path, "frobnicate", "--lang", "da", encoding="ascii")

    assert (helped.returncode, misused.returncode) == (0, 2)
    assert b"Traceback" not in helped.stderr + misused.stderr


def test_closed_streams_do_not_change_the_exit_code(tmp_path: Path) -> None:
    path = polish_customer(tmp_path)

    assert bulkio(tmp_path / "home", "check", str(path), encoding="utf-8", shell=">&- 2>&-").returncode == 1
