"""A real terminal, driven by tmux: bulkio started, keys typed, the screen read back (long tier)."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed (Debian package tmux)"),
]

ENDED = "ended with"


class Terminal:
    """One tmux server of its own with one window of 80 × 24."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")
        self._folder = folder

    def start(self, *words: str) -> None:
        """Run bulkio, then say its exit code and wait, so that the last words can be read."""
        bulkio = shlex.join([sys.executable, "-m", "bulkio", *words])
        home = os.environ["BULKIO_HOME"]
        line = f"BULKIO_HOME={shlex.quote(home)} LANG=C.UTF-8 COLORTERM=truecolor {bulkio}; echo {ENDED} $?; sleep 60"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", str(self._folder), line)

    def type(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._tmux("send-keys", *keys)

    def screen(self) -> str:
        """What can be read now."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *wanted: str) -> str:
        """The screen once it shows all of these."""
        return self._wait(lambda shown: all(text in shown for text in wanted), f"{wanted}")

    def wait_until_gone(self, text: str) -> None:
        """Wait until it is no longer there; a key right after Escape would be taken for Alt and that key."""
        self._wait(lambda shown: text not in shown, f"an end of {text}")

    def close_window(self) -> None:
        """As a user closes a terminal: the process gets SIGHUP."""
        self._tmux("kill-server")

    def _wait(self, condition: Callable[[str], bool], wanted: str) -> str:
        end = monotonic() + 60
        while not condition(shown := self.screen()):
            assert monotonic() < end, f"{wanted} never came; the screen says\n{shown}"
            sleep(0.1)
        return shown

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", self._socket, *words], capture_output=True, text=True, check=True, timeout=20
        )
        return done.stdout


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    subprocess.run(["tmux", "-S", str(tmp_path / "tmux"), "kill-server"], capture_output=True, check=False)


def test_an_import_from_first_look_to_summary(terminal: Terminal, good: Path) -> None:
    terminal.start("import", good.name)
    terminal.wait_for("What will happen", "PRACTICE AGREEMENT", "No faults were found")
    terminal.type("Enter")
    terminal.wait_for("All 134 rows are in.", "results.xlsx")
    terminal.type("q")
    terminal.wait_for(f"{ENDED} 0")

    assert good.with_name("customers-good-results.xlsx").exists()


def test_an_import_with_faults_in_danish(terminal: Terminal, faulty: Path) -> None:
    terminal.start("--lang", "da", "import", faulty.name)
    terminal.wait_for("Hvad der vil ske", "ØVEAFTALE")
    terminal.type("r")
    terminal.wait_for("Gennemgang", "Kunder")
    terminal.type("n", "n", "q")
    terminal.wait_for("Hvad der vil ske")
    terminal.type("u")
    terminal.wait_for("Sådan gik det", "Næste skridt")
    terminal.type("q")
    terminal.wait_for(f"{ENDED} 1")


def test_a_review_with_search_and_only_the_faulty_rows(terminal: Terminal, faulty: Path) -> None:
    terminal.start("review", faulty.name)
    terminal.wait_for("Review", "Kundegrupper", "7")
    terminal.type("n", "n")
    terminal.wait_for("Navn is empty.")
    terminal.type("f")
    terminal.wait_for("only faulty")
    terminal.type("/")
    terminal.wait_for("Search this sheet")
    terminal.type("ti tusind", "Enter")
    terminal.wait_for("not a number")
    terminal.type("F1")
    terminal.wait_for("Previous fault")
    terminal.type("Escape")
    terminal.wait_until_gone("Previous fault")
    terminal.type("q")
    terminal.wait_for(f"{ENDED} 1")


def test_a_terminal_that_is_closed_leaves_a_run_that_goes_on(terminal: Terminal, tmp_path: Path) -> None:
    workbook = many_customers(tmp_path / "many.xlsx", 3000)
    terminal.start("import", workbook.name)
    terminal.wait_for("What will happen")
    terminal.type("u")
    terminal.wait_for("rows a second", "gone")
    terminal.close_window()
    results = tmp_path / "many-results.xlsx"
    end = monotonic() + 60
    while not results.exists():
        assert monotonic() < end, "no results workbook came"
        sleep(0.1)
    sleep(0.5)
    again = subprocess.run(
        [sys.executable, "-m", "bulkio", "import", str(workbook), "--headless", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = json.loads(again.stdout)["rows"]

    assert 0 < rows["created"] < 3000
    assert rows["created"] + rows["unchanged"] == 3000


def many_customers(path: Path, number: int) -> Path:
    """A workbook large enough to be interrupted."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Customers"
    sheet.append(["Customer number", "Name", "Customer group", "Payment terms", "VAT zone", "Currency"])
    for row in range(number):
        sheet.append([50_000 + row, f"Customer {row}", 1, 1, 1, "DKK"])
    book.save(path)
    return path
