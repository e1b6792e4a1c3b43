"""Corrections: judged at once, undone and done again, kept across restarts, and written as single cells."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkio.cli.wiring import snapshot_of
from bulkio.errors import CannotWrite
from bulkio.flows.mend_workbook import Mending, mend_workbook
from bulkio.model.answers import AS_FOUND
from bulkio.model.correction import Change, Correction, History
from bulkio.model.issue import Severity
from bulkio.model.kind import Kind
from bulkio.settings.agreements import SANDBOX
from bulkio.settings.folders import folders
from bulkio.workbook import read

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BULKIO_HOME", str(tmp_path / "home"))
    return Path(copy(SAMPLES / "kunder-med-fejl.xlsx", tmp_path))


def opened(path: Path) -> Mending:
    return mend_workbook(path, lambda: snapshot_of(SANDBOX), AS_FOUND, folders())


def ean(mending: Mending, text: str) -> Change:
    return (mending.correction(Kind.CUSTOMERS, 9, "ean_number", text),)


def faults_of_row(mending: Mending, row: int) -> list[str]:
    judged = mending.judge(mending.workbook)
    return [issue.code for issue in judged.issues if (issue.place.sheet, issue.place.row) == ("Kunder", row)]


def test_a_correction_is_judged_without_the_rest_of_the_workbook_as_with_it(faulty: Path) -> None:
    mending = opened(faulty)

    tried = {text: [one.code for one in mending.trial(ean(mending, text))] for text in ("5798000100121", "57", "")}
    judged = {}
    for text in tried:
        mending.change(ean(mending, text))
        judged[text] = faults_of_row(mending, 9)
        mending.undo()

    assert tried == judged
    assert "bad_check_digit" not in tried[""]


def test_every_row_of_the_sample_is_judged_alone_as_in_the_whole(faulty: Path) -> None:
    mending = opened(faulty)
    whole = {
        (issue.place.sheet, issue.place.row, issue.place.letter, issue.code)
        for issue in mending.checked.issues
        if issue.place.row is not None and issue.code != "not_checked"
    }
    alone = set()
    for kind, table in mending.workbook.tables.items():
        for row in table.frame.index.tolist():
            same = Correction(kind, row, table.columns[0].field, None, table.shown(row, table.columns[0].field))
            for issue in mending.trial((same,)):
                alone.add((issue.place.sheet, issue.place.row, issue.place.letter, issue.code))

    assert alone == whole


def test_what_refers_to_a_corrected_row_is_judged_anew(faulty: Path) -> None:
    mending = opened(faulty)
    before = [one for one in mending.checked.issues if one.code == "unknown_customer"]
    place = before[0].place
    assert place.row is not None
    number = mending.workbook.tables[Kind.CUSTOMERS].shown(5, "customer_number") or ""

    mending.change((mending.correction(Kind.CONTACTS, place.row, "customer", number),))

    after = [one for one in mending.judge(mending.workbook).issues if one.code == "unknown_customer"]
    assert len(after) == len(before) - 1


def test_undo_and_redo_work_across_a_restart(faulty: Path) -> None:
    first = opened(faulty)
    first.change(ean(first, "5798000100121"))
    first.change((first.correction(Kind.CUSTOMERS, 7, "name", "Ågade Vin"),))

    second = opened(faulty)
    assert second.unwritten == 2
    second.undo()
    third = opened(faulty)
    third.redo()

    assert second.workbook.tables[Kind.CUSTOMERS].shown(7, "name") is None
    assert third.workbook.tables[Kind.CUSTOMERS].shown(7, "name") == "Ågade Vin"


def test_written_corrections_are_in_the_file_and_can_still_be_undone(faulty: Path) -> None:
    mending = opened(faulty)
    before = mending.workbook.tables[Kind.CUSTOMERS].shown(9, "ean_number")
    mending.change(ean(mending, "5798000100121"))
    mending.write()
    written = read(faulty).tables[Kind.CUSTOMERS].shown(9, "ean_number")

    again = opened(faulty)
    again.undo()
    again.write()

    assert written == "5798000100121"
    assert read(faulty).tables[Kind.CUSTOMERS].shown(9, "ean_number") == before
    assert again.unwritten == 0


def test_a_workbook_changed_meanwhile_by_another_program_is_not_written_over(faulty: Path) -> None:
    mending = opened(faulty)
    mending.change(ean(mending, "5798000100121"))
    other = opened(faulty)
    other.change((other.correction(Kind.CUSTOMERS, 7, "name", "from elsewhere"),))
    other.write()

    with pytest.raises(CannotWrite, match="workbook_changed_meanwhile"):
        mending.write()

    assert read(faulty).tables[Kind.CUSTOMERS].shown(7, "name") == "from elsewhere"


def test_a_workbook_whose_faults_are_all_corrected_has_none(faulty: Path) -> None:
    mending = opened(faulty)
    mends = {
        "account": "5600", "name": "Ågade Vin", "ean_number": "", "email": "post@example.dk", "credit_limit": "10000",
        "vat_zone": "1", "payment_terms": "1", "customer_group": "1", "sales_person": "", "p_number": "", "barred": "nej",
        "email_notifications": "", "location_number": "", "customer": "30001",
    }  # fmt: skip
    for _ in range(3):
        errors = [one for one in mending.judge(mending.workbook).issues if one.severity is Severity.ERROR]
        for issue in errors:
            kind = next(kind for kind, table in mending.workbook.tables.items() if table.sheet == issue.place.sheet)
            assert issue.field is not None
            assert issue.place.row is not None
            text = f"3999{issue.place.row}" if issue.code == "duplicate" else mends.get(issue.field, "")
            if issue.code != "reference_to_faulty_row":
                mending.change((mending.correction(kind, issue.place.row, issue.field, text),))
    mending.write()

    assert not [one for one in opened(faulty).checked.issues if one.severity is Severity.ERROR]


cells = st.builds(
    Correction,
    st.just(Kind.CUSTOMERS),
    st.integers(2, 4),
    st.sampled_from(["name", "city"]),
    st.none(),
    st.none() | st.sampled_from(["a", "b", "c"]),
)


@given(st.lists(st.tuples(st.sampled_from(["change", "undo", "redo", "write"]), cells), max_size=30))
def test_the_file_and_what_leads_from_it_always_give_what_is_in_force(
    steps: list[tuple[str, Correction]],
) -> None:
    now: dict[tuple[int, str], str | None] = {}
    held: dict[tuple[int, str], str | None] = {}
    history = History()
    for step, cell in steps:
        change: Change = ()
        if step == "change":
            change = (Correction(cell.kind, cell.row, cell.field, now.get((cell.row, cell.field)), cell.after),)
            history = history.with_change(change)
        elif step == "undo" and history.at:
            history, change = history.undone()
        elif step == "redo" and history.at < len(history.changes):
            history, change = history.redone()
        now |= {(one.row, one.field): one.after for one in change}
        if step == "write":
            held |= {(one.row, one.field): one.after for one in history.unwritten()}
            history = history.written()
        reached = held | {(one.row, one.field): one.after for one in history.unwritten()}
        assert {cell: text for cell, text in reached.items() if text} == {c: text for c, text in now.items() if text}
