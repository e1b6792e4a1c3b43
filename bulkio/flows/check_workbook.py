"""The local check: a workbook in, every fault at its cell out, no network."""

from __future__ import annotations

from pathlib import Path

from bulkio.checking import check
from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.checked import Checked
from bulkio.model.snapshot import Snapshot
from bulkio.workbook import read


def check_workbook(path: Path, snapshot: Snapshot | None, answers: Answers = AS_FOUND) -> Checked:
    """Read and check a workbook against the last snapshot of the agreement's look-ups.

    `answers` say what the file alone does not. Raises `NotAWorkbook`, `NoKnownSheet`.
    """
    return check(read(path, answers=answers), snapshot, answers.decimal)
