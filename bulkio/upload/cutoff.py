"""Rows that the workers were cut off from: the user would not even wait for what was in flight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulkio.model.outcome import Outcome
from bulkio.model.plan import Action, Step
from bulkio.upload.outcomes import in_doubt, pending
from bulkio.upload.voyage import Finished, Voyage


def cut_off(voyage: Voyage, steps: Sequence[Step]) -> Iterator[Finished]:
    """The ends of those rows, so that every row has one: what may have had an effect is in doubt, the rest pending."""
    for step in steps:
        if step.place in voyage.untold:
            yield voyage.untold.pop(step.place)
        elif step.place not in voyage.told and step.identity not in voyage.awaiting:
            outcome = _end(voyage, step)
            if step.identity not in voyage.landed:
                voyage.note(step, outcome)
            yield Finished(step, outcome)


def _end(voyage: Voyage, step: Step) -> Outcome:
    there = voyage.landed.get(step.identity, step.number if step.action is Action.UPDATE else None)
    if step.place in voyage.flying:
        return in_doubt(step, step.number if there is None else there)
    return pending(step, there)
