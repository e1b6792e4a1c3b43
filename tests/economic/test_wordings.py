from __future__ import annotations

import string

import pytest

from bulkio.errors import NoConnection, NoPermission, QuotaUsedUp
from bulkio.language import Language, word_error, word_issue
from bulkio.language.wordings.economic import WORDINGS
from bulkio.model.issue import Issue, Source
from bulkio.model.place import Place

OF_A_RUN = {
    "insecure_url",
    "not_a_url",
    "no_connection",
    "no_answer",
    "unexpected_answer",
    "wrong_tokens",
    "quota_used_up",
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", sorted(set(WORDINGS) - OF_A_RUN))
def test_a_refused_row_says_the_apis_words_and_our_hint(code: str, language: Language) -> None:
    issue = Issue(
        code,
        Place("Kunder", 3, "By", "F"),
        source=Source.API,
        parameters={"text": "Perioden er {spærret}.", "hint": "h"},
    )
    worded = word_issue(issue, language)

    assert worded.message == "Perioden er {spærret}."
    assert worded.hint
    assert word_issue(Issue(code, Place()), language).message, "words of our own where the API gave none"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "error",
    [
        NoConnection("no_connection", host="a"),
        NoConnection("no_answer", host="a", path="/self", reason="timeout"),
        NoConnection("unexpected_answer", host="a", path="/self", status=404, text=""),
        NoPermission("wrong_tokens", host="a", text=""),
        NoPermission("no_permission", host="a", text="", path="/self"),
        QuotaUsedUp("quota_used_up", host="a", minutes=3),
    ],
)
def test_a_runs_fault_is_worded_with_what_it_carries(error: NoConnection, language: Language) -> None:
    worded = word_error(error, language)

    assert worded.message != str(error)
    assert worded.hint


def test_words_of_rows_need_nothing_that_a_row_does_not_have() -> None:
    asked = {
        name
        for code in set(WORDINGS) - OF_A_RUN
        for text in WORDINGS[code]
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }

    assert asked <= {"value", "column"}
