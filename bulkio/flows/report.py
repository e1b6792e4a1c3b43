"""What an import came to: one outcome a row, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulkio.model.coercion import Coercion
from bulkio.model.issue import Issue, Severity
from bulkio.model.outcome import Outcome, Status

UNFINISHED = (Status.PENDING, Status.IN_DOUBT)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The end of an import. `by_sheet` counts by the workbook's own sheet titles; `seconds` is wall time of the sending.

    `results` is the results workbook, or None where none could be written anywhere; `fault` is the code of what ended the run early.
    `coercions` are the cells that were sent otherwise than they stand.
    """

    run: str
    counts: Mapping[Status, int]
    by_sheet: Mapping[str, Mapping[Status, int]]
    outcomes: Sequence[Outcome]
    issues: Sequence[Issue]
    results: Path | None
    calls: Mapping[str, int]
    seconds: float
    stopped: bool
    fault: str | None = None
    coercions: Sequence[Coercion] = ()

    @property
    def exit_code(self) -> int:
        """4 where rows are pending or in doubt, 1 where the check or the API refused something, else 0."""
        if any(self.counts.get(status, 0) for status in UNFINISHED):
            return 4
        refused = self.counts.get(Status.REFUSED, 0) or any(one.severity is Severity.ERROR for one in self.issues)
        return 1 if refused else 0


def count(outcomes: Sequence[Outcome]) -> dict[Status, int]:
    """How many rows ended in each way; every way is named."""
    counts = dict.fromkeys(Status, 0)
    for outcome in outcomes:
        counts[outcome.status] += 1
    return counts


def count_by_sheet(outcomes: Sequence[Outcome]) -> dict[str, dict[Status, int]]:
    """The same for each sheet, by its own title."""
    sheets: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        sheets.setdefault(outcome.place.sheet or "", []).append(outcome)
    return {sheet: count(rows) for sheet, rows in sheets.items()}
