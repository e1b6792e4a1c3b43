"""Nothing is changed silently: what is sent otherwise than it stands is listed with all its rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkio.checking import check
from bulkio.checking.ledger import as_sent
from bulkio.language import Language, word_coercion
from bulkio.model.coercion import Coercion, CoercionKind
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind
from tests.checking.sheets import AGREEMENT, GOOD_CUSTOMER, Cell, Row, number, table, workbook


def ledger(*cells: dict[str, str | Cell | None], decimal: str | None = None) -> list[Coercion]:
    rows: list[Row] = [{**GOOD_CUSTOMER, "payment_terms": number("2"), **one} for one in cells]
    checked = check(workbook(table(Kind.CUSTOMERS, rows)), AGREEMENT, decimal)
    return list(checked.coercions)


def told(*cells: dict[str, str | Cell | None]) -> list[tuple[str, str, str, str]]:
    return [(one.field, one.kind.value, each.shown, each.sent) for one in ledger(*cells) for each in one.changes]


@pytest.mark.parametrize(
    ("field", "text", "kind", "sent"),
    [
        ("city", " Odense ", "spaces", "Odense"),
        ("city", "Odense\u00a0", "spaces", "Odense"),
        ("name", "\u200bBo", "spaces", "Bo"),
        ("credit_limit", "12.500,50", "number", "12500.50"),
        ("credit_limit", "7,5", "number", "7.5"),
        ("customer_number", "007", "number", "7"),
        ("barred", "ja", "word", "true"),
        ("currency", "dkk", "lookup", "DKK"),
        ("payment_terms", "Netto 14 dage", "lookup", "2"),
        ("vat_zone", "domestic", "lookup", "1"),
    ],
)
def test_a_cell_that_is_sent_otherwise_is_listed(field: str, text: str, kind: str, sent: str) -> None:
    assert told({field: text}) == [(field, kind, text, sent)]


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("city", "Odense"),
        ("postal_code", "0900"),
        ("phone", "+45 20304050"),
        ("cvr_number", number("12345678")),
        ("credit_limit", number("12500.5")),
        ("customer_number", number("7")),
        ("name", "NA"),
        ("city", None),
        ("city", "   "),
        ("credit_limit", "ti tusind"),
        ("city", Cell("#N/A", CellKind.ERROR)),
    ],
)
def test_what_is_sent_as_it_stands_or_not_at_all_is_not(field: str, cell: str | Cell | None) -> None:
    assert told({field: cell}) == []


def test_a_column_is_counted_and_each_spelling_has_its_rows() -> None:
    (found,) = ledger({"city": " A"}, {"city": "B"}, {"city": " A"}, {"city": "C "})

    assert (found.count, found.kind, found.place.column, found.place.letter is not None) == (3, "spaces", "City", True)
    assert [(one.shown, one.sent, one.rows) for one in found.changes] == [(" A", "A", (2, 4)), ("C ", "C", (5,))]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_difference_is_listed_and_nothing_else(texts: list[str]) -> None:
    rows: list[Row] = [{**GOOD_CUSTOMER, "city": text or None} for text in texts]
    checked = check(workbook(table(Kind.CUSTOMERS, rows)), AGREEMENT)
    values = checked.tables[Kind.CUSTOMERS].values["city"]
    listed = {
        row: one.sent for each in checked.coercions if each.field == "city" for one in each.changes for row in one.rows
    }
    differing = {
        row: as_sent(values.loc[row])
        for row, text in enumerate(texts, 2)
        if values.loc[row] is not None and as_sent(values.loc[row]) != text
    }

    assert listed == differing


@pytest.mark.parametrize("kind", list(CoercionKind))
@pytest.mark.parametrize("language", list(Language))
def test_each_reason_has_words_in_both_languages(kind: CoercionKind, language: Language) -> None:
    words = word_coercion(kind, 37, " Odense ", "Odense", language)

    assert "37" in words
    assert "“ Odense ”" in words
    assert "{" not in words
