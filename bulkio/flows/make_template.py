"""A workbook to fill in, with the agreement's own choices in its drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulkio.language import Language
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.workbook import write_template


def make_template(target: Path, kinds: Sequence[Kind], snapshot: Snapshot, language: Language) -> None:
    """Write a template of these kinds. Raises `CannotWrite`."""
    write_template(target, kinds or tuple(Kind), snapshot, language)
