"""The published workbooks: every planted fault is found where it was planted, and nothing else."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from bulkio.checking import check
from bulkio.model.checked import Checked
from bulkio.workbook import read
from tests.checking.sheets import errors
from tests.workbook.seed_snapshot import SEED

DATA = Path(__file__).parents[2] / "../shared/data"
FRESH = replace(SEED, customers=frozenset())

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside this checkout")


@pytest.fixture(scope="module")
def faulty() -> Checked:
    return check(read(DATA / "onboarding-faulty.xlsx"), FRESH)


def planted() -> dict[tuple[str, int, str], str]:
    with (DATA / "onboarding-faulty.expected.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["sheet"], int(row["row"]), row["column"]): row["kind"] for row in csv.DictReader(stream)}


def test_the_good_workbook_has_no_error() -> None:
    checked = check(read(DATA / "onboarding.xlsx"), FRESH)

    assert errors(checked) == []
    assert [len(found.table.frame) for found in checked.tables.values()] == [6, 400, 537, 254]


def test_every_planted_fault_is_found_at_its_cell(faulty: Checked) -> None:
    wanted = {place: kind for place, kind in planted().items() if kind != "cascade"}
    found = {(one.place.sheet, one.place.row, one.place.column): one.code for one in errors(faulty)}

    assert {place: found.get(place) for place in wanted} == wanted


def test_nothing_else_is_called_an_error(faulty: Checked) -> None:
    found = {(one.place.sheet, one.place.row, one.place.column): one.code for one in errors(faulty)}

    assert {place: code for place, code in found.items() if place not in planted()} == {}
