"""What a results workbook says beside a row."""

from __future__ import annotations

import pytest

from bulkio.flows.results import Summary, annotation
from bulkio.language import Language
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place

SHEET = "Customers"


def message(outcome: Outcome, language: Language = Language.ENGLISH) -> str:
    (mark,) = annotation([outcome], outcome.issues, Summary("bulkio", ()), language).rows
    return mark.message


def lost(*, costs_row: bool) -> Issue:
    place = Place(SHEET, 4, "Attention", "W")
    return Issue("unknown_contact", place, value="Bo", costs_row=costs_row, parameters={"options": "Eva"})


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, "Number 7 is in; only this could not be set:"),
        (Language.DANISH, "Nummer 7 er oprettet eller opdateret"),
    ],
)
def test_a_row_that_lost_only_a_field_says_that_its_record_is_in(language: Language, words: str) -> None:
    outcome = Outcome(Kind.CUSTOMERS, Place(SHEET, 4), Status.REFUSED, 7, issues=(lost(costs_row=False),))

    first, second = message(outcome, language).split("\n")
    assert first.startswith(words)
    assert "Bo" in second


@pytest.mark.parametrize("number", [None, 7])
def test_a_row_that_did_not_go_in_says_only_why(number: int | None) -> None:
    outcome = Outcome(Kind.CUSTOMERS, Place(SHEET, 4), Status.REFUSED, number, issues=(lost(costs_row=True),))

    assert "is in" not in message(outcome)
    assert "Bo" in message(outcome)
