"""What holds of any workbook, whatever stands in its cells."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bulkio.checking import check
from bulkio.entities import ENTITIES
from bulkio.model.checked import Checked
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.model.table import CellKind
from tests.checking.sheets import AGREEMENT, GOOD_CUSTOMER, Cell, Row, table, workbook

TELLING = st.sampled_from(
    ["1", "2", "500", "K1", "DKK", "ja", "1.000", "Bo", "a@b.dk", "fakturaer", "#N/A", "5,7E+12", "13585627"]
)
TEXTS = st.one_of(TELLING, st.text(max_size=20), st.integers().map(str), st.floats().map(str))
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.builds(Cell, TEXTS, st.sampled_from(list(CellKind))),
)


def rows(kind: Kind) -> st.SearchStrategy[list[Row]]:
    fields = {field.name: CELLS for field in ENTITIES[kind].fields}
    return st.lists(st.fixed_dictionaries(fields), max_size=4)


SHEETS = st.tuples(*(rows(kind) for kind in Kind))


def checked_sheets(sheets: tuple[list[Row], ...]) -> Checked:
    fields = {kind: [field.name for field in ENTITIES[kind].fields] for kind in Kind}
    made = [table(kind, found, fields[kind]) for kind, found in zip(Kind, sheets, strict=True)]
    return check(workbook(*made), AGREEMENT)


@settings(max_examples=20, deadline=None)
@given(SHEETS)
def test_no_cell_is_too_strange_and_every_refused_row_has_an_error(sheets: tuple[list[Row], ...]) -> None:
    checked = checked_sheets(sheets)

    for found in checked.tables.values():
        told = {
            issue.place.row
            for issue in checked.issues
            if issue.place.sheet == found.table.sheet and issue.severity is Severity.ERROR and issue.costs_row
        }
        assert found.refused == told


@settings(max_examples=20, deadline=None)
@given(SHEETS)
def test_a_cell_has_at_most_one_error_and_then_no_value(sheets: tuple[list[Row], ...]) -> None:
    checked = checked_sheets(sheets)
    kinds = {found.table.sheet: kind for kind, found in checked.tables.items()}
    faulty = [
        (kinds[issue.place.sheet], issue.place.row or 0, issue.field or "")
        for issue in checked.issues
        if issue.severity is Severity.ERROR and issue.place.sheet
    ]

    assert len(faulty) == len(set(faulty))
    assert all(checked.tables[kind].values.loc[row, field] is None for kind, row, field in faulty)


@settings(max_examples=15, deadline=None)
@given(rows(Kind.CUSTOMERS), st.randoms(use_true_random=False))
def test_faults_do_not_depend_on_the_order_of_rows(found: list[Row], random: Random) -> None:
    fields = [field.name for field in ENTITIES[Kind.CUSTOMERS].fields]
    order = list(range(len(found)))
    random.shuffle(order)
    one = check(workbook(table(Kind.CUSTOMERS, found, fields)), AGREEMENT)
    other = check(workbook(table(Kind.CUSTOMERS, [found[at] for at in order], fields)), AGREEMENT)

    assert _faults(one, list(range(len(found)))) == _faults(other, order)


@settings(max_examples=30, deadline=None)
@given(st.permutations([*GOOD_CUSTOMER, "city", "barred", "credit_limit"]))
def test_a_good_row_is_good_whatever_the_order_of_columns(fields: list[str]) -> None:
    row: Row = {**GOOD_CUSTOMER, "city": "Odense", "barred": "ja", "credit_limit": "12.500,50"}
    checked = check(workbook(table(Kind.CUSTOMERS, [row], fields)), AGREEMENT)

    assert checked.issues == ()
    assert checked.tables[Kind.CUSTOMERS].values.columns.tolist() == fields


def _faults(checked: Checked, order: list[int]) -> set[tuple[int, str | None, str]]:
    """Each issue under its row's place in the original order."""
    return {(order[(issue.place.row or 0) - 2], issue.field, issue.code) for issue in checked.issues}
