"""Seeded schedules of everything that can go wrong: a few dozen here, a few hundred in the long tier, thousands in `hunt.py`."""

from __future__ import annotations

import pytest

from tests.upload.schedules import Tally, play

FEW = 30
FOUND = (2365, 2530)
"""Seeds that once broke a promise: a request still under way while the clock was wrong, and a replacement that came late."""
MANY = 300


@pytest.mark.parametrize("first", range(0, FEW, 10))
def test_nothing_twice_and_nothing_lost_in_a_few_dozen_schedules(
    first: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _played(range(first, first + 10), capsys)


@pytest.mark.long
@pytest.mark.parametrize("first", range(FEW, FEW + MANY, 50))
def test_nothing_twice_and_nothing_lost_in_a_few_hundred(first: int, capsys: pytest.CaptureFixture[str]) -> None:
    _played(range(first, first + 50), capsys)


def _played(seeds: range, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    for seed in seeds:
        play(seed, tally)
    with capsys.disabled():
        print(f"\n{tally}")
    assert (tally.schedules, tally.duplicates, tally.lost) == (len(seeds), 0, 0)


@pytest.mark.parametrize("seed", FOUND)
def test_what_was_once_found_stays_mended(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    _played(range(seed, seed + 1), capsys)
