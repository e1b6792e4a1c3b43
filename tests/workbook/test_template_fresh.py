"""`templates/` holds what `write_template` makes today; `make_templates.py` beside this file writes it anew."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.workbook.make_templates import KEPT, TEMPLATES, write_templates


def parts(path: Path) -> list[tuple[str, bytes]]:
    """The parts as they are inside: how small zlib packs them differs from machine to machine."""
    with ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.mark.parametrize("name", list(KEPT.values()))
def test_the_kept_template_is_fresh(tmp_path: Path, name: str) -> None:
    write_templates(tmp_path)

    assert parts(tmp_path / name) == parts(TEMPLATES / name)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    write_templates(tmp_path / "one")
    write_templates(tmp_path / "two")

    for name in KEPT.values():
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_no_other_template_is_kept() -> None:
    assert {path.name for path in TEMPLATES.glob("*.xlsx")} == set(KEPT.values())
