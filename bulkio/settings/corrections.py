"""Corrections made in a review, kept until the workbook changes by other hands, so that undo works across restarts.

They hold values of cells, so they are readable by the user alone, and the oldest go when there are many.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

from bulkio.model.correction import Change, Correction, History
from bulkio.model.kind import Kind
from bulkio.settings.folders import Folders, write_private

KEPT = 20
"""Workbooks whose corrections are remembered."""


def keep_history(folders: Folders, digest: str, history: History) -> None:
    """Remember the corrections of the workbook whose bytes have that digest."""
    changes = [[astuple(one) for one in change] for change in history.changes]
    stored = {"version": 1, "at": history.at, "held": history.held, "changes": changes}
    write_private(_path(folders, digest), json.dumps(stored, ensure_ascii=False))
    for old in sorted(_folder(folders).glob("*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def last_history(folders: Folders, digest: str) -> History:
    """What is remembered of that workbook; nothing where there is nothing that can be read."""
    try:
        stored = json.loads(_path(folders, digest).read_text(encoding="utf-8"))
        changes = tuple(_change(change) for change in stored["changes"])
        return History(changes, int(stored["at"]), int(stored["held"]))
    except (OSError, ValueError, TypeError, KeyError):
        return History()


def forget_history(folders: Folders, digest: str) -> None:
    """Let go of what is remembered of that workbook."""
    _path(folders, digest).unlink(missing_ok=True)


def _change(stored: list[list[Any]]) -> Change:
    return tuple(Correction(Kind(kind), row, field, before, after) for kind, row, field, before, after in stored)


def _path(folders: Folders, digest: str) -> Path:
    return _folder(folders) / f"{digest}.json"


def _folder(folders: Folders) -> Path:
    return folders.home / "corrections"
