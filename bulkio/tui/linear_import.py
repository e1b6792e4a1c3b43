"""The import's first look line by line: what was found, what will happen, and what the user makes of it."""

from __future__ import annotations

from collections.abc import Callable

from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.tui.figures import count
from bulkio.tui.findings import ACTIONS, found_in, intended_by
from bulkio.tui.linear_review import LISTED, LinearReview, Talk
from bulkio.tui.plan_lines import PlanLines, action_words
from bulkio.tui.ports import Prepared
from bulkio.tui.screens.overview import Decision


def decide(prepared: Prepared, mend: Callable[[Checked], Mending], language: Language, talk: Talk) -> Decision:
    """Say what was found and what will happen, and let the user decide; corrections that were written mean to read again."""
    _tell(prepared, language, talk)
    question = translate("u: upload. r: review the faults. p: row by row. q: leave without sending.", language)
    while (answer := talk.ask(question)) is not None:
        match answer.strip().casefold():
            case "u":
                return Decision.UPLOAD
            case "q":
                return Decision.LEAVE
            case "p":
                _row_by_row(prepared, language, talk)
            case "r":
                if LinearReview(mend(prepared.checked), language, talk).run():
                    return Decision.READ_AGAIN
            case _:
                talk.say(translate("That is none of the answers.", language))
    return Decision.LEAVE


def _tell(prepared: Prepared, language: Language, talk: Talk) -> None:
    kind = "PRACTICE AGREEMENT" if prepared.practice else "REAL AGREEMENT"
    talk.say(f"{prepared.company}, {prepared.agreement_number}: {translate(kind, language)}")
    for one in found_in(prepared.checked):
        facts = {"rows": one.rows, "good": one.good, "faulty": one.faulty, "warned": one.warned, "hidden": one.hidden}
        told = translate(
            "{sheet}: {rows} rows, {good} good, {faulty} faulty, {warned} with a warning, {hidden} hidden.",
            language,
            sheet=one.sheet,
            **{name: count(number, language) for name, number in facts.items()},
        )
        talk.say(told)
    words = action_words(language)
    for intended in intended_by(prepared.plan, prepared.checked):
        counted = ((words[action], number) for action, number in zip(ACTIONS, intended.counts, strict=True))
        parts = ", ".join(f"{word} {count(number, language)}" for word, number in counted if number)
        talk.say(f"{intended.sheet}: {parts or '0'}")


def _row_by_row(prepared: Prepared, language: Language, talk: Talk) -> None:
    lines = PlanLines(prepared.plan, language)
    for row in range(min(lines.rows, LISTED)):
        talk.say("  ".join(text for column in range(4) if (text := lines.cell(row, column)[0])))
    if lines.rows > LISTED:
        talk.say(translate("… and {number} more", language, number=count(lines.rows - LISTED, language)))
