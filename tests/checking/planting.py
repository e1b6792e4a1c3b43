"""Workbooks full of faults: a seed makes numbers, language, order of columns, and plants every kind of fault where it says."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from stdnum import ean
from stdnum.dk import cvr

from bulkio.entities import ENTITIES, Entity
from bulkio.model.kind import Kind

Value = str | int | float | None
Row = dict[str, Value]
Spot = tuple[str, int, str]
"""Sheet title, Excel's row, header."""

ERROR_CELL = "#N/A"
FORMULA = "=1+1"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault to plant: the field, what is written there, and the code that the check must give."""

    kind: Kind
    field: str
    value: Value
    code: str


@dataclass(slots=True)
class Planted:
    """The workbook's path, and what must be found in it: errors and warnings by their place."""

    path: Path
    errors: dict[Spot, str] = field(default_factory=dict)
    warnings: dict[Spot, str] = field(default_factory=dict)


def _faults() -> list[Fault]:
    customers = [
        *(Fault(Kind.CUSTOMERS, name, None, "required") for name in ("name", "customer_group", "currency", "payment_terms", "vat_zone")),
        Fault(Kind.CUSTOMERS, "name", "  \u00a0 ", "required"),
        Fault(Kind.CUSTOMERS, "name", "N" * 256, "too_long"),
        Fault(Kind.CUSTOMERS, "name", FORMULA, "uncalculated_formula"),
        Fault(Kind.CUSTOMERS, "customer_number", "K-17", "not_a_number"),
        Fault(Kind.CUSTOMERS, "customer_number", 100.5, "not_a_number"),
        Fault(Kind.CUSTOMERS, "customer_number", -4, "out_of_range"),
        Fault(Kind.CUSTOMERS, "customer_number", 1_000_000_000, "out_of_range"),
        Fault(Kind.CUSTOMERS, "customer_group", "Findes ikke", "unknown_group"),
        Fault(Kind.CUSTOMERS, "customer_group", 997, "unknown_group"),
        Fault(Kind.CUSTOMERS, "currency", "XXX", "unknown_currency"),
        Fault(Kind.CUSTOMERS, "payment_terms", "Netto 17 dage", "unknown_payment_terms"),
        Fault(Kind.CUSTOMERS, "vat_zone", 12, "unknown_vat_zone"),
        Fault(Kind.CUSTOMERS, "vat_zone", 9, "vat_zone_not_for_customers"),
        Fault(Kind.CUSTOMERS, "sales_person", 3, "barred_employee"),
        Fault(Kind.CUSTOMERS, "sales_person", "Ingen Kendt", "unknown_employee"),
        Fault(Kind.CUSTOMERS, "layout", 22, "deleted_layout"),
        Fault(Kind.CUSTOMERS, "layout", 77, "unknown_layout"),
        Fault(Kind.CUSTOMERS, "address", "A" * 511, "too_long"),
        Fault(Kind.CUSTOMERS, "postal_code", "9" * 31, "too_long"),
        Fault(Kind.CUSTOMERS, "city", "B" * 51, "too_long"),
        Fault(Kind.CUSTOMERS, "city", ERROR_CELL, "error_cell"),
        Fault(Kind.CUSTOMERS, "country", "L" * 51, "too_long"),
        Fault(Kind.CUSTOMERS, "email", "post@", "bad_email"),
        Fault(Kind.CUSTOMERS, "email", "a@b.dk ikke-en-adresse", "bad_email"),
        Fault(Kind.CUSTOMERS, "phone", 4512345678901230, "digits_lost"),
        Fault(Kind.CUSTOMERS, "phone", "4,5E+10", "scientific_number"),
        Fault(Kind.CUSTOMERS, "mobile_phone", "1" * 51, "too_long"),
        Fault(Kind.CUSTOMERS, "p_number", "123456789", "wrong_length"),
        Fault(Kind.CUSTOMERS, "ean_number", "5798000000002", "bad_check_digit"),
        Fault(Kind.CUSTOMERS, "ean_number", "579800000000", "wrong_length"),
        Fault(Kind.CUSTOMERS, "ean_number", "57980000000AB", "not_digits"),
        Fault(Kind.CUSTOMERS, "vat_number", "V" * 21, "too_long"),
        Fault(Kind.CUSTOMERS, "credit_limit", "ti tusind", "not_a_number"),
        Fault(Kind.CUSTOMERS, "credit_limit", "1.000", "ambiguous_number"),
        Fault(Kind.CUSTOMERS, "credit_limit", 10.125, "too_many_decimals"),
        Fault(Kind.CUSTOMERS, "barred", "måske", "not_a_boolean"),
    ]  # fmt: skip
    groups = [
        Fault(Kind.CUSTOMER_GROUPS, "name", None, "required"),
        Fault(Kind.CUSTOMER_GROUPS, "name", "G" * 51, "too_long"),
        Fault(Kind.CUSTOMER_GROUPS, "account", 1000, "account_type"),
        Fault(Kind.CUSTOMER_GROUPS, "account", 5690, "account_barred"),
        Fault(Kind.CUSTOMER_GROUPS, "account", 4242, "unknown_account"),
    ]
    contacts = [
        Fault(Kind.CONTACTS, "customer", None, "required"),
        Fault(Kind.CONTACTS, "customer", 999_555_555, "unknown_customer"),
        Fault(Kind.CONTACTS, "name", None, "required"),
        Fault(Kind.CONTACTS, "email", "a@b.dk c@d.dk", "bad_email"),
        Fault(Kind.CONTACTS, "phone", "1" * 51, "too_long"),
        Fault(Kind.CONTACTS, "notes", "n" * 2001, "too_long"),
        Fault(Kind.CONTACTS, "email_copies", "aviser", "not_in_list"),
        Fault(Kind.CONTACTS, "contact_id", "x", "not_a_number"),
    ]
    locations = [
        Fault(Kind.DELIVERY_LOCATIONS, "customer", "K-ukendt", "unknown_customer"),
        Fault(Kind.DELIVERY_LOCATIONS, "address", "A" * 256, "too_long"),
        Fault(Kind.DELIVERY_LOCATIONS, "postal_code", "1" * 16, "too_long"),
        Fault(Kind.DELIVERY_LOCATIONS, "location_number", 0, "out_of_range"),
        Fault(Kind.DELIVERY_LOCATIONS, "barred", "nogle gange", "not_a_boolean"),
    ]
    return [*customers, *groups, *contacts, *locations]


FAULTS = _faults()
WARNINGS = [
    Fault(Kind.CUSTOMERS, "name", "N" * 251, "long_name"),
    Fault(Kind.CUSTOMERS, "cvr_number", "13585627", "cvr_check_digit"),
]
TRAPS: tuple[tuple[str, Callable[[random.Random], Value]], ...] = (
    ("name", lambda _: "NA"),
    ("name", lambda _: "None"),
    ("postal_code", lambda _: "0900"),
    ("phone", lambda _: "+45 12 34 56 78"),
    ("cvr_number", lambda chance: _cvr(chance)),
    ("ean_number", lambda chance: _ean(chance)),
    ("credit_limit", lambda _: "12.500,50"),
    ("credit_limit", lambda _: 12500.5),
    ("barred", lambda _: "JA"),
    ("city", lambda _: " Odense "),
    ("email", lambda _: "a@firma.dk b@firma.dk"),
)
"""Cells that look wrong and are right."""


def plant(path: Path, seed: int) -> Planted:
    """Make the workbook of a seed at a path."""
    chance = random.Random(seed)
    language = chance.choice(["en", "da"])
    rows = _rows(chance)
    planted = Planted(path)
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    kinds = list(Kind)
    chance.shuffle(kinds)
    marks = {kind: _spoil(kind, rows[kind], chance) for kind in Kind}
    for kind in kinds:
        entity = ENTITIES[kind]
        page = workbook.create_sheet(entity.sheet(language))
        written = _write(page, entity, rows[kind], language, chance)
        for at, (name, code, error) in marks[kind]:
            found = planted.errors if error else planted.warnings
            found[page.title, written[at], entity.field(name).header(language)] = code
    workbook.save(path)
    return planted


def _rows(chance: random.Random) -> dict[Kind, list[Row]]:
    first = chance.randrange(10_000, 900_000)
    customers: list[Row] = [
        _customer(first + number * 10 + chance.randrange(10), number, chance) for number in range(160)
    ]
    parents = customers[:20]
    contacts: list[Row] = [
        {"customer": chance.choice([one["customer_number"], one["own_reference"]]), "name": f"Kontakt {number}"}
        | {"email_copies": chance.choice(["invoices, orders", "fakturaer;ordrer", None]), "phone": "+45 20304050"}
        for number in range(40)
        for one in [chance.choice(parents)]
    ]
    locations: list[Row] = [
        {
            "customer": one["customer_number"],
            "location_number": number + 1,
            "address": f"Lager {number}",
            "city": "Aarhus",
        }
        for number in range(30)
        for one in [chance.choice(parents)]
    ]
    groups: list[Row] = [
        {"group_number": 10 + number, "name": f"Gruppe {number}", "account": chance.choice([5600, 5610])}
        for number in range(14)
    ]
    return {Kind.CUSTOMER_GROUPS: groups, Kind.CUSTOMERS: customers, Kind.CONTACTS: contacts, Kind.DELIVERY_LOCATIONS: locations}  # fmt: skip


def _customer(number: int, at: int, chance: random.Random) -> Row:
    groups: list[Value] = [1, 2, "Indenlandske kunder", 10, "Gruppe 1"]
    terms: list[Value] = [1, "Netto 14 dage", "3"]
    zones: list[Value] = [1, 2, "EU", "domestic"]
    row: Row = {
        "customer_number": number,
        "own_reference": f"REF-{at:04}",
        "name": f"Kunde {at} & Søn",
        "customer_group": chance.choice(groups),
        "currency": chance.choice(["DKK", "EUR", "dkk"]),
        "payment_terms": chance.choice(terms),
        "vat_zone": chance.choice(zones),
    }
    name, value = chance.choice(TRAPS)
    return {**row, name: value(chance)}


def _spoil(kind: Kind, rows: list[Row], chance: random.Random) -> list[tuple[int, tuple[str, str, bool]]]:
    """Plant every fault of a kind in a row of its own; rows that others refer to stay good."""
    free = list(range(20 if kind is Kind.CUSTOMERS else 2, len(rows)))
    chance.shuffle(free)
    marks = []
    for fault in [*FAULTS, *WARNINGS]:
        if fault.kind is kind:
            at = free.pop()
            rows[at][fault.field] = fault.value
            marks.append((at, (fault.field, fault.code, fault in FAULTS)))
    for name in [one.name for one in ENTITIES[kind].fields if one.unique and one.name in rows[0]]:
        first, second = free.pop(), free.pop()
        rows[second][name] = rows[first][name]
        marks += [(at, (name, "duplicate", True)) for at in (first, second)]
    if kind is Kind.CONTACTS:
        first, second = free.pop(), free.pop()
        rows[second] = dict(rows[first])
        marks += [(at, ("name", "duplicate", True)) for at in (first, second)]
    return marks


def _write(page: Worksheet, entity: Entity, rows: list[Row], language: str, chance: random.Random) -> list[int]:
    """Write a sheet: title lines, header, columns in any order, blank rows between; answers Excel's row of each row."""
    at = 1 + chance.randrange(3)
    for title in range(1, at):
        page.cell(title, 1, f"Udtræk {title}")
    used = [one for one in entity.fields if one.required or any(one.name in row for row in rows)]
    chance.shuffle(used)
    for column, one in enumerate(used, 1):
        page.cell(at, column, one.header(language) + (" *" if one.required else ""))
    written = []
    for row in rows:
        at += chance.choice([1, 1, 1, 1, 2, 4])
        written.append(at)
        for column, one in enumerate(used, 1):
            _put(page, at, column, row.get(one.name))
        page.row_dimensions[at].hidden = chance.random() < 0.05
    return written


def _put(page: Worksheet, row: int, column: int, value: Value) -> None:
    cell = page.cell(row, column)
    cell.value = value
    if value == ERROR_CELL:
        cell.data_type = "e"


def _cvr(chance: random.Random) -> str:
    numbers = (str(chance.randrange(10_000_000, 100_000_000)) for _ in range(1000))
    return next(number for number in numbers if cvr.checksum(number) == 0)


def _ean(chance: random.Random) -> str:
    digits = f"5798{chance.randrange(10**8):08}"
    return digits + str(ean.calc_check_digit(digits))


def missing(wanted: Mapping[Spot, str], found: Mapping[Spot, str]) -> dict[Spot, tuple[str | None, str | None]]:
    """Where the two differ: what was planted, what was found."""
    return {spot: (wanted.get(spot), found.get(spot)) for spot in wanted.keys() | found.keys() if wanted.get(spot) != found.get(spot)}  # fmt: skip
