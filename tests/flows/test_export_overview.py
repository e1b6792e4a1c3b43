"""The overview's formulas, their kept values, our own sums and LibreOffice's agree; what an import does not take it passes over."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from starlette.responses import JSONResponse

from bulkio.flows.export_choice import Choice, Part, Period, fields_named
from bulkio.flows.export_overview import CONTROLS
from bulkio.flows.export_read_only import AMOUNTS, BASE_AMOUNTS, BASE_REMAINDER, HEADS, LISTS, REMAINDER
from bulkio.language import Language, translate
from bulkio.language.wordings.workbook import TOLD_HEADINGS
from bulkio.workbook import read
from tests.flows.practice import Practice

SHEETS = {
    Language.ENGLISH: ("Overview", "Customers", "Booked invoices"),
    Language.DANISH: ("Oversigt", "Kunder", "Bogførte fakturaer"),
}


def lines(path: Path, title: str = "Overview", *, values: bool = True) -> dict[str, tuple[object, ...]]:
    """The overview's lines by their first cell."""
    sheet = load_workbook(path, data_only=values)[title]
    return {str(row[0]): row[1:] for row in sheet.iter_rows(max_col=4, values_only=True) if row[0] is not None}


def formulas(path: Path, title: str) -> dict[str, tuple[str, float]]:
    """Every formula of a sheet with the value beside it."""
    written, kept = load_workbook(path)[title], load_workbook(path, data_only=True)[title]
    return {
        cell.coordinate: (cell.value, kept[cell.coordinate].value)
        for row in written.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "f"
    }


def test_the_control_totals_are_formulas_that_come_out_at_our_own_sums(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx")
    told, written = lines(tmp_path / "e.xlsx"), lines(tmp_path / "e.xlsx", values=False)

    assert written["Customers: rows"][0] == "=COUNTA('Customers'!$A$2:$A$4)"
    assert told["Customers: rows"] == (3, 3, 0)
    assert told["Booked invoices: Net in base currency"] == (600.5, 600.5, 0)
    assert told["Customers: Balance (read-only)"][0] == told["Booked invoices: Gross in base currency"][0] == 750.63


def test_totals_stand_by_group_by_month_and_by_age(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx")
    told = lines(tmp_path / "e.xlsx")
    groups = {name: row for name, row in told.items() if name[:2] in {"1 ", "2 "}}

    assert [(row[0], row[2]) for row in groups.values()] == [(1, 200.5), (2, 400)]
    assert (told["2026-01"][:2], told["2026-02"][:2]) == ((100, 1), (500.5, 2))
    assert told["over 90 days late"][0] == 750.63
    assert told["not due"][0] == told["1-30 days late"][0] == 0


def test_no_formula_is_without_its_value(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx", language=Language.DANISH)
    found = formulas(tmp_path / "e.xlsx", "Oversigt")

    assert len(found) > 30
    assert all(isinstance(value, int | float) for _, value in found.values())


def test_an_empty_agreement_has_an_overview_without_a_formula_into_nothing(practice: Practice, tmp_path: Path) -> None:
    choice = Choice(Period(date(2001, 1, 1), date(2001, 12, 31)), since=date(2199, 1, 1))
    told = practice.export(tmp_path / "e.xlsx", choice)

    assert told.rows["Customers"] == told.rows["Booked invoices"] == 0
    assert lines(tmp_path / "e.xlsx")["Booked invoices: rows"] == (0, 0, 0)
    assert lines(tmp_path / "e.xlsx")["Period of the invoices"][0] == "2001-01-01 – 2001-12-31"


def test_what_the_grant_may_not_see_is_said_on_the_overview(practice: Practice, tmp_path: Path) -> None:
    refusal = JSONResponse({"message": "No role."}, 403)
    practice.before = lambda asked: refusal if asked.startswith(("/invoices/booked", "/accounts")) else None
    practice.export(tmp_path / "e.xlsx")
    told = lines(tmp_path / "e.xlsx")

    assert "No role." in str(told["Booked invoices"][0])
    assert "Invoiced in the period (read-only)" not in header(tmp_path / "e.xlsx", "Customers")
    assert lines(tmp_path / "e.xlsx", "Look-ups")["Accounts"][1] == "the grant may not see this list"


def header(path: Path, title: str) -> list[object]:
    return [cell.value for cell in load_workbook(path)[title][1]]


@pytest.mark.parametrize("language", Language)
def test_an_import_passes_over_what_only_an_export_tells(
    practice: Practice, tmp_path: Path, language: Language
) -> None:
    practice.export(tmp_path / "e.xlsx", language=language)
    workbook = read(tmp_path / "e.xlsx")

    assert {translate(one, language) for one in TOLD_HEADINGS} <= set(header(tmp_path / "e.xlsx", SHEETS[language][1]))
    assert workbook.issues == ()
    assert len(workbook.others) == 4


def test_a_customer_is_told_its_balance_and_its_invoices_of_the_period(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx", Choice(Period(date(2026, 2, 1), date(2026, 2, 28))))
    sheet = load_workbook(tmp_path / "e.xlsx")["Customers"]
    told = dict(zip(header(tmp_path / "e.xlsx", "Customers"), [cell.value for cell in sheet[2]], strict=True))

    assert told["Balance (read-only)"] == told["Due amount (read-only)"] == 500
    assert (told["Invoiced in the period (read-only)"], told["Unpaid of it (read-only)"]) == (300, 375)
    assert isinstance(told["Last updated (read-only)"], datetime)


def test_chosen_columns_leave_the_told_ones_out(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx", Choice(fields=fields_named(["City"], tuple(Part))))

    assert header(tmp_path / "e.xlsx", "Customers") == ["Customer number", "City"]


def test_drafts_and_look_ups_have_sheets(practice: Practice, tmp_path: Path) -> None:
    practice.export(tmp_path / "e.xlsx")
    drafts = load_workbook(tmp_path / "e.xlsx")["Draft invoices"]

    assert [cell.value for cell in drafts[2]][:5] == [4, datetime(2026, 3, 1), datetime(2026, 3, 9), 3, "Kunde 3"]
    assert drafts["K3"].value == "=SUBTOTAL(109,K2:K2)"
    assert lines(tmp_path / "e.xlsx", "Look-ups")["Currencies"]


def test_sheets_are_reached_from_the_overview_and_balances_months_and_ages_are_charted(
    practice: Practice, tmp_path: Path
) -> None:
    practice.export(tmp_path / "e.xlsx")
    sheet = load_workbook(tmp_path / "e.xlsx")["Overview"]
    with ZipFile(tmp_path / "e.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]

    assert {cell.hyperlink.location for (cell,) in sheet["A1:A60"] if cell.hyperlink} >= {
        "'Customers'!A1",
        "'Booked invoices'!A1",
    }
    assert len(charts) == 3
    assert all("'Overview'!$A$" in chart for chart in charts)


def words() -> Iterator[str]:
    yield from TOLD_HEADINGS
    yield from LISTS.values()
    yield from (header for header, *_ in (*HEADS, *AMOUNTS, *BASE_AMOUNTS, BASE_REMAINDER, REMAINDER))
    yield from (header for pairs in CONTROLS.values() for header, _ in pairs)
    yield from ("Control total", "By formula", "By bulkio", "Difference", "Customer group", "Customers", "Balance")
    yield from ("Invoiced in the period", "Draft number", "Invoice number", "List", "Number", "Name", "Barred")


@pytest.mark.parametrize("word", sorted(set(words()) - {"Layouts"}))
def test_every_heading_is_there_in_danish(word: str) -> None:
    assert translate(word, Language.DANISH) != word


@pytest.mark.long
@pytest.mark.parametrize("language", Language)
def test_libreoffice_calculates_what_is_kept(practice: Practice, tmp_path: Path, language: Language) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    practice.export(tmp_path / "e.xlsx", language=language)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    out = tmp_path / "recalculated"
    subprocess.run(
        [office, "--headless", home, "--convert-to", "ods", "--outdir", out, tmp_path / "e.xlsx"],
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [office, "--headless", home, "--convert-to", "xlsx", "--outdir", out, out / "e.ods"],
        check=True,
        capture_output=True,
    )
    title = SHEETS[language][0]
    calculated = load_workbook(out / "e.xlsx", data_only=True)[title]

    for address, (formula, kept) in formulas(tmp_path / "e.xlsx", title).items():
        assert round(Decimal(str(calculated[address].value)), 2) == round(Decimal(str(kept)), 2), formula
