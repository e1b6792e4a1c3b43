"""Export, edit, import, export: unchanged writes nothing; what was edited is what changes, field by field, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bulkio.entities import ENTITIES
from bulkio.flows.import_workbook import ImportChoices, ImportFlow
from bulkio.flows.report import ImportReport
from bulkio.journal import Journal
from bulkio.language import Language
from bulkio.model.kind import Kind
from bulkio.sandbox import Store
from tests.flows.practice import Practice, contact, customer, location

TRICKY = (
    "=1+1",
    "+45 63 11 20 30",
    "-A/S",
    "@home",
    "NA",
    "None",
    "0900",
    "1E5",
    "TRUE",
    "Ærø & Ø <b>",
    "a\nb",
    "_x0041_",
)
TEXTS = st.sampled_from(TRICKY) | st.text("abæøåÅ019 =+-@'\"<&;,.", min_size=1, max_size=12).map(str.strip).filter(bool)
TYPED = TEXTS.filter(lambda text: "_x" not in text)
"""What openpyxl types as it stands: it does not spell `_x0041_` as Excel would, and a reader rightly takes that for an A."""
API = {
    Kind.CUSTOMERS: ("name", "address", "city", "postal_code", "country", "phone", "website"),
    Kind.CONTACTS: ("phone", "notes"),
    Kind.DELIVERY_LOCATIONS: ("address", "city", "postal_code"),
}
"""The fields that are edited: text that any customer may have."""
OPENAPI = "/customersapi/v3.1.0"
Edit = tuple[Kind, int, str, str]
Agreement = list[tuple[str, str, Any]]


@dataclass(frozen=True)
class Round:
    """One agreement with its journal; every import goes through the whole flow."""

    practice: Practice
    folder: Path

    def export(self, name: str, language: Language) -> Path:
        self.practice.export(self.folder / name, language=language)
        return self.folder / name

    def bring(self, workbook: Path) -> tuple[ImportReport, list[str]]:
        """Import it; gives the report and the calls that wrote."""
        self.practice.calls.clear()
        choices = ImportChoices(Language.ENGLISH, self.folder / "results.xlsx", self.folder)
        journal = partial(Journal.open, f"sqlite:///{self.folder / 'journal.sqlite'}")
        flow = ImportFlow(workbook, self.practice.destination, journal, lambda _: None, choices)
        report = flow.run(flow.prepare(), lambda _: None)
        return report, [call for call in self.practice.calls if not call.startswith("GET")]

    def held(self) -> dict[tuple[Kind, int], dict[str, Any]]:
        """Every record as the twin itself tells it, times of change left out."""
        customers = self.practice.send(("GET", "/customers?pagesize=1000", None))[0]["collection"]
        below = self.practice.send(
            *(("GET", f"/customers/{one['customerNumber']}/{name}", None) for one in customers for name in BELOW)
        )
        records = {(Kind.CUSTOMERS, one["customerNumber"]): one for one in customers}
        for listed in below:
            for one in listed["collection"]:
                kind = Kind.CONTACTS if "customerContactNumber" in one else Kind.DELIVERY_LOCATIONS
                records[kind, one[NUMBERS[kind]]] = one
        return {
            key: {name: value for name, value in one.items() if name != "lastUpdated"} for key, one in records.items()
        }


BELOW = ("contacts", "delivery-locations")
NUMBERS = {Kind.CONTACTS: "customerContactNumber", Kind.DELIVERY_LOCATIONS: "deliveryLocationNumber"}


@st.composite
def agreements(draw: Callable[..., Any]) -> Agreement:
    """Customers with what is theirs, made through the API."""
    calls: Agreement = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        more = draw(
            st.fixed_dictionaries(
                {"name": TEXTS},
                optional={"address": TEXTS, "city": TEXTS, "zip": TEXTS, "telephoneAndFaxNumber": TEXTS, "creditLimit": st.sampled_from([0, 0.1, 12345678.25]), "barred": st.booleans()},
            )
        )  # fmt: skip
        barred = more.pop("barred", False)
        calls.append(customer(number, **more))
        calls += [contact(number, name) for name in draw(st.lists(TEXTS, max_size=2, unique_by=str.casefold))]
        calls += [location(number, text) for text in draw(st.lists(TEXTS, max_size=2))]
        if barred:
            calls.append(("PUT", f"/customers/{number}", customer(number, **more, barred=True)[2]))
    return calls


@st.composite
def edits(draw: Callable[..., Any]) -> list[tuple[Kind, int, str, str]]:
    """Which cells change to what; the place is taken round the rows that are there."""
    kinds = st.sampled_from(sorted(API))
    found: dict[tuple[Kind, int, str], str] = {}
    for kind in draw(st.lists(kinds, min_size=1, max_size=4)):
        found[kind, draw(st.integers(0, 5)), draw(st.sampled_from(API[kind]))] = draw(TYPED)
    return [(*key, text) for key, text in found.items()]


def edit(path: Path, wanted: list[Edit], language: Language) -> Mapping[tuple[Kind, int], dict[str, str]]:
    """Type the edits into the workbook; gives what must be in the agreement then, by record and API name."""
    book = load_workbook(path)
    expected: dict[tuple[Kind, int], dict[str, str]] = {}
    for kind, place, name, text in wanted:
        entity = ENTITIES[kind]
        sheet = book[entity.sheet(language)]
        if sheet.max_row < 2:
            continue
        columns = {str(cell.value).removesuffix(" *"): at for at, cell in enumerate(sheet[1], 1)}
        row = 2 + place % (sheet.max_row - 1)
        cell = sheet.cell(row, columns[entity.field(name).header(language)])
        cell.value, cell.data_type = text, "s"
        number = sheet.cell(row, columns[entity.field(entity.key).header(language)]).value
        expected.setdefault((kind, int(str(number))), {})[entity.field(name).api] = text
    book.save(path)
    return expected


def goes_round(seeded: Path, calls: Agreement, wanted: list[Edit], language: Language) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.open(Path(shutil.copy(seeded, folder / "twin.sqlite")))
        try:
            one = Round(Practice(store), folder)
            one.practice.send(*calls)
            _goes_round(one, wanted, language)
        finally:
            store.close()


def _goes_round(one: Round, wanted: list[Edit], language: Language) -> None:
    before = one.held()
    unchanged, writes = one.bring(one.export("first.xlsx", language))
    assert (writes, unchanged.issues) == ([], ())
    assert one.held() == before

    expected = edit(one.export("edited.xlsx", language), wanted, language)
    real = {
        key: told for key, told in expected.items() if any(before[key].get(api) != text for api, text in told.items())
    }
    report, writes = one.bring(one.folder / "edited.xlsx")
    assert report.issues == ()
    assert len(writes) == len(real)
    assert one.held() == {key: record | expected.get(key, {}) for key, record in before.items()}

    again, writes = one.bring(one.export("last.xlsx", language))
    assert (writes, again.issues) == ([], ())


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh agreement's file, to be copied: seeding one takes longer than the rest."""
    path = tmp_path_factory.mktemp("seed") / "twin.sqlite"
    Store.open(path, fresh=True).close()
    return path


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=15, deadline=None, suppress_health_check=QUIET)
@given(calls=agreements(), wanted=edits(), language=st.sampled_from(Language))
def test_edits_are_what_changes_and_nothing_else(
    seeded: Path, calls: Agreement, wanted: list[Edit], language: Language
) -> None:
    goes_round(seeded, calls, wanted, language)


@pytest.mark.long
@settings(max_examples=500, deadline=None, suppress_health_check=QUIET)
@given(calls=agreements(), wanted=edits(), language=st.sampled_from(Language))
def test_edits_are_what_changes_over_hundreds_of_agreements(
    seeded: Path, calls: Agreement, wanted: list[Edit], language: Language
) -> None:
    goes_round(seeded, calls, wanted, language)
