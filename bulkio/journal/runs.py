"""Runs as the journal lists them, and what is kept beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import RowMapping

from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place

WORKBOOK = "workbook"
"""The document that is the workbook as it was imported."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the journal lists it. Times are seconds since 1970, UTC; `ended_at` is None where it never ended.

    `agreement_name` is what the user calls the agreement, `choices` what was chosen on the command line, `attempts` how often the run was
    taken up. `rows` counts the workbook's rows. Of a run that was forgotten (`forgotten_at`) only the counts and numbers are left.
    """

    run: str
    agreement: int
    workbook: str
    digest: str
    rows: int
    started_at: float
    ended_at: float | None
    stopped: bool
    fault: str | None
    agreement_name: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 1
    forgotten_at: float | None = None


def to_run(row: RowMapping) -> Run:
    """A row of table `runs`."""
    return Run(**(dict(row) | {"stopped": bool(row["stopped"]), "choices": json.loads(row["choices"])}))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: the rows that have their end, and what it has done to a row's record, by the row's identity.

    A row without an end may have been done something to all the same, when the run broke off before it was told. Where no answer came,
    `done` says what was asked for: if the record is found to be so, it was this run that made it so.
    """

    ended: Mapping[Place, Outcome]
    done: Mapping[str, Status]
