"""What it costs to read and to check a workbook, as ratios within this run: `python -m benchmarks.workbooks [--rows 1000 20000 200000]`.

1. Reading to tables with all facts, beside a bare python-calamine read to Python lists (at most 1.5).
2. Checking, reading included and imports excluded, one row in a hundred faulty, beside the same bare read (at most 2.0), and the peak memory
   of a process that does nothing else (at most 600 MiB).
3. Before any figure counts: every trap that fast readers lose is read true by the same code in the same run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks import customers_workbook

KIBIBYTES_A_MEBIBYTE = 1024
RUNS = {1000: 7, 20_000: 5}
"""How often each size is measured; larger ones three times."""
ALONE = "--alone"


def bare_read(path: Path) -> object:
    import python_calamine

    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def our_read(path: Path) -> object:
    from bulkio.workbook import read

    return read(path)


def our_check(path: Path) -> object:
    from bulkio.checking import check
    from bulkio.workbook import read
    from tests.workbook.seed_snapshot import SEED

    return check(read(path), replace(SEED, customers=frozenset()))


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time; what was made is let go outside the timing."""
    wall, processor = perf_counter(), process_time()
    made = work()
    took = perf_counter() - wall, process_time() - processor
    del made
    return took


def figures(path: Path, rows: int) -> str:
    """Medians of the three in turn, and the two ratios by wall and by processor time."""
    taken: dict[str, list[tuple[float, float]]] = {"bare": [], "read": [], "check": []}
    works = {"bare": bare_read, "read": our_read, "check": our_check}
    for _ in range(RUNS.get(rows, 3)):
        for name, work in works.items():
            taken[name].append(seconds(partial(work, path)))
    wall, processor = ({name: median(one[at] for one in times) for name, times in taken.items()} for at in (0, 1))
    return (
        f"{rows:>7} rows | bare {wall['bare']:.3f} s | read {wall['read']:.3f} s = {wall['read'] / wall['bare']:.2f}x"
        f" (processor {processor['read'] / processor['bare']:.2f}x) | check {wall['check']:.3f} s = "
        f"{wall['check'] / wall['bare']:.2f}x (processor {processor['check'] / processor['bare']:.2f}x)"
    )


def peak_of_check(path: Path) -> float:
    """Peak memory in MiB of a fresh process that checks the workbook."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.workbooks", ALONE, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / KIBIBYTES_A_MEBIBYTE


def gate(folder: Path) -> int:
    """Read every trap and compare; the number of traps, or an AssertionError that names the first one lost."""
    from bulkio.model.kind import Kind
    from bulkio.workbook import read
    from tests.workbook.traps import TRAPS, trap_workbook

    workbook = read(trap_workbook(folder / "traps.xlsx"))
    table = workbook.tables[Kind.CUSTOMERS]
    for row, trap in TRAPS.items():
        found = (table.frame.at[row, "name"], int(table.kinds.at[row, "name"])) if row in table.frame.index else None
        wanted = (trap.text, int(trap.kind)) if trap.kept else None
        assert found == wanted, f"{trap.name}: {found} instead of {wanted}"
    assert table.hidden == {row for row, trap in TRAPS.items() if trap.hidden}
    return len(TRAPS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1000, 20_000, 200_000])
    parser.add_argument(ALONE, type=Path, help="check one workbook and print the peak memory in KiB")
    arguments = parser.parse_args()
    if arguments.alone:
        our_check(arguments.alone)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "warm.xlsx"
        customers_workbook.write(small, 50)
        our_check(small)
        print(f"fidelity: {gate(Path(folder))} traps read true")
        for rows in arguments.rows:
            path = Path(folder) / f"{rows}.xlsx"
            customers_workbook.write(path, rows)
            print(figures(path, rows) + f" | peak of a check {peak_of_check(path):.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
