"""The scanner beside two readers of other makers: on workbooks made at random, and on those found in the wild."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from bulkio.errors import NoKnownSheet, NotAWorkbook
from bulkio.model.table import CellKind
from bulkio.workbook import read
from tests.workbook.parts import LETTERS, Book, sheet_xml
from tests.workbook.whole import cells_of, differences, peer_cells, scanned_sheets

CORPUS = Path(__file__).parents[2] / "../shared/data/corpus"
WORKBOOKS = sorted(CORPUS.glob("*.xls[xm]"))
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(
    lambda text: not ILLEGAL_CHARACTERS_RE.search(text) and text.strip() == text and "_x" not in text
)
TRICKY = st.sampled_from(
    ["0900", "NA", "None", "nan", "_x0041_", "a\nb", "<t>&amp;</t>", "]]>", "TRUE", "1E5", "#N/A", "=1"]
)
NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
)
DATES = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 1, 1)).map(lambda one: one.replace(microsecond=0))
VALUES = st.one_of(st.none(), TEXTS, TRICKY, NUMBERS, st.booleans(), DATES)
GRIDS = st.lists(st.lists(VALUES, max_size=6), max_size=8)


def expected(value: object) -> tuple[str | None, CellKind] | None:
    """What a value written by openpyxl is shown as; None where it is no cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).upper(), CellKind.BOOLEAN
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds"), CellKind.DATE
    if isinstance(value, (int, float)):
        number = Decimal(f"{value:.15g}")
        return f"{number.normalize():f}" if number else "0", CellKind.NUMBER
    return str(value).replace("_x0041_", "A"), CellKind.TEXT


@given(GRIDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_openpyxl_writes_is_read_as_it_was_meant(tmp_path: Path, grid: list[list[object]]) -> None:
    path = _written(tmp_path / "grid.xlsx", grid)
    ((title, scanned),) = scanned_sheets(path)
    wanted = {
        (row, column): cell
        for row, values in enumerate(grid, 1)
        for column, value in enumerate(values, 1)
        if (cell := expected(value)) is not None
    }

    assert cells_of(scanned) == wanted
    assert differences(cells_of(scanned), peer_cells(path, title)) == {}


@pytest.mark.long
@given(GRIDS)
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nor_does_the_peer_see_anything_else_in_a_thousand(tmp_path: Path, grid: list[list[object]]) -> None:
    path = _written(tmp_path / "grid.xlsx", grid)
    ((title, scanned),) = scanned_sheets(path)

    assert differences(cells_of(scanned), peer_cells(path, title)) == {}


def _written(path: Path, grid: list[list[object]]) -> Path:
    """The grid as openpyxl saves it; texts as texts, dates with their time."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    for row, values in enumerate(grid, 1):
        for column, value in enumerate(values, 1):
            cell = page.cell(row, column)
            cell.value = value  # type: ignore[assignment]  # any value that a cell takes
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, dt.datetime):
                cell.number_format = "yyyy-mm-dd hh:mm:ss"
    workbook.save(path)
    return path


XML_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="<&\r", exclude_categories=("Cs", "Cc")), max_size=12
)
INNER = st.one_of(
    XML_TEXTS.map(lambda text: f"<v>{text}</v>"),
    XML_TEXTS.map(lambda text: f'<is><t xml:space="preserve">{text}</t></is>'),
    st.sampled_from(
        ["", "<v/>", "<f>1+1</f>", "<f>1+1</f><v>2</v>", "<v>1</v>", "<v>1E400</v>", "<v>-0.0</v>", "<is/>"]
    ),
    st.sampled_from(
        ["<v>&#x41;</v>", "<v><!-- c -->1</v>", "<v><![CDATA[1]]></v>", "<x/>", "<v>", "</c>", "<c>", "<v>&no;</v>"]
    ),
)
TYPES = st.sampled_from(
    ["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"', ' s="1"', ' t="?"']
)
CELLS = st.builds(
    lambda letter, row, kind, inner: f'<c r="{letter}{row}"{kind}>{inner}</c>',
    st.sampled_from([*LETTERS[:6], "", "XFD", "aa"]),
    st.integers(0, 12),
    TYPES,
    INNER,
)
ROWS = st.builds(
    lambda row, more, cells: f"<row{row}{more}>{''.join(cells)}</row>",
    st.sampled_from(["", ' r="2"', ' r="3"', ' r="7"', ' r="0"', ' r="x"']),
    st.sampled_from(["", ' hidden="1"', ' spans="1:3"']),
    st.lists(CELLS, max_size=5),
)


@given(st.lists(ROWS, max_size=5))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sheet_is_read_or_refused_and_never_crashes(tmp_path: Path, rows: list[str]) -> None:
    path = Book({"Sheet": sheet_xml("".join(rows))}).save(tmp_path / "book.xlsx")
    with suppress(NotAWorkbook):
        ((_, scanned),) = scanned_sheets(path)
        assert len(scanned.rows) == len(scanned.columns) == len(scanned.texts) == len(scanned.kinds)


@given(st.binary(max_size=400), st.integers(0, 10_000))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_to_a_file_is_one_clear_fault(tmp_path: Path, noise: bytes, place: int) -> None:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    data = stream.getvalue()
    place %= len(data)
    path = tmp_path / "book.xlsx"
    path.write_bytes(data[:place] + noise + data[place + len(noise) :])
    with suppress(NotAWorkbook, NoKnownSheet):
        read(path)


@pytest.mark.skipif(not WORKBOOKS, reason="../shared/data/corpus is not beside this checkout")
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_a_workbook_found_in_the_wild_is_read_as_the_peer_reads_it(path: Path) -> None:
    for title, scanned in scanned_sheets(path):
        assert differences(cells_of(scanned), peer_cells(path, title)) == {}
