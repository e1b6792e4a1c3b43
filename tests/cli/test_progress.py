"""The headless face of a run: bars where somebody watches stderr, plain lines in a log, and stdout left alone."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "samples" / "customers-good.xlsx"


def environment(home: Path) -> Mapping[str, str]:
    return os.environ | {
        "BULKIO_HOME": str(home),
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
    }


def command(folder: Path, *words: str) -> list[str]:
    results = str(folder / "results.xlsx")
    return [sys.executable, "-m", "bulkio", "import", str(SAMPLE), "--headless", "--results", results, *words]


def on_a_terminal(folder: Path, *words: str) -> tuple[str, str]:
    """Standard output through a pipe, and what a terminal on stderr was sent."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(folder, *words), env=environment(folder / "home"), stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as running:
        os.close(theirs)
        seen = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        assert running.stdout is not None
        said = running.stdout.read()
        assert running.wait(60) == 0, seen.decode()
    return said, seen.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.parametrize(("language", "sheet"), [("en", "Delivery locations"), ("da", "Leveringssteder")])
def test_a_terminal_on_stderr_gets_a_bar_a_sheet(tmp_path: Path, language: str, sheet: str) -> None:
    said, seen = on_a_terminal(tmp_path, "--lang", language)

    assert sheet in seen
    assert "40/40" in seen
    assert "60/60" in seen
    assert "━" in seen
    assert "━" not in said


def test_a_pipe_on_stderr_gets_lines_and_stdout_only_data(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path, "--json"), env=environment(tmp_path / "home"), capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "Customers: 40 rows" in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stdout.startswith("{")
