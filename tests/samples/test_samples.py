"""The samples are what their maker makes, saved by LibreOffice, with every trap and every fault in its place."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from stdnum import ean
from stdnum.dk import cvr

SAMPLES = Path(__file__).parents[2] / "samples"
GOOD = SAMPLES / "customers-good.xlsx"
FAULTY = SAMPLES / "kunder-med-fejl.xlsx"
DEMONSTRATION = SAMPLES.parent / "bulkio" / "flows" / "data" / "demonstration.xlsx"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = spec_from_file_location("make_samples", SAMPLES / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(workbook: Workbook) -> dict[tuple[str, str], object]:
    """Every value with its place."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def column(path: Path, sheet: str, header: str, header_row: int = 1) -> Iterator[object]:
    page = load_workbook(path)[sheet]
    index = [cell.value for cell in page[header_row]].index(header)
    return (row[index] for row in page.iter_rows(min_row=header_row + 1, values_only=True))


def test_the_good_sample_is_what_the_maker_makes(maker: ModuleType) -> None:
    assert cells(load_workbook(GOOD)) == cells(maker.good())


def test_the_faulty_sample_is_what_the_maker_makes(maker: ModuleType) -> None:
    assert cells(load_workbook(FAULTY)) == cells(maker.faulty())


def test_the_demonstration_is_what_the_maker_makes(maker: ModuleType) -> None:
    assert cells(load_workbook(DEMONSTRATION)) == cells(maker.demonstration())


def test_every_default_delivery_location_of_the_good_sample_is_there() -> None:
    owners = set(
        zip(
            column(GOOD, "Delivery locations", "Customer"),
            column(GOOD, "Delivery locations", "Location number"),
            strict=True,
        )
    )
    numbers = column(GOOD, "Customers", "CUSTOMER NUMBER")
    references = column(GOOD, "Customers", "Own reference")
    wanted = column(GOOD, "Customers", "Default delivery location")
    named = [names for *names, location in zip(numbers, references, wanted, strict=True) if location == 1]

    assert named
    assert all((number, 1) in owners or (reference, 1) in owners for number, reference in named)


def test_the_expected_faults_are_what_the_maker_planted(maker: ModuleType) -> None:
    with (SAMPLES / "kunder-med-fejl.expected.csv").open(encoding="utf-8", newline="") as stream:
        kept = [tuple(row) for row in csv.reader(stream)][1:]

    planted = sorted(maker.expected(), key=lambda fault: fault[:3])
    assert kept == [tuple("" if part is None else str(part) for part in fault) for fault in planted]


@pytest.mark.parametrize("path", [GOOD, FAULTY, DEMONSTRATION])
def test_another_program_saved_the_samples(path: Path) -> None:
    with ZipFile(path) as archive:
        assert b"LibreOffice" in archive.read("docProps/app.xml")


def test_the_good_sample_has_the_sheets_and_sizes_that_the_readme_tells() -> None:
    sizes = {sheet.title: sheet.max_row - 1 for sheet in load_workbook(GOOD).worksheets}

    assert sizes == {"Customer groups": 4, "Customers": 40, "Contacts": 60, "Delivery locations": 30}


def test_the_good_sample_holds_the_names_that_careless_readers_lose() -> None:
    assert {"NA ApS", "None A/S", "=Plus & Minus A/S", "Åses Æbler & Øl I/S"} <= set(
        column(GOOD, "Customers", "Name *")
    )


def test_postal_codes_with_a_zero_stand_as_text_and_as_padded_numbers() -> None:
    page = load_workbook(GOOD)["Customers"]
    index = [cell.value for cell in page[1]].index("zip")
    shown = {(row[index].value, row[index].number_format) for row in page.iter_rows(min_row=2)}

    assert ("0900", "@") in shown
    assert (900, "0000") in shown


def test_company_numbers_have_right_check_digits_as_text_and_as_numbers() -> None:
    numbers = [number for number in column(GOOD, "Customers", "CVR number") if number is not None]

    assert {type(number) for number in numbers} == {str, int}
    assert all(cvr.is_valid(str(number)) for number in numbers)
    assert all(ean.is_valid(str(number)) for number in column(GOOD, "Customers", "ean") if number is not None)


def test_customers_without_a_number_have_a_reference_that_contacts_use() -> None:
    numbers = list(column(GOOD, "Customers", "CUSTOMER NUMBER"))
    references = list(column(GOOD, "Customers", "Own reference"))
    numberless = {reference for reference, number in zip(references, numbers, strict=True) if number is None}

    assert len(numberless) == 6
    assert numberless <= set(column(GOOD, "Contacts", "Customer"))


def test_contact_names_are_unique_within_their_customer(maker: ModuleType) -> None:
    owners = [*range(40), *range(0, 40, 2)]
    named = {(owner, maker.person(index)) for index, owner in enumerate(owners)}

    assert len(named) == len(owners)


def test_every_planted_fault_stands_at_its_cell() -> None:
    workbook = load_workbook(FAULTY)
    with (SAMPLES / "kunder-med-fejl.expected.csv").open(encoding="utf-8", newline="") as stream:
        faults = [fault for fault in csv.DictReader(stream) if fault["kind"] != "cascade"]

    assert len(faults) == 16
    for fault in faults:
        page = workbook[fault["sheet"]]
        index = [cell.value for cell in page[4]].index(fault["column"])

        found = page[int(fault["row"])][index].value
        assert ("" if found is None else str(found)) == fault["value"]
