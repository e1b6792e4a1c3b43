"""A workbook to fill in, with the agreement's own choices in its drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulkio.errors import Misuse, NoKnownSheet, NotAWorkbook
from bulkio.language import Language
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.workbook import read, write_template


def make_template(target: Path, kinds: Sequence[Kind], snapshot: Snapshot, language: Language) -> None:
    """Write a template of these kinds. Raises `CannotWrite`, and `Misuse` where the target is a template that somebody filled in."""
    if _is_filled_in(target):
        raise Misuse("template_exists", path=str(target))
    write_template(target, kinds or tuple(Kind), snapshot, language)


def _is_filled_in(path: Path) -> bool:
    try:
        return any(len(table.frame) for table in read(path).tables.values())
    except (NotAWorkbook, NoKnownSheet):  # nothing there, or nothing of ours
        return False
