"""A run's own copy of its workbook, as a file for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def kept_copy(content: bytes, name: str) -> Iterator[Path]:
    """The copy under the workbook's own name, in a folder that only this user can read and that is gone afterwards."""
    with TemporaryDirectory(prefix="bulkio-") as folder:
        path = Path(folder) / (name or "workbook.xlsx")
        path.write_bytes(content)
        yield path
