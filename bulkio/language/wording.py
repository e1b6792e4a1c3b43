"""A code and its parameters, worded for an accountant: what is wrong, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from bulkio.errors import BulkioError
from bulkio.language.translation import Language, translate
from bulkio.language.wordings.check import COERCIONS
from bulkio.model.coercion import CoercionKind
from bulkio.model.issue import Issue, Source

ROOMS = ("check", "workbook", "economic", "upload", "run")
"""Files of `wordings`, one a room, each with `WORDINGS: dict[str, tuple[str, str]]` of message and hint by code."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is wrong, and what to do about it (empty where there is nothing to add)."""

    message: str
    hint: str


@cache
def wordings() -> dict[str, tuple[str, str]]:
    """Every code with its English message and hint."""
    merged: dict[str, tuple[str, str]] = {}
    for room in ROOMS:
        merged |= import_module(f"bulkio.language.wordings.{room}").WORDINGS
    return merged


def word_issue(issue: Issue, language: Language) -> Wording:
    """An issue's message and hint. What the API said is shown in its own words, with the hint we know for its code."""
    parameters = {"value": issue.value or "", "column": issue.place.column or "", **issue.parameters}
    own = wordings().get(issue.code)
    spoken = str(issue.parameters.get("text", "")) if issue.source is Source.API else ""
    if own is None:
        return Wording(spoken or issue.code, str(issue.parameters.get("hint", "")))
    message, hint = (translate(text, language, **parameters) for text in own)
    return Wording(spoken or message, hint)


def word_coercion(kind: CoercionKind, count: int, shown: str, sent: str, language: Language) -> str:
    """How many cells of a column are sent otherwise than they stand, why, and one of them."""
    return translate(COERCIONS[kind.value], language, count=count, shown=shown, sent=sent)


def word_error(error: BulkioError, language: Language) -> Wording:
    """A run's fault in one line, and what to do."""
    own = wordings().get(error.code)
    if own is None:
        return Wording(str(error), "")
    message, hint = (translate(text, language, **error.parameters) for text in own)
    return Wording(message, hint)
