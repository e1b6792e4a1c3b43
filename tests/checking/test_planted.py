"""Every kind of fault, planted by a seed in a workbook of its own: the check finds those, there, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bulkio.checking import check
from bulkio.model.checked import Checked
from bulkio.model.issue import Severity
from bulkio.workbook import read
from tests.checking.planting import FAULTS, Spot, missing, plant
from tests.workbook.seed_snapshot import SEED

FRESH = replace(SEED, customers=frozenset())


def found(checked: Checked, severity: Severity) -> dict[Spot, str]:
    return {
        (one.place.sheet or "", one.place.row, one.place.column or ""): one.code
        for one in checked.issues
        if one.severity is severity and one.place.row is not None
    }


def judged(folder: Path, seed: int) -> None:
    planted = plant(folder / "planted.xlsx", seed)
    checked = check(read(planted.path), FRESH)

    assert missing(planted.errors, found(checked, Severity.ERROR)) == {}
    assert missing(planted.warnings, found(checked, Severity.WARNING)) == {}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_planted_is_found_there_and_nothing_else(tmp_path: Path, seed: int) -> None:
    judged(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4, 104))
def test_a_hundred_more_seeds_are_judged_alike(tmp_path: Path, seed: int) -> None:
    judged(tmp_path, seed)


def test_the_planted_faults_are_of_most_codes_that_a_cell_can_have() -> None:
    assert len({fault.code for fault in FAULTS}) >= 28
