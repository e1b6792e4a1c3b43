"""A template says what belongs where, offers this agreement's own lists, and keeps zeros: read back with openpyxl."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.entities import ENTITIES, Type
from bulkio.errors import CannotWrite
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Choice, Lookup, Snapshot
from bulkio.workbook.template import write_template
from tests.workbook.seed_snapshot import SEED

ENGLISH = ["Customer groups", "Customers", "Contacts", "Delivery locations", "Reference", "How to"]
DANISH = ["Kundegrupper", "Kunder", "Kontaktpersoner", "Leveringssteder", "Opslag", "Vejledning"]


def made(
    folder: Path, language: str = "en", snapshot: Snapshot = SEED, kinds: tuple[Kind, ...] = tuple(Kind)
) -> Workbook:
    target = folder / "template.xlsx"
    write_template(target, kinds, snapshot, language)
    return load_workbook(target)


def validation_of(sheet: Worksheet, letter: str) -> DataValidation:
    found: DataValidation = next(one for one in sheet.data_validations.dataValidation if f"{letter}2" in one.sqref)
    return found


def letter_of(sheet: Worksheet, header: str) -> str:
    return next(
        get_column_letter(index)
        for index, cell in enumerate(sheet[1], 1)
        if str(cell.value).removesuffix(" *") == header
    )


def listed(workbook: Workbook, sheet: str, header: str) -> list[object]:
    """The entries of a column's drop-down, out of the cells that its formula names."""
    page = workbook[sheet]
    formula = str(validation_of(page, letter_of(page, header)).formula1)
    found = re.search(r"'?(\w+)'?!\$(\w+)\$(\d+)(?::\$\w+\$(\d+))?", formula)
    assert found is not None
    last = int(found[4]) if found[4] and "OFFSET" not in formula else workbook[found[1]].max_row
    cells = [workbook[found[1]][f"{found[2]}{row}"].value for row in range(int(found[3]), last + 1)]
    return [value for value in cells if value is not None and not str(value).startswith("=")]


@pytest.mark.parametrize(("language", "titles"), [("en", ENGLISH), ("da", DANISH)])
def test_the_sheets_stand_in_their_order(tmp_path: Path, language: str, titles: list[str]) -> None:
    assert made(tmp_path, language).sheetnames == titles


def test_only_the_kinds_that_were_named_get_a_sheet(tmp_path: Path) -> None:
    workbook = made(tmp_path, kinds=(Kind.CONTACTS, Kind.CUSTOMERS))

    assert workbook.sheetnames == ["Customers", "Contacts", "Reference", "How to"]


@pytest.mark.parametrize("language", ["en", "da"])
def test_headers_are_the_entities_and_the_required_ones_have_an_asterisk(tmp_path: Path, language: str) -> None:
    workbook = made(tmp_path, language)
    for entity in ENTITIES.values():
        headers = [cell.value for cell in workbook[entity.sheet(language)][1]]

        assert headers == [field.header(language) + " *" * field.required for field in entity.fields]


def test_required_columns_look_different(tmp_path: Path) -> None:
    sheet = made(tmp_path)["Customers"]
    fills = {cell.fill.start_color.rgb for cell in sheet[1] if str(cell.value).endswith("*")}
    others = {cell.fill.start_color.rgb for cell in sheet[1] if not str(cell.value).endswith("*")}

    assert len(fills) == 1
    assert fills.isdisjoint(others)


def test_the_data_area_is_empty(tmp_path: Path) -> None:
    workbook = made(tmp_path)

    assert [workbook[title].max_row for title in ENGLISH[:4]] == [1, 1, 1, 1]


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_header_has_a_note_with_guidance(tmp_path: Path, language: str) -> None:
    workbook = made(tmp_path, language)
    for entity in ENTITIES.values():
        for cell, field in zip(workbook[entity.sheet(language)][1], entity.fields, strict=True):
            assert cell.comment is not None
            assert field.guidance(language) in cell.comment.text


def test_every_note_stands_beside_its_own_header_with_room_for_its_text(tmp_path: Path) -> None:
    sheet = made(tmp_path)["Customers"]
    with ZipFile(tmp_path / "template.xlsx") as archive:
        drawing = archive.read("xl/drawings/commentsDrawing2.vml").decode()
    heights = [float(found) for found in re.findall(r"height:([\d.]+)pt", drawing)]
    columns = [int(found) for found in re.findall(r"<x:Column>(\d+)<", drawing)]
    anchors = [int(found) for found in re.findall(r"<x:Anchor>(\d+),", drawing)]

    assert columns == list(range(sheet.max_column))
    assert anchors == [column + 1 for column in columns]
    for cell, height in zip(sheet[1], heights, strict=True):
        assert cell.comment is not None
        assert height >= 13 * (cell.comment.text.count("\n") + 1)


def test_a_note_tells_limit_and_example(tmp_path: Path) -> None:
    sheet = made(tmp_path, "da")["Kunder"]
    note = sheet[f"{letter_of(sheet, 'Adresse')}1"].comment

    assert note is not None
    assert "Valgfri: højst 510 tegn." in note.text
    assert "Eksempel: Havnegade 12" in note.text


def test_columns_where_a_spreadsheet_eats_zeros_are_text_all_the_way_down(tmp_path: Path) -> None:
    workbook = made(tmp_path)
    for entity in ENTITIES.values():
        sheet = workbook[entity.sheet_en]
        for index, field in enumerate(entity.fields, 1):
            column = sheet.column_dimensions[get_column_letter(index)]

            assert (column.number_format == "@") == field.as_text


def test_drop_downs_offer_what_the_agreement_allows(tmp_path: Path) -> None:
    workbook = made(tmp_path)

    assert listed(workbook, "Customers", "VAT zone") == ["Domestic", "EU", "Abroad", "Domestic exempt VAT"]
    assert listed(workbook, "Customers", "Sales person") == ["Mette Holm", "Søren Ågård"]
    assert listed(workbook, "Customers", "Layout number") == [19, 21]
    assert listed(workbook, "Customers", "Currency") == ["DKK", "EUR", "GBP", "NOK", "SEK", "USD"]
    assert listed(workbook, "Customer groups", "Account number") == [5600, 5610, 1010, 1050]
    assert listed(workbook, "Customers", "Barred") == ["yes", "no"]
    assert listed(workbook, "Customers", "Customer group") == ["Indenlandske kunder", "Udenlandske kunder"]


def test_a_name_that_repeats_is_listed_by_number(tmp_path: Path) -> None:
    twice = (Choice(1, "Netto"), Choice(2, "netto "), Choice(3, "Kontant"))
    snapshot = replace(SEED, choices={**SEED.choices, Lookup.PAYMENT_TERMS: twice})

    assert listed(made(tmp_path, snapshot=snapshot), "Customers", "Payment terms") == [1, 2, 3]


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    snapshot = replace(SEED, choices={**SEED.choices, Lookup.EMPLOYEE: (Choice(1, "=1+1"),)})
    sheet = made(tmp_path, snapshot=snapshot)["Reference"]

    assert [cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"] == ["s"]


def test_groups_of_the_first_sheet_appear_in_the_drop_down_of_customers(tmp_path: Path) -> None:
    workbook = made(tmp_path)
    fed = [
        cell.value
        for cell in workbook["Reference"]["B"]
        if str(cell.value).startswith("=IF(INDEX('Customer groups'!$B")
    ]

    assert len(fed) == 200
    assert "OFFSET" in str(
        validation_of(workbook["Customers"], letter_of(workbook["Customers"], "Customer group")).formula1
    )


def test_a_look_up_without_entries_has_no_drop_down(tmp_path: Path) -> None:
    sheet = made(tmp_path, snapshot=replace(SEED, choices={}))["Customers"]

    assert not any("VAT zone" in str(one.errorTitle) for one in sheet.data_validations.dataValidation)


def test_no_drop_down_stops_a_number_that_the_check_would_take(tmp_path: Path) -> None:
    for sheet in made(tmp_path).worksheets:
        lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]

        assert all(one.errorStyle in {"information", "warning"} for one in lists)


@pytest.mark.parametrize("language", ["en", "da"])
def test_messages_and_prompts_fit_what_excel_takes(tmp_path: Path, language: str) -> None:
    many = tuple(Choice(number, f"En konto med et ret langt navn {number}", detail="status") for number in range(1, 99))
    snapshot = replace(SEED, choices={**SEED.choices, Lookup.ACCOUNT: many})
    for sheet in made(tmp_path, language, snapshot).worksheets:
        for one in sheet.data_validations.dataValidation:
            assert len(one.error or "") <= 225
            assert len(one.prompt or "") <= 255
            assert len(one.errorTitle or "") <= 32
            assert len(one.promptTitle or "") <= 32


def test_texts_with_a_length_refuse_longer_ones(tmp_path: Path) -> None:
    workbook = made(tmp_path)
    for entity in ENTITIES.values():
        sheet = workbook[entity.sheet_en]
        for field in entity.fields:
            if field.type is Type.TEXT and field.lookup is None:
                rule = validation_of(sheet, letter_of(sheet, field.header_en))

                assert (rule.type, rule.formula1) == ("textLength", str(field.exact_length or field.max_length))


def test_the_file_tells_what_it_was_made_for(tmp_path: Path) -> None:
    properties = {one.name: one.value for one in made(tmp_path, "da").custom_doc_props.props}  # type: ignore[attr-defined]  # missing in the stubs

    assert properties == {
        "bulkio schema": 1,
        "bulkio language": "da",
        "bulkio agreement": 1234567,
        "bulkio snapshot": "2026-01-01T00:00:00Z",
    }


def test_the_guide_names_agreement_steps_and_every_column(tmp_path: Path) -> None:
    words = {str(cell.value) for row in made(tmp_path, "da")["Vejledning"].iter_rows() for cell in row}
    headers = {field.header_da for entity in ENTITIES.values() for field in entity.fields}

    assert {"Nordlys Handel ApS (øvelse) (1234567)", "01-01-2026 00.00 UTC", "bulkio check FIL.xlsx"} <= words
    assert headers <= words


def test_no_english_is_left_in_the_danish_template(tmp_path: Path) -> None:
    english = made(tmp_path, "en")["How to"]
    danish = made(tmp_path, "da")["Vejledning"]
    same = {
        "Nordlys Handel ApS (øvelse) (1234567)",
        *(field.example for entity in ENTITIES.values() for field in entity.fields),
    }
    texts = {str(cell.value) for row in english.iter_rows() for cell in row if isinstance(cell.value, str)}
    alike = {str(cell.value) for row in danish.iter_rows() for cell in row} & texts - same

    assert alike <= {"•", "DKK", "Netto 8 dage", "Domestic", "Mette Holm", "Indenlandske kunder", "5600", "19"}


def test_headers_stay_in_sight_and_on_every_page(tmp_path: Path) -> None:
    workbook = made(tmp_path)
    for title in ENGLISH[:4]:
        sheet = workbook[title]

        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert str(sheet.auto_filter.ref).startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"


def test_a_folder_that_is_missing_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as caught:
        write_template(tmp_path / "nowhere" / "t.xlsx", list(Kind), SEED, "en")

    assert caught.value.code == "cannot_write"


def test_a_refused_target_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").mkdir()
    with pytest.raises(CannotWrite):
        write_template(tmp_path / "t.xlsx", list(Kind), SEED, "en")

    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.long
def test_libreoffice_keeps_drop_downs_limits_notes_and_text_columns(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    before = made(tmp_path)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    asked = [
        office,
        "--headless",
        home,
        "--convert-to",
        "xlsx",
        "--outdir",
        f"{tmp_path}/saved",
        f"{tmp_path}/template.xlsx",
    ]
    subprocess.run(asked, check=True, capture_output=True)
    after = load_workbook(tmp_path / "saved" / "template.xlsx")

    for title in ENGLISH[:4]:
        assert rules_of(after[title]) == rules_of(before[title])
        assert [cell.comment.text for cell in after[title][1] if cell.comment] == [
            cell.comment.text for cell in before[title][1] if cell.comment
        ]
    assert after["Customers"].column_dimensions["I"].number_format == "@"
    assert listed(after, "Customers", "VAT zone") == ["Domestic", "EU", "Abroad", "Domestic exempt VAT"]


def rules_of(sheet: Worksheet) -> set[tuple[str, str, str, str]]:
    """What each column's validation asks, without the quotes that programs write differently."""
    return {
        (str(one.sqref)[:2], str(one.type), str(one.errorStyle or "stop"), str(one.formula1).replace("'", ""))
        for one in sheet.data_validations.dataValidation
    }
