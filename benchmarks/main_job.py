"""The main job's three figures, each a ratio within this run: `python -m benchmarks.main_job`.

1. `bulkio --help` beside a bare interpreter start (at most 2.5).
2. The check of a 20,000-customer workbook, imports excluded, beside a bare python-calamine read of it (at most 3).
3. Rows a second uploaded to the twin on loopback with 80 ms latency at concurrency 8, as a share of 8 / 0.08 s (at least 0.9).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import customers_workbook

LATENCY = 0.08
CONCURRENCY = 8
START = "import sys; from bulkio.cli.main import main; sys.exit(main(['--help']))"
"""What the installed `bulkio` script does; `-m` would add the cost of runpy."""
SERVER = """
import sys
from pathlib import Path
from bulkio.sandbox import Store, serve
store = Store.open(Path(sys.argv[1]), fresh=True)
tokens = store.tokens
serve(store, port=0, latency={latency},
      on_ready=lambda url: print(url, tokens.app_secret_token, tokens.agreement_grant_token, flush=True))
"""


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def start_ratio(runs: int) -> tuple[float, float]:
    """Medians of a bare start and of `--help`, in turn."""
    bare: list[float] = []
    helped: list[float] = []
    for _ in range(runs):
        bare.append(seconds(partial(_quiet, ["-c", "pass"])))
        helped.append(seconds(partial(_quiet, ["-c", START])))
    return median(bare), median(helped)


def _quiet(words: list[str]) -> None:
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)


def check_ratio(workbook: Path, home: Path, runs: int) -> tuple[float, float]:
    """Medians of a bare read and of the whole check, in turn, in a process that has imported both."""
    from python_calamine import CalamineWorkbook

    from bulkio.cli.wiring import practice_agreement
    from bulkio.flows.check_workbook import check_workbook
    from bulkio.flows.take_snapshot import take_snapshot
    from bulkio.settings.folders import Folders

    snapshot = take_snapshot(practice_agreement(Folders(home, own_home=True)))

    def bare() -> object:
        return CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()

    def checked() -> object:
        return check_workbook(workbook, snapshot)

    seconds(bare), seconds(checked)
    pairs = [(seconds(bare), seconds(checked)) for _ in range(runs)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def upload_rate(workbook: Path, home: Path) -> tuple[int, float]:
    """Rows settled and seconds between the run's start and its end, against a twin in a process of its own."""
    from bulkio.economic import Economic, Target
    from bulkio.flows.destination import Destination
    from bulkio.flows.import_workbook import ImportChoices, ImportFlow
    from bulkio.journal import Journal
    from bulkio.language import Language
    from bulkio.model.event import Event, RunEnded, RunStarted
    from bulkio.model.secret import Secret

    server = subprocess.Popen(
        [sys.executable, "-c", SERVER.format(latency=LATENCY), str(home / "twin.sqlite")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    url, app, grant = server.stdout.readline().split()
    moments: dict[type, float] = {}

    def note(event: Event) -> None:
        if isinstance(event, RunStarted | RunEnded):
            moments[type(event)] = perf_counter()

    target = Target(url, url, Secret(app), Secret(grant))
    flow = ImportFlow(
        workbook,
        Destination("benchmark", practice=True, connect=partial(Economic, target)),
        lambda: Journal.open(f"sqlite:///{home / 'journal.sqlite'}"),
        lambda _: None,
        ImportChoices(Language.ENGLISH, home / "results.xlsx", home, concurrency=CONCURRENCY),
    )
    try:
        report = flow.run(flow.prepare(), note)
    finally:
        server.terminate()
        server.wait()
    return report.calls.get("POST", 0) + report.calls.get("PUT", 0), moments[RunEnded] - moments[RunStarted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--uploads", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bare, helped = start_ratio(chosen.runs * 2 + 1)
        print(f"--help {helped * 1000:.0f} ms / bare start {bare * 1000:.0f} ms = {helped / bare:.2f} (at most 2.5)")
        workbook = home / "customers.xlsx"
        customers_workbook.write(workbook, chosen.rows)
        read, checked = check_ratio(workbook, home, chosen.runs)
        figure = f"check of {chosen.rows} customers {checked:.2f} s / bare calamine read {read:.2f} s"
        print(f"{figure} = {checked / read:.2f} (at most 3)")
        customers_workbook.write(workbook, chosen.uploads)
        calls, took = upload_rate(workbook, home)
        rate = calls / took
        limit = CONCURRENCY / LATENCY
        figure = f"upload: {calls} writes in {took:.1f} s = {rate:.1f} a second"
        print(f"{figure}, {rate / limit:.3f} of {limit:.0f} (at least 0.9)")


if __name__ == "__main__":
    main()
