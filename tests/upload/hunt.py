"""The long hunt: `python -m tests.upload.hunt [--schedules 2000] [--seed 0] [--jobs 2]` plays schedules and prints what they came to.

A schedule that breaks a promise is named by its seed, which plays it again: `--seed N --schedules 1`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.upload.schedules import Broken, Tally, play

PORTION = 20


def main(words: Sequence[str] | None = None) -> int:
    """Hunt; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description="Play schedules of trouble.")
    parser.add_argument("--schedules", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(words)
    seeds = range(chosen.seed, chosen.seed + chosen.schedules)
    total, faults = Tally(), list[str]()
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for tally, broken in pool.map(portion, [seeds[at : at + PORTION] for at in range(0, len(seeds), PORTION)]):
            _add(total, tally)
            faults += broken
            print(f"\r{total.schedules} of {len(seeds)}, {len(faults)} broken", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for fault in faults:
        print(fault)
    print(total)
    return 1 if faults else 0


def portion(seeds: range) -> tuple[Tally, list[str]]:
    """Some schedules, in a process of their own."""
    tally, broken = Tally(), list[str]()
    for seed in seeds:
        try:
            play(seed, tally)
        except Broken as fault:
            broken.append(str(fault))
    return tally, broken


def _add(total: Tally, one: Tally) -> None:
    total.schedules += one.schedules
    total.runs += one.runs
    total.kills += one.kills
    total.faults += one.faults
    total.duplicates += one.duplicates
    total.lost += one.lost


if __name__ == "__main__":
    sys.exit(main())
