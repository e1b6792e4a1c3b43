"""Each list is filtered and sorted by exactly what `filters.json` records, with 200 or 400."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from bulkio.sandbox.published import recorded_filters, schema
from tests.sandbox.agreement import fill

Body = dict[str, Any]
SHARED = Path(__file__).parents[2] / "../shared/reference/filters.json"
KEYS = {
    "/accounting-years/accountingYear": "/accounting-years/2026",
    "/periods/accountingYearPeriod": "/periods/2",
    "/accounts/accountNumber": "/accounts/5600",
    "/customer-groups/customerGroupNumber": "/customer-groups/1",
    "/customers/customerNumber": "/customers/1",
    "/employees/employeeNumber": "/employees/1",
    "/product-groups/productGroupNumber": "/product-groups/1",
    "/products/productNumber": "/products/A_6_1_9_b",
}
NOT_HERE = ("departmental-distributions", "journals", "orders", "quotes", "suppliers", "payment-types", "vat-accounts",
            "vat-types")  # fmt: skip
HERE = [path for path in recorded_filters() if path.split("/")[1] not in NOT_HERE]
VALUES = {"integer": "1", "number": "1.5", "boolean": "true", "string": "a"}


def address(recorded: str) -> str:
    for key, concrete in KEYS.items():
        recorded = recorded.replace(key, concrete)
    return recorded


@pytest.fixture
async def filled(api: httpx.AsyncClient, customer: Body, draft: Body) -> httpx.AsyncClient:
    await fill(api, customer, draft)
    return api


async def status(api: httpx.AsyncClient, path: str, **query: str) -> int:
    return (await api.get(path, params=query)).status_code


@pytest.mark.parametrize("recorded", HERE)
async def test_a_list_is_filtered_by_what_is_recorded(filled: httpx.AsyncClient, recorded: str) -> None:
    entry, path = recorded_filters()[recorded], address(recorded)
    assert await status(filled, path) == 200
    for name in (*entry["schema_filterable"], *entry["server_accepts_though_unpublished"]):
        wanted = 400 if name in entry["server_refuses_filter"] else 200
        for value in ("$null:", value_for(entry["schema"], name)):
            assert await status(filled, path, filter=f"{name}$eq:{value}") == wanted, (name, value)


@pytest.mark.parametrize("recorded", HERE)
async def test_a_list_is_sorted_by_what_is_recorded(filled: httpx.AsyncClient, recorded: str) -> None:
    entry, path = recorded_filters()[recorded], address(recorded)
    for name in entry["schema_sortable"]:
        wanted = 400 if name in entry["server_refuses_sort"] else 200
        for key in (name, f"-{name}", f"~{name}"):
            assert await status(filled, path, sort=key) == wanted, key


@pytest.mark.parametrize("recorded", HERE)
async def test_what_is_not_recorded_is_refused(filled: httpx.AsyncClient, recorded: str) -> None:
    entry, path = recorded_filters()[recorded], address(recorded)
    items = schema(entry["schema"])["properties"]["collection"]["items"]["properties"]
    allowed = {*entry["schema_filterable"], *entry["server_accepts_though_unpublished"]}
    for name in ("bogus", *(name for name in items if name not in allowed)):
        answer = await filled.get(path, params={"filter": f"{name}$eq:1"})
        assert answer.status_code == 400, name
        assert answer.json()["errors"] == [f"Filtering is not allowed on property '{name}'."]
        assert set(answer.json()["allowedFilteringFields"]) == allowed - set(entry["server_refuses_filter"])
    for name in ("bogus", *(name for name in items if name not in entry["schema_sortable"])):
        assert await status(filled, path, sort=name) == 400, name


def value_for(name: str, field: str) -> str:
    rules: Body = schema(name)["properties"]["collection"]["items"]
    for part in field.split("."):
        rules = rules["properties"].get(part, {})
    if "enum" in rules:
        return str(rules["enum"][0])
    return VALUES[str(rules.get("type", "string"))]


@pytest.mark.skipif(not SHARED.exists(), reason="filters.json is not beside this checkout")
def test_the_record_that_is_carried_is_the_one_that_was_taken() -> None:
    assert json.loads(SHARED.read_text("utf-8"))["collections"] == recorded_filters()
