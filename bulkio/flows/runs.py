"""Runs as the journal has them: which are unfinished, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulkio.errors import Misuse
from bulkio.journal import Journal, Run
from bulkio.model.outcome import Outcome, Status

_OPEN = (Status.PENDING, Status.IN_DOUBT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A run and how its rows stand; `left` are rows without an end, those included that it never came to."""

    run: Run
    outcomes: Sequence[Outcome]

    @property
    def left(self) -> int:
        """Rows that are pending or in doubt."""
        ended = sum(outcome.status not in _OPEN for outcome in self.outcomes)
        return max(0, self.run.rows - ended)

    @property
    def counts(self) -> dict[Status, int]:
        """How many rows stand in each way; rows that were never come to are pending."""
        counts = dict.fromkeys(Status, 0)
        for outcome in self.outcomes:
            counts[outcome.status] += 1
        counts[Status.PENDING] += max(0, self.run.rows - len(self.outcomes))
        return counts


def standing(journal: Journal, run: str) -> Standing:
    """How a run stands. Raises `Misuse` where there is none of that id."""
    found = journal.run(run)
    if found is None:
        known = ", ".join(one.run for one in journal.runs()[:3]) or "–"
        raise Misuse("unknown_run", run=run, known=known)
    return Standing(found, journal.outcomes_so_far(run))


def last_unfinished(journal: Journal, agreement_name: str | None) -> Standing | None:
    """The newest run with rows left that has not been forgotten; of one agreement where it is named."""
    for run in journal.runs():
        if run.forgotten_at is None and agreement_name in {None, run.agreement_name}:
            found = Standing(run, journal.outcomes_so_far(run.run))
            if found.left:
                return found
    return None
