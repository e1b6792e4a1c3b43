"""The last snapshot of each agreement's look-ups, so that `check` needs no network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bulkio.model.snapshot import Choice, Lookup, Snapshot
from bulkio.settings.folders import Folders, write_private


def keep_snapshot(folders: Folders, snapshot: Snapshot) -> None:
    """Remember a snapshot as its agreement's last."""
    stored = {
        "version": 1,
        "agreement_number": snapshot.agreement_number,
        "company": snapshot.company,
        "base_currency": snapshot.base_currency,
        "taken_at": snapshot.taken_at,
        "choices": {key: [asdict(choice) for choice in choices] for key, choices in snapshot.choices.items()},
        "customers": sorted(snapshot.customers) if snapshot.customers is not None else None,
    }
    write_private(_path(folders, snapshot.agreement_number), json.dumps(stored, ensure_ascii=False))


def last_snapshot(folders: Folders, agreement_number: int) -> Snapshot | None:
    """The last snapshot of an agreement, or None where there is none that can be read.

    A damaged one counts as none: it is a copy, and the next import takes a new one.
    """
    try:
        stored = json.loads(_path(folders, agreement_number).read_text(encoding="utf-8"))
        return _snapshot(stored)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _snapshot(stored: Mapping[str, Any]) -> Snapshot:
    customers = stored["customers"]
    return Snapshot(
        agreement_number=stored["agreement_number"],
        company=stored["company"],
        base_currency=stored["base_currency"],
        taken_at=stored["taken_at"],
        choices={Lookup(key): tuple(Choice(**one) for one in choices) for key, choices in stored["choices"].items()},
        customers=frozenset(customers) if customers is not None else None,
    )


def _path(folders: Folders, agreement_number: int) -> Path:
    return folders.snapshots / f"{agreement_number}.json"
