"""Cells of the user's own workbook exchanged in place: the cell is changed, nothing else is."""

from __future__ import annotations

import stat
from pathlib import Path
from shutil import copy
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from bulkio.errors import CannotWrite
from bulkio.model.kind import Kind
from bulkio.workbook import CellValue, patch_cells, read

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return Path(copy(SAMPLES / "kunder-med-fejl.xlsx", tmp_path))


def patch(path: Path, *cells: CellValue) -> None:
    patch_cells(path, path, cells, read(path).digest)


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_cell_gets_its_value_and_every_other_cell_and_part_stays(faulty: Path) -> None:
    before, was = parts(faulty), read(faulty)
    customers = was.tables[Kind.CUSTOMERS]
    letter = next(column.letter for column in customers.columns if column.field == "ean_number")

    patch(faulty, CellValue("Kunder", 9, letter, "5798000100121"))

    after, now = parts(faulty), read(faulty)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    assert list(before) == list(after)
    changed = customers.frame.copy()
    changed.loc[9, "ean_number"] = "5798000100121"
    assert now.tables[Kind.CUSTOMERS].frame.equals(changed)
    assert all(now.tables[kind].frame.equals(was.tables[kind].frame) for kind in Kind if kind is not Kind.CUSTOMERS)


def test_the_rest_of_the_patched_part_is_byte_for_byte_what_it_was(faulty: Path) -> None:
    before = cells_of(parts(faulty)["xl/worksheets/sheet1.xml"])

    patch(faulty, CellValue("Kunder", 9, "B", "Ærø & <Søn>"))

    after = cells_of(parts(faulty)["xl/worksheets/sheet1.xml"])
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert 'r="B9"' in changed[0][0]
    assert "Ærø &amp; &lt;Søn&gt;" in changed[0][1]


def cells_of(part: bytes) -> list[str]:
    """The part cut before each cell."""
    return part.decode().split("<c ")


def test_a_blank_cell_is_filled_and_a_filled_one_emptied(faulty: Path) -> None:
    patch(faulty, CellValue("Kunder", 7, "B", "Ågade Vin"), CellValue("Kunder", 8, "B", None))

    frame = read(faulty).tables[Kind.CUSTOMERS].frame
    column = read(faulty).tables[Kind.CUSTOMERS].columns[1].field
    assert frame.at[7, column] == "Ågade Vin"
    assert frame.at[8, column] is None


def test_a_cell_that_is_not_there_yet_takes_its_columns_style(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    book = Workbook()
    sheet = book.create_sheet("Customers", 0)
    sheet.append(["Customer number", "Name", "City"])
    sheet.append([1, "One", None])
    sheet["A2"].font = Font(bold=True)
    book.save(path)

    patch(path, CellValue("Customers", 2, "C", "Aarhus"), CellValue("Customers", 2, "A", "12", number=True))

    again = load_workbook(path)["Customers"]
    assert (again["A2"].value, again["B2"].value, again["C2"].value) == (12, "One", "Aarhus")
    assert again["A2"].font.bold


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=60).filter(
        lambda text: bool(text.strip())
    )
)
def test_any_text_comes_back_as_it_was_typed(tmp_path: Path, text: str) -> None:
    path = Path(copy(SAMPLES / "customers-good.xlsx", tmp_path / "book.xlsx"))

    patch(path, CellValue("Customers", 3, "B", text))

    table = read(path).tables[Kind.CUSTOMERS]
    assert table.frame.at[3, table.columns[1].field] == text


def test_a_workbook_that_changed_since_is_left_alone(faulty: Path) -> None:
    digest = read(faulty).digest
    patch(faulty, CellValue("Kunder", 9, "B", "another program"))
    changed = faulty.read_bytes()

    with pytest.raises(CannotWrite, match="workbook_changed_meanwhile"):
        patch_cells(faulty, faulty, [CellValue("Kunder", 9, "B", "mine")], digest)

    assert faulty.read_bytes() == changed


def test_a_formula_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    book = Workbook()
    sheet = book.create_sheet("Customers", 0)
    sheet.append(["Customer number", "Name"])
    sheet.append([1, "=A2&A2"])
    book.save(path)
    before = path.read_bytes()

    with pytest.raises(CannotWrite, match="cell_holds_a_formula"):
        patch(path, CellValue("Customers", 2, "B", "11"))

    assert path.read_bytes() == before


def test_a_private_file_stays_private(faulty: Path) -> None:
    faulty.chmod(0o600)

    patch(faulty, CellValue("Kunder", 9, "B", "x"))

    assert stat.S_IMODE(faulty.stat().st_mode) == 0o600
    assert [one.name for one in faulty.parent.iterdir()] == [faulty.name]
