from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bulkio.sandbox import Store
from tests.flows.practice import FULL, Practice


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An agreement with something of everything."""
    store = Store.open(tmp_path / "twin.sqlite", fresh=True)
    one = Practice(store)
    one.send(*FULL)
    yield one
    store.close()
