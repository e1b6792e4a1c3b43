"""The plan row by row: what is to happen, to whom, and which fields an update changes from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from bulkio.entities import ENTITIES
from bulkio.flows.differences import Difference, differences
from bulkio.language import Language, translate
from bulkio.model.issue import Severity
from bulkio.model.plan import Action, Plan, Step
from bulkio.tui.cells import on_one_line
from bulkio.tui.detail import worded
from bulkio.tui.faults import message
from bulkio.tui.grid import Tone
from bulkio.tui.issue_list import spot

TONES: Mapping[Action, Tone] = {
    Action.CREATE: Tone.GOOD,
    Action.UPDATE: Tone.GOOD,
    Action.UNCHANGED: Tone.MUTED,
    Action.SKIP: Tone.WARNING,
    Action.REFUSE: Tone.ERROR,
}
SIGNS: Mapping[Action, str] = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.UNCHANGED: "=",
    Action.SKIP: "–",
    Action.REFUSE: "✗",
}


def action_words(language: Language) -> dict[Action, str]:
    """How each action is called, in the order in which they are shown."""
    return {
        Action.CREATE: translate("Create", language),
        Action.UPDATE: translate("Update", language),
        Action.UNCHANGED: translate("Unchanged", language),
        Action.SKIP: translate("Skip", language),
        Action.REFUSE: translate("Refuse", language),
    }


class PlanLines:
    """A grid's source: a line a row of the workbook, all of them or those with one action."""

    frozen = 0
    widths: Sequence[int] = (15, 20, 22, 40)

    def __init__(self, plan: Plan, language: Language, only: Action | None = None) -> None:
        self._language = language
        self._words = action_words(language)
        self._steps = [step for steps in plan.steps.values() for step in steps if only is None or step.action is only]
        self.titles = (
            translate("What", language),
            translate("Place", language),
            translate("Record", language),
            translate("Changes", language),
        )

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._steps)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """The part of a line."""
        step = self._steps[row]
        if column == 0:
            return f"{SIGNS[step.action]} {self._words[step.action]}", TONES[step.action]
        if column == 1:
            return spot(step.place), Tone.PLAIN
        if column == 2:
            return _named(step), Tone.PLAIN
        return self._what(step), Tone.PLAIN

    def in_full(self, row: int) -> Content:
        """Every change on a line of its own, every fault in its words."""
        step = self._steps[row]
        named = Content.styled(on_one_line(f"{spot(step.place)}  {_named(step)}"), "bold")
        changes = [Content(on_one_line(self._changed(step, one))) for one in differences(step)]
        faults = [worded(issue, self._language) for issue in step.issues]
        return Content("\n").join([named, *changes, *faults])

    def _what(self, step: Step) -> str:
        fault = next((issue for issue in step.issues if issue.severity is Severity.ERROR), None)
        if fault is not None:
            return message(fault, self._language)
        return "; ".join(self._changed(step, one) for one in differences(step))

    def _changed(self, step: Step, one: Difference) -> str:
        header = ENTITIES[step.kind].field(one.field).header(self._language)
        return f"{header}: {self._shown(one.before)} → {self._shown(one.after)}"

    def _shown(self, value: object) -> str:
        if isinstance(value, bool):
            return translate("yes", self._language) if value else translate("no", self._language)
        if isinstance(value, tuple):
            return ", ".join(map(str, value)) or translate("(blank)", self._language)
        return translate("(blank)", self._language) if value is None else str(value)


def _named(step: Step) -> str:
    name = step.values.get("name") or step.values.get("address") or ""
    number = step.number if step.number is not None else step.customer_number
    return " ".join(str(part) for part in (number, name) if part not in {None, ""})
