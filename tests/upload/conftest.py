from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.upload.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    one = Office(tmp_path)
    yield one
    one.close()
