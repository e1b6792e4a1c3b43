"""Limits can be read about, and set anew."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from bulkio.errors import Misuse
from bulkio.workbook.limits import Limits, limits_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "limits.md"


def test_every_limit_is_documented_with_its_default() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)

    assert {name: int(default) for name, default in listed} == asdict(Limits())


def test_limits_are_set_anew_and_the_others_stay() -> None:
    assert limits_of("cells=80000000 text=2000000") == Limits(cells=80_000_000, text=2_000_000)
    assert limits_of("rows=5,columns=6") == Limits(rows=5, columns=6)
    assert limits_of("") == Limits()


@pytest.mark.parametrize(
    "setting", ["cells", "cells=", "cells=0", "cells=-1", "cells=many", "cell=5", "=5", "rows=1.5"]
)
def test_a_setting_that_is_none_is_one_clear_fault(setting: str) -> None:
    with pytest.raises(Misuse) as caught:
        limits_of(f"rows=5 {setting}")

    assert (caught.value.code, caught.value.parameters["setting"]) == ("bad_limit", setting)
