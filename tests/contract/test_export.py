"""`bulkio export` as a user has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.conftest import Bulkio


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "2026", "--to", "2026-01-01"), "--year already says which days"),
        (("--from", "2026-02-01", "--to", "31-01-2026"), "ends on 2026-01-31, before it begins on 2026-02-01"),
        (("--from", "yesterday"), "'yesterday' is no day; write it as 2026-12-31"),
        (("--safe-for-excel",), "--safe-for-excel is for --format csv"),
        (("--entities", "suppliers"), "“suppliers” is nothing that can be exported"),
        (("--entities", "contacts", "--filter", "city$eq:x"), "There is a filter for customers, which --entities leaves out"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_clear_line(bulkio: Bulkio, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    answer = bulkio("export", "-o", tmp_path / "e.xlsx", *words, "--lang", "en")

    assert answer.code == 2
    assert said in answer.err.splitlines()[-1]
    assert not (tmp_path / "e.xlsx").exists()
