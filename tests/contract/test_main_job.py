"""The main job from end to end: a real process, the twin's own word for what was written."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.contract.conftest import ROOT, Bulkio

GOOD = ROOT / "samples" / "customers-good.xlsx"
FAULTY = ROOT / "samples" / "kunder-med-fejl.xlsx"
EXPECTED = ROOT / "samples" / "kunder-med-fejl.expected.csv"
ENDS = ("created", "updated", "unchanged", "skipped", "refused", "in_doubt", "pending")


def rows_of(path: Path, header_row: int = 1) -> dict[str, int]:
    """How many rows each sheet holds, as openpyxl sees it."""
    workbook = openpyxl.load_workbook(path)
    return {
        sheet.title: sum(
            any(cell not in (None, "") for cell in row) for row in sheet.iter_rows(header_row + 1, values_only=True)
        )
        for sheet in workbook
    }


def place_of(issue: dict[str, Any]) -> tuple[str, int, str]:
    return issue["sheet"], issue["row"], issue["column"]


def faults(path: Path) -> dict[str, set[tuple[str, int, str]]]:
    """The planted faults, and those that may follow from them."""
    places: dict[str, set[tuple[str, int, str]]] = {"planted": set(), "cascade": set()}
    with path.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            kind = "cascade" if line["kind"] == "cascade" else "planted"
            places[kind].add((line["sheet"], int(line["row"]), line["column"]))
    return places


def test_the_good_sample_is_created_and_a_second_run_creates_nothing(bulkio: Bulkio, tmp_path: Path) -> None:
    wanted = rows_of(GOOD)
    before = hashlib.sha256(GOOD.read_bytes()).hexdigest()

    first = bulkio("import", GOOD, "--headless", "--json", "--results", tmp_path / "first.xlsx")
    second = bulkio("import", GOOD, "--headless", "--json", "--results", tmp_path / "second.xlsx")

    assert first.code == 0, first.out
    assert first.json["rows"]["created"] == first.json["rows"]["total"] == sum(wanted.values())
    assert second.code == 0, second.out
    assert second.json["rows"]["unchanged"] == sum(wanted.values())
    assert set(second.json["calls"]) <= {"GET"}
    assert hashlib.sha256(GOOD.read_bytes()).hexdigest() == before
    with bulkio.sandbox() as twin:
        assert len(twin.all("/customers")) == wanted["Customers"]
        assert len(twin.all("/customer-groups")) == wanted["Customer groups"] + 2
        contacts = [one for customer in twin.all("/customers") for one in twin.all(customer["contacts"])]
        assert len(contacts) == wanted["Contacts"]


def test_every_row_of_a_faulty_workbook_has_one_outcome(bulkio: Bulkio, tmp_path: Path) -> None:
    answer = bulkio("import", FAULTY, "--headless", "--json", "--results", tmp_path / "results.xlsx")

    assert answer.code == 1, answer.out
    document = answer.json
    assert document["rows"]["total"] == sum(rows_of(FAULTY, 4).values())
    assert sum(document["rows"][end] for end in ENDS) == document["rows"]["total"]
    assert document["rows"]["created"] > 0
    assert document["rows"]["refused"] > 0
    assert document["rows"]["pending"] == document["rows"]["in_doubt"] == 0
    with bulkio.sandbox() as twin:
        assert len(twin.all("/customers")) == document["by_sheet"]["Kunder"]["created"]


def test_check_finds_each_planted_fault_at_its_cell_and_nothing_else(bulkio: Bulkio) -> None:
    answer = bulkio("check", FAULTY, "--json")

    assert answer.code == 1
    found = {place_of(issue) for issue in answer.json["issues"] if issue["severity"] == "error"}
    expected = faults(EXPECTED)
    assert expected["planted"] <= found
    assert found <= expected["planted"] | expected["cascade"]


def test_fixing_the_results_workbook_and_importing_it_sends_only_what_was_left(bulkio: Bulkio, tmp_path: Path) -> None:
    results = tmp_path / "results.xlsx"
    first = bulkio("import", FAULTY, "--headless", "--json", "--results", results)
    again = bulkio("import", results, "--headless", "--json", "--results", tmp_path / "again.xlsx")

    assert again.code == 1, again.out
    assert again.json["rows"]["created"] == 0
    assert again.json["rows"]["unchanged"] == first.json["rows"]["created"]
    assert set(again.json["calls"]) <= {"GET"}


REPAIRS: dict[str, str | int] = {
    "Navn": "Åkjær Smed ApS",
    "E-mail": "bogholderi@kunde.example",
    "Kundegruppe": "Engros",
    "Sælger": 1,
    "P-nr.": "1000000123",
}


def repair(path: Path) -> tuple[int, int]:
    """Correct some of the customers marked as refused, as a user would in Excel; how many rows that frees, with the contacts that hang on them."""
    workbook = openpyxl.load_workbook(path)
    sheet, contacts = workbook["Kunder"], workbook["Kontaktpersoner"]
    headers = {str(cell.value): at for at, cell in enumerate(sheet[4], 1)}
    repaired = set()
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        for fault in csv.DictReader(stream):
            if fault["sheet"] == "Kunder" and fault["column"] in REPAIRS:
                row = int(fault["row"])
                sheet.cell(row, headers[fault["column"]]).value = REPAIRS[fault["column"]]
                repaired |= {sheet.cell(row, headers[name]).value for name in ("Kundenr.", "Egen reference")}
    owners = {str(cell.value): at for at, cell in enumerate(contacts[4], 1)}
    freed = [row for row in contacts.iter_rows(5) if row[owners["Kunde"] - 1].value in repaired]
    freed = [row for row in freed if row[owners["bulkio status"] - 1].value == "skipped"]
    workbook.save(path)
    return len(repaired) // 2, len(freed)


def test_rows_corrected_in_the_results_go_in_and_no_others(bulkio: Bulkio, tmp_path: Path) -> None:
    results = tmp_path / "results.xlsx"
    first = bulkio("import", FAULTY, "--headless", "--json", "--results", results)
    customers, contacts = repair(results)
    again = bulkio("import", results, "--headless", "--json", "--results", tmp_path / "again.xlsx")

    assert customers == 5
    assert contacts > 0
    assert again.json["by_sheet"]["Kunder"]["created"] == customers
    assert again.json["by_sheet"]["Kontaktpersoner"]["created"] == contacts
    assert again.json["rows"]["created"] == again.json["calls"]["POST"]
    assert again.json["rows"]["unchanged"] == first.json["rows"]["created"]
    with bulkio.sandbox() as twin:
        before, after = first.json["by_sheet"]["Kunder"]["created"], customers
        assert len(twin.all("/customers")) == before + after


def test_an_export_imported_again_creates_and_changes_nothing(bulkio: Bulkio, tmp_path: Path) -> None:
    exported = tmp_path / "export.xlsx"
    bulkio("import", GOOD, "--headless", "--json", "--results", tmp_path / "first.xlsx")

    for language in ("en", "da"):
        told = bulkio("export", "-o", exported, "--lang", language, "--json")
        again = bulkio("import", exported, "--headless", "--json", "--results", tmp_path / f"{language}.xlsx")

        assert told.code == 0, told.err
        assert again.code == 0, again.out
        assert again.json["rows"]["unchanged"] == again.json["rows"]["total"] == sum(rows_of(GOOD).values()) + 2
        assert set(again.json["calls"]) <= {"GET"}


def test_an_agreement_over_the_network_takes_the_companys_name(bulkio: Bulkio, tmp_path: Path) -> None:
    with bulkio.sandbox("--data", str(tmp_path / "remote.sqlite")) as twin:
        added = bulkio(
            "agreements",
            "add",
            "client",
            "--rest-url",
            twin.rest_url,
            "--openapi-url",
            twin.openapi_url,
            "--yes",
            more=twin.tokens,
        )
        words = ("import", GOOD, "-a", "client", "--headless", "--json", "--results", tmp_path / "out.xlsx")
        unconfirmed = bulkio(*words, more=twin.tokens)
        confirmed = bulkio(*words, "--confirm", "Nordlys Handel ApS (øvelse)", more=twin.tokens)

        assert added.code == 0, added.err
        assert (unconfirmed.code, unconfirmed.json["error"]["code"]) == (2, "confirm_company")
        assert confirmed.code == 0, confirmed.out
        assert len(twin.all("/customers")) == rows_of(GOOD)["Customers"]
        assert twin.app_secret_token not in "".join(
            path.read_bytes().decode("latin-1")
            for path in bulkio.home.rglob("*")
            if path.is_file() and "sandbox" not in path.name
        )


def test_the_onboarding_workbook_goes_in_whole_and_only_once(bulkio: Bulkio, shared_data: Path, tmp_path: Path) -> None:
    words = ("import", shared_data / "onboarding.xlsx", "--headless", "--json", "--results")
    first = bulkio(*words, tmp_path / "first.xlsx")
    second = bulkio(*words, tmp_path / "second.xlsx")

    assert first.code == second.code == 0
    created = {sheet: counts["created"] for sheet, counts in first.json["by_sheet"].items()}
    assert created == {"Customer groups": 6, "Customers": 400, "Contacts": 537, "Delivery locations": 254}
    assert second.json["rows"]["created"] == second.json["rows"]["updated"] == 0


def test_the_faulty_onboarding_workbook_is_checked_to_the_cell(bulkio: Bulkio, shared_data: Path) -> None:
    checked = bulkio("check", shared_data / "onboarding-faulty.xlsx", "--json")
    good = bulkio("check", shared_data / "onboarding.xlsx", "--json")

    expected = faults(shared_data / "onboarding-faulty.expected.csv")
    found = {place_of(issue) for issue in checked.json["issues"] if issue["severity"] == "error"}
    assert expected["planted"] <= found
    assert found <= expected["planted"] | expected["cascade"]
    assert good.code == 0
    assert not [issue for issue in good.json["issues"] if issue["severity"] == "error"]


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_demonstration_needs_nothing(bulkio: Bulkio, tmp_path: Path, language: str) -> None:
    answer = bulkio("demo", "--lang", language, folder=tmp_path)

    assert answer.code == 0, answer.err
    assert len(answer.out.splitlines()) == 5
    assert (tmp_path / "bulkio-demo-results.xlsx").is_file()
