"""A results workbook is the user's own file, with what became of each row beside it."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable

from bulkio.errors import CannotWrite, NotAWorkbook
from bulkio.language import Language
from bulkio.workbook import Tone, read
from bulkio.workbook.annotate import annotate
from bulkio.workbook.annotate_styles import COLOURS, OVER_A_FILL
from tests.workbook.marking import (
    HEADERS,
    OURS,
    OURS_BEGINS,
    by_libreoffice,
    changed_parts,
    customers,
    elements,
    fault,
    fills,
    marks,
    notes,
    parts,
    repacked,
    row,
    sheet_of,
    values,
)  # fmt: skip

ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
"""CT_Worksheet of ECMA-376 part 1, annex A.2."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return customers(tmp_path / "mine.xlsx")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "results.xlsx"


def rich(path: Path) -> Path:
    """A workbook with everything that careless writers lose."""
    workbook = openpyxl.load_workbook(customers(path, rows=6))
    sheet = workbook.worksheets[0]
    sheet["B2"].font = Font(name="Georgia", bold=True, color="FF112233")
    sheet["C3"].fill = PatternFill("solid", start_color="FFABCDEF")
    sheet["C3"].number_format = "0000"
    sheet["B4"].comment = Comment("Ask Bo", "Anna")
    sheet["I1"], sheet["I2"] = "My sum", "=SUM(A2:A7)"
    sheet.merge_cells("K2:L3")
    sheet.conditional_formatting.add(
        "A2:A7", Rule("cellIs", operator="greaterThan", formula=["1003"], dxf=DifferentialStyle(font=Font(bold=True)))
    )
    listed = DataValidation("list", formula1='"DKK,EUR"')
    listed.add("D2:D7")
    sheet.add_data_validation(listed)
    sheet["G2"].hyperlink = "mailto:k0@example.dk"
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[5].hidden = True
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=7), titles_from_data=True)
    sheet.add_chart(chart, "N2")
    other = workbook.create_sheet("Notes of mine")
    other["A1"] = "='Customers'!A2"
    workbook.save(path)
    return path


def test_status_number_and_message_stand_beside_each_row(source: Path, target: Path) -> None:
    annotate(source, target, marks((row(2), row(3, "refused", "Name: is empty.", Tone.BAD))))

    found = values(target)
    assert found[0] == [*HEADERS, "bulkio status", "bulkio number", "bulkio message"]
    assert found[1][7:] == ["created", 1002, None]
    assert found[2][7:] == ["refused", 1003, "Name: is empty."]
    assert [line[:7] for line in found] == values(source)


def test_the_source_is_not_touched(source: Path, target: Path) -> None:
    before = source.read_bytes()

    annotate(source, target, marks((row(2),), (fault(2, "B"),)))

    assert source.read_bytes() == before


def test_a_faulty_cell_gets_a_fill_and_a_note_and_keeps_its_value_format_and_font(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")

    annotate(source, target, marks((row(3),), (fault(3, "C", "No such group."), fault(2, "B", tone=Tone.WARNING))))

    before, after = sheet_of(source), sheet_of(target)
    assert notes(target) == {"B4": "Ask Bo", "C3": f"{OURS_BEGINS}No such group.", "B2": f"{OURS_BEGINS}Wrong."}
    assert fills(target)["C3"] == OVER_A_FILL[Tone.BAD]
    assert fills(target)["B2"] == COLOURS[Tone.WARNING]
    assert (after["C3"].value, after["C3"].number_format) == (before["C3"].value, "0000")
    assert (after["B2"].font.name, after["B2"].font.b, after["B2"].font.color.rgb) == ("Georgia", True, "FF112233")


def test_everything_careless_writers_lose_is_still_there(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")

    annotate(source, target, marks(tuple(row(number) for number in range(2, 8)), (fault(4, "B"),)))

    before, after = sheet_of(source), sheet_of(target)
    assert [line[:9] for line in values(target)] == [line[:9] for line in values(source)]
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert [str(one.sqref) for one in after.conditional_formatting] == ["A2:A7"]
    assert [str(one.sqref) for one in after.data_validations.dataValidation] == ["D2:D7"]
    assert after["G2"].hyperlink is not None
    assert after.column_dimensions["B"].width == 33
    assert after.row_dimensions[5].hidden
    assert after.freeze_panes == "B2"
    assert after.protection.sheet
    assert b"barChart" in parts(target)["xl/charts/chart1.xml"]
    assert {name for name in changed_parts(source, target) if not OURS.fullmatch(name)} == set()
    assert parts(source)["xl/worksheets/sheet2.xml"] == parts(target)["xl/worksheets/sheet2.xml"]


def test_the_elements_of_the_sheet_keep_the_order_of_the_standard(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")

    annotate(source, target, marks((row(2),), (fault(2, "B"),)))

    found = elements(parts(target)["xl/worksheets/sheet1.xml"])
    assert found == sorted(found, key=ORDER.index)
    assert {"legacyDrawing", "autoFilter", "drawing"} <= set(found)


def test_a_cached_value_of_a_formula_stays(tmp_path: Path, target: Path) -> None:
    source = customers(tmp_path / "mine.xlsx")
    sheet = parts(source)["xl/worksheets/sheet1.xml"]
    formula = b'<c r="A2"><f>500*2</f><v>1000</v></c>'
    source = repacked(source, {"xl/worksheets/sheet1.xml": sheet.replace(b'<c r="A2" t="n"><v>1000</v></c>', formula)})

    annotate(source, target, marks((row(2),), (fault(3, "B"),)))

    assert formula in parts(source)["xl/worksheets/sheet1.xml"]
    assert formula in parts(target)["xl/worksheets/sheet1.xml"]


def test_a_second_annotation_replaces_the_first(source: Path, target: Path, tmp_path: Path) -> None:
    first, once, twice = tmp_path / "first.xlsx", tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    earlier = marks((row(2, "refused", "Old words.", Tone.BAD), row(3)), (fault(2, "B", "Old words."), fault(5, "G")))
    later = marks((row(2), row(3, "refused", "New words.", Tone.BAD)), (fault(3, "C", "New words."),))

    annotate(source, first, earlier)
    annotate(first, twice, later)
    annotate(source, once, later)

    assert values(twice) == values(once)
    assert notes(twice) == notes(once)
    assert fills(twice) == fills(once)
    assert openpyxl.load_workbook(twice).sheetnames == openpyxl.load_workbook(once).sheetnames
    assert values(twice, "bulkio") == values(once, "bulkio")


def test_a_second_annotation_in_another_language_renames_the_columns(
    source: Path, target: Path, tmp_path: Path
) -> None:
    annotate(source, tmp_path / "first.xlsx", marks((row(2),)))
    annotate(tmp_path / "first.xlsx", target, marks((row(2),), language=Language.DANISH))

    assert values(target)[0][7:] == ["bulkio status", "bulkio nummer", "bulkio besked"]


def test_a_fill_of_the_users_comes_back_when_the_fault_is_gone(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")
    annotate(source, tmp_path / "first.xlsx", marks((row(3),), (fault(3, "C"),)))

    annotate(tmp_path / "first.xlsx", target, marks((row(3),)))

    assert fills(target)["C3"] == "FFABCDEF"


def test_a_note_of_the_users_is_extended_and_given_back(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")
    annotate(source, tmp_path / "first.xlsx", marks((row(4),), (fault(4, "B", "Is empty."),)))
    annotate(tmp_path / "first.xlsx", target, marks((row(4),)))

    extended = notes(tmp_path / "first.xlsx")["B4"]
    assert extended.startswith("Ask Bo")
    assert extended.endswith("Is empty.")
    assert notes(target) == {"B4": "Ask Bo"}


@pytest.mark.parametrize(
    "text", ["=1+1", "+45 12345678", "-", "@sum", "_x0041_", "a\x0bb", "<b>&", " spaced ", "line\nline", "æøå 漢 🙂"]
)
def test_words_are_written_as_words(source: Path, target: Path, text: str) -> None:
    annotate(source, target, marks((row(2, message=text),), (fault(2, "B", text),)))

    cell = sheet_of(target)["J2"]
    assert cell.data_type == "s"
    assert read(target).tables  # the reader takes its own words back
    if "\x0b" not in text and "_x" not in text:
        assert cell.value == text


def test_a_value_at_the_right_of_the_table_pushes_our_columns_further(source: Path, target: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook["Customers"]["I4"] = "mine"
    workbook.save(source)

    annotate(source, target, marks((row(2), row(4))))

    found = values(target)
    assert found[3][8] == "mine"
    assert found[0][9:] == ["bulkio status", "bulkio number", "bulkio message"]
    assert found[1][9] == "created"


def test_a_merged_range_at_the_right_of_the_table_does_not_hide_our_columns(source: Path, target: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook["Customers"].merge_cells("I2:J3")
    workbook.save(source)

    annotate(source, target, marks((row(2), row(3))))

    assert values(target)[0][10:] == ["bulkio status", "bulkio number", "bulkio message"]


def test_a_title_that_reaches_far_to_the_right_does_not(tmp_path: Path, target: Path) -> None:
    source = customers(tmp_path / "mine.xlsx", header_row=3)
    workbook = openpyxl.load_workbook(source)
    workbook["Customers"]["H1"] = "Stamdata"
    workbook.save(source)

    annotate(source, target, marks((row(4),)))

    assert values(target)[0][7] == "Stamdata"
    assert values(target)[2][7:] == ["bulkio status", "bulkio number", "bulkio message"]


def test_a_filter_reaches_over_our_columns(source: Path, target: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook["Customers"].auto_filter.ref = "A1:G5"
    workbook.save(source)

    annotate(source, target, marks((row(2), row(5))))

    assert sheet_of(target).auto_filter.ref == "A1:J5"
    assert "_xlnm._FilterDatabase" in parts(target)["xl/workbook.xml"].decode()


def test_a_sheet_without_a_filter_gets_one_at_its_header(tmp_path: Path, target: Path) -> None:
    source = customers(tmp_path / "mine.xlsx", header_row=3)

    annotate(source, target, marks((row(4), row(7))))

    assert sheet_of(target).auto_filter.ref == "A3:J7"


def test_a_table_grows_over_our_columns(source: Path, target: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook["Customers"].add_table(ExcelTable(displayName="Kunder", ref="A1:G5"))
    workbook.save(source)

    annotate(source, target, marks((row(2), row(5))))

    table = sheet_of(target).tables["Kunder"]
    assert table.ref == "A1:J5"
    assert [column.name for column in table.tableColumns] == values(target)[0]
    assert len({column.id for column in table.tableColumns}) == 10
    assert sheet_of(target).auto_filter.ref is None


def test_a_table_keeps_its_columns_when_it_is_annotated_again(source: Path, target: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook["Customers"].add_table(ExcelTable(displayName="Kunder", ref="A1:G5"))
    workbook.save(source)
    annotate(source, tmp_path / "first.xlsx", marks((row(2),)))

    annotate(tmp_path / "first.xlsx", target, marks((row(2),), language=Language.DANISH))

    table = sheet_of(target).tables["Kunder"]
    assert table.ref == "A1:J5"
    assert [column.name for column in table.tableColumns] == values(target)[0]


def test_the_summary_is_a_sheet_of_its_own_at_the_end(source: Path, target: Path) -> None:
    annotate(source, target, marks((row(2),)))

    assert openpyxl.load_workbook(target).sheetnames == ["Customers", "bulkio"]
    assert values(target, "bulkio") == [["Rows", 1], ["Run", "20260101-0000-abcd"]]


def test_a_sheet_of_the_users_that_is_called_like_ours_is_left_alone(
    source: Path, target: Path, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(source)
    workbook.create_sheet("bulkio")["A1"] = "mine"
    workbook.save(source)

    annotate(source, tmp_path / "first.xlsx", marks((row(2),)))
    annotate(tmp_path / "first.xlsx", target, marks((row(2),)))

    assert openpyxl.load_workbook(target).sheetnames == ["Customers", "bulkio", "bulkio 2"]
    assert values(target, "bulkio") == [["mine"]]


def test_rows_that_the_sheet_does_not_spell_out_are_added(source: Path, target: Path) -> None:
    annotate(source, target, marks((row(2), row(9, "refused", "Below.", Tone.BAD)), (fault(9, "B"),)))

    assert values(target)[8][7:] == ["refused", 1009, "Below."]
    assert "B9" in notes(target)


def test_the_results_are_read_back_as_what_they_say(source: Path, target: Path) -> None:
    annotate(source, target, marks((row(2), row(3, "refused", "No.", Tone.BAD))))

    (table,) = read(target).tables.values()
    assert table.written is not None
    assert table.written["status"].tolist()[:2] == ["created", "refused"]
    assert table.unknown == ()


PREFIXED = b'<?xml version="1.0"?><!-- made elsewhere --><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
UNADDRESSED = b'<x:row><x:c t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c></x:row>'


def test_a_sheet_with_prefixes_and_without_addresses_is_annotated_too(source: Path, target: Path) -> None:
    rows = (
        UNADDRESSED % (b"Customer number", b"Name")
        + UNADDRESSED % (b"1001", b"Kunde")
        + UNADDRESSED % (b"1002", b"Anden")
    )
    closing = (
        b'</x:sheetData><x:pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/></x:worksheet>'
    )
    source = repacked(source, {"xl/worksheets/sheet1.xml": PREFIXED + rows + closing})

    annotate(source, target, marks((row(2), row(3)), (fault(3, "B", "Here."),)))

    assert values(target)[1] == ["1001", "Kunde", "created", 1002, None]
    assert notes(target) == {"B3": f"{OURS_BEGINS}Here."}
    assert sheet_of(target).page_margins.left == 1


def test_a_workbook_without_styles_is_annotated_too(source: Path, target: Path) -> None:
    whole = parts(source)
    del whole["xl/styles.xml"]
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        whole[name] = re.sub(rb"<(Relationship|Override) [^>]*styles\.xml[^>]*/>", b"", whole[name])
    with ZipFile(source, "w") as archive:
        for name, content in whole.items():
            archive.writestr(name, content)

    annotate(source, target, marks((row(2),), (fault(2, "B"),)))

    assert values(target)[1][7] == "created"
    assert fills(target)["B2"] == COLOURS[Tone.BAD]


def test_a_place_that_takes_no_file_is_said_and_nothing_is_left_there(source: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        annotate(source, tmp_path / "no such folder" / "results.xlsx", marks((row(2),)))
    assert not list(tmp_path.glob("*.part"))


def test_a_damaged_sheet_leaves_the_earlier_results_as_they_were(source: Path, target: Path) -> None:
    target.write_bytes(b"earlier")
    repacked(source, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})

    with pytest.raises(NotAWorkbook):
        annotate(source, target, marks((row(2),), (fault(2, "B"),)))
    assert target.read_bytes() == b"earlier"


@pytest.mark.long
def test_libreoffice_shows_the_same_cells_notes_and_fills(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")
    words = ("=1+1", "+45 12 34 56 78", "Navn: er tom.\nSkriv et.", "æøå 漢")
    annotate(
        source,
        target,
        marks(tuple(row(2 + at, message=text) for at, text in enumerate(words)), (fault(3, "C", "Ukendt."),)),
    )

    opened = by_libreoffice(target, tmp_path)

    assert [line[7:] for line in values(opened)][1:5] == [line[7:] for line in values(target)][1:5]
    assert [cell.value for cell in sheet_of(opened)["A"]] == [cell.value for cell in sheet_of(target)["A"]]
    assert notes(opened) == notes(target)
    assert fills(opened) == fills(target)
    assert sheet_of(opened).auto_filter.ref == sheet_of(target).auto_filter.ref


def test_a_filled_template_keeps_its_notes_and_drop_downs(tmp_path: Path, target: Path) -> None:
    template = Path(__file__).parents[2] / "templates" / "bulkio-template-en.xlsx"
    workbook = openpyxl.load_workbook(template)
    headers = [cell.value for cell in workbook["Customers"][1]]
    workbook["Customers"].cell(2, headers.index("Name *") + 1, "Ærø A/S")
    source = tmp_path / "filled.xlsx"
    workbook.save(source)
    explained = notes(source)

    annotate(
        source,
        tmp_path / "first.xlsx",
        marks((row(2, "refused", "No.", Tone.BAD),), (fault(2, "D", "Empty."), fault(1, "B", "Odd."))),
    )
    annotate(tmp_path / "first.xlsx", target, marks((row(2),)))

    assert len(explained) == len(headers)
    assert notes(tmp_path / "first.xlsx")["D2"] == f"{OURS_BEGINS}Empty."
    assert notes(tmp_path / "first.xlsx")["B1"].startswith(explained["B1"])
    assert notes(target) == explained
    assert len(sheet_of(target).data_validations.dataValidation) == len(
        sheet_of(source).data_validations.dataValidation
    )


@pytest.mark.long
def test_results_saved_by_libreoffice_are_annotated_anew_without_stacking(tmp_path: Path, target: Path) -> None:
    source = rich(tmp_path / "rich.xlsx")
    annotate(
        source,
        tmp_path / "first.xlsx",
        marks((row(3, "refused", "Old.", Tone.BAD),), (fault(3, "C", "Old."), fault(4, "B", "Old."))),
    )
    between = by_libreoffice(tmp_path / "first.xlsx", tmp_path)

    annotate(between, target, marks((row(3),), (fault(2, "B", "New."),)))

    assert values(target)[0].count("bulkio status") == 1
    assert "created" in values(target)[2]
    assert notes(target) == {"B4": "Ask Bo", "B2": f"{OURS_BEGINS}New."}
    assert set(fills(target)) == {"B2", "M1", "N1", "O1", "M3", "N3", "O3"}
    assert openpyxl.load_workbook(target).sheetnames == ["Customers", "Notes of mine", "bulkio"]
