"""The words of a results workbook, and the way back from them to the machine's own."""

from __future__ import annotations

from functools import cache

from bulkio.language.translation import Language, translate
from bulkio.language.wordings.workbook import (
    MESSAGE_HEADING,
    NUMBER_HEADING,
    STATUS_HEADING,
    STATUS_WORDS,
    TOLD_HEADINGS,
)
from bulkio.model.outcome import Status


def headings(language: Language) -> tuple[str, str, str]:
    """The headings of the status, number and message columns."""
    status, number, message = (translate(one, language) for one in (STATUS_HEADING, NUMBER_HEADING, MESSAGE_HEADING))
    return status, number, message


def status_word(status: Status, language: Language) -> str:
    """The word of a status as the results workbook shows it."""
    return translate(STATUS_WORDS[status.value], language)


@cache
def status_by_word() -> dict[str, Status]:
    """Every word that a status cell may hold, in any language, casefolded; the machine's own words too."""
    words = {status.value: status for status in Status}
    return words | {status_word(status, language).casefold(): status for status in Status for language in Language}


@cache
def part_by_heading() -> dict[str, str]:
    """Which of `status`, `number`, `message` a heading of ours names, in any language, casefolded; `told` are columns of an export to be passed over."""
    parts = ("status", "number", "message")
    told = {translate(one, language).casefold(): "told" for one in TOLD_HEADINGS for language in Language}
    return told | {
        heading.casefold(): part
        for language in Language
        for part, heading in zip(parts, headings(language), strict=True)
    }
