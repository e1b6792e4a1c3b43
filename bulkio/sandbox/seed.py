"""What a fresh practice agreement holds, read from `data/seed-agreement.json`."""

# ruff: noqa: S608 - names of tables and columns are our own constants; values go as parameters

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from importlib import resources
from typing import Any

from bulkio.sandbox.clock import last_updated, now
from bulkio.sandbox.periods import add_periods
from bulkio.sandbox.shelves import Body, Key, dump

_COUNTED = ("contacts", "delivery_locations", "drafts", "entries", "vouchers")

_ISO_4217 = {"DKK": "208", "EUR": "978", "SEK": "752", "NOK": "578", "GBP": "826", "USD": "840"}


def seed(connection: sqlite3.Connection) -> None:
    """Fill empty tables with the seed agreement."""
    facts = _read_facts()
    connection.execute("INSERT INTO agreement VALUES ('self', ?)", (dump(facts["self"]),))
    for table, rows in _rows(facts):
        connection.executemany(
            f"INSERT INTO {table} (key, body) VALUES (?, ?)", [(key, dump(body)) for key, body in rows]
        )
    for year in facts["accountingYears"]:
        add_periods(connection, year)
    connection.executemany("INSERT INTO numbers VALUES (?, 0)", [(name,) for name in _COUNTED])


def _read_facts() -> Any:
    text = resources.files("bulkio.sandbox").joinpath("data", "seed-agreement.json").read_text("utf-8")
    return json.loads(text)


def _rows(facts: Any) -> Iterable[tuple[str, list[tuple[Key, Body]]]]:
    yield "currencies", [(code, _currency(code, name)) for code, name in facts["currencies"]]
    yield "vat_zones", _keyed(facts["vatZones"], "vatZoneNumber")
    yield "payment_terms", _keyed(facts["paymentTerms"], "paymentTermsNumber")
    yield "layouts", _keyed(facts["layouts"], "layoutNumber")
    yield "employees", _keyed(facts["employees"], "employeeNumber")
    yield "accounts", _keyed([_account(row) for row in facts["accounts"]], "accountNumber")
    yield "accounting_years", _keyed(facts["accountingYears"], "year")
    yield "product_groups", _product_groups(facts)
    yield "products", _keyed([_product(row) for row in facts["products"]], "productNumber")
    yield "customer_groups", _keyed([_group(row) for row in facts["customerGroups"]], "customerGroupNumber")


def _currency(code: str, name: str) -> Body:
    return {"code": code, "name": name, "isoNumber": _ISO_4217[code]}


def _keyed(rows: list[Body], key: str) -> list[tuple[Key, Body]]:
    return [(row[key], {name: value for name, value in row.items() if value != ""}) for row in rows]


def _account(row: Body) -> Body:
    return {"debitCredit": "debit", "blockDirectEntries": False, "barred": False, **row}


def _product(row: Body) -> Body:
    facts = {name: value for name, value in row.items() if name != "productGroupNumber"}
    group = {"productGroupNumber": row["productGroupNumber"]}
    return facts | {"barred": False, "productGroup": group, "lastUpdated": last_updated(now())}


def _product_groups(facts: Body) -> list[tuple[Key, Body]]:
    numbers = sorted({row["productGroupNumber"] for row in facts["products"]})
    sales = sales_accounts(facts)
    return [(number, {"productGroupNumber": number, "name": f"Varegruppe {number}", **sales}) for number in numbers]


def sales_accounts(facts: Body) -> Body:
    """Domestic zones sell on the first account of profit and loss, the others on the last (invention `sales-accounts`)."""
    accounts = [row["accountNumber"] for row in facts["accounts"] if row.get("accountType") == "profitAndLoss"]
    zones = [row for row in facts["vatZones"] if row.get("enabledForCustomer")]
    home = [zone["vatZoneNumber"] for zone in zones if zone.get("name", "").startswith(("Domestic", "Indland"))]
    numbers = [zone["vatZoneNumber"] for zone in zones]
    return {"sales": {str(number): accounts[0 if number in home else -1] for number in numbers if accounts}}


def _group(row: Body) -> Body:
    facts = {name: value for name, value in row.items() if name != "accountNumber"}
    return facts | {"account": {"accountNumber": row["accountNumber"]}}
