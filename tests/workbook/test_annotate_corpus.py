"""Workbooks found in the wild keep every part that is not ours to change, and every cell."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from bulkio.errors import NotAWorkbook
from bulkio.workbook import LIMITS
from bulkio.workbook.addresses import letters_of
from bulkio.workbook.annotate import annotate
from bulkio.workbook.archive import open_archive
from bulkio.workbook.cells import Shapes, Strings
from bulkio.workbook.formats import shows
from bulkio.workbook.package import open_package
from bulkio.workbook.scan import scan
from bulkio.workbook.strings import shared_strings
from tests.workbook.marking import OURS, changed_parts, fault, marks, parts

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "corpus"
FOUND = sorted(path for path in CORPUS.glob("**/*") if path.suffix in {".xlsx", ".xlsm"}) if CORPUS.is_dir() else []
SEED = 20261124
SAMPLE = random.Random(SEED).sample(FOUND, min(24, len(FOUND)))


def sheets(path: Path) -> list[tuple[str, str]]:
    with open_archive(path, LIMITS) as archive:
        return [(sheet.title, sheet.part) for sheet in open_package(archive).sheets]


def cells(path: Path, part: str) -> dict[tuple[int, int], str]:
    """Every value of a sheet, by row and column."""
    with open_archive(path, LIMITS) as archive:
        package = open_package(archive)
        shapes = Shapes(
            Strings(shared_strings(archive, package.strings)), shows(archive, package.styles, package.since_1904)
        )
        scanned = scan(archive, part, shapes)
    places = zip(scanned.rows.tolist(), scanned.columns.tolist(), strict=True)
    return {place: str(text) for place, text in zip(places, scanned.texts.tolist(), strict=True)}


def check_kept(source: Path, target: Path) -> None:
    try:
        found = sheets(source)
        before = {part: cells(source, part) for _, part in found[:1]}
    except NotAWorkbook:
        with pytest.raises(NotAWorkbook):
            annotate(source, target, marks(()))
        return
    if not found:
        pytest.skip("no worksheet in it")
    title, part = found[0]
    places = [*before[part]][::7][:200] or [(1, 1)]
    annotate(source, target, marks((), tuple(fault(row, letters_of(column), sheet=title) for row, column in places)))

    assert cells(target, part) == before[part]
    changed = changed_parts(source, target)
    assert {name for name in changed if not OURS.fullmatch(name)} - {part} == set()
    assert not {other for _, other in found[1:]} & changed
    for name, content in parts(target).items():
        if name in changed and name.endswith((".xml", ".rels")):
            etree.fromstring(content)


@pytest.mark.skipif(not FOUND, reason="../shared/data/corpus is not beside this checkout")
@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_a_sample_of_workbooks_from_the_wild_is_kept(path: Path, tmp_path: Path) -> None:
    check_kept(path, tmp_path / "results.xlsx")


@pytest.mark.long
@pytest.mark.skipif(not FOUND, reason="../shared/data/corpus is not beside this checkout")
@pytest.mark.parametrize("path", [path for path in FOUND if path not in SAMPLE], ids=lambda path: path.name)
def test_every_workbook_from_the_wild_is_kept(path: Path, tmp_path: Path) -> None:
    check_kept(path, tmp_path / "results.xlsx")
