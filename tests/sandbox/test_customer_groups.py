from __future__ import annotations

from typing import Any

import httpx
import pytest

Body = dict[str, Any]
GROUP: Body = {"customerGroupNumber": 10, "name": "Detail", "account": {"accountNumber": 5600}}


async def test_a_group_keeps_the_callers_number(api: httpx.AsyncClient) -> None:
    answer = await api.post("/customer-groups", json=GROUP | {"layout": {"layoutNumber": 19}})
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith("/customer-groups/10")
    assert answer.json()["account"]["name"] == "Debitorer"
    assert answer.json()["layout"]["name"].startswith("Dansk")


async def test_a_taken_group_number_is_refused(api: httpx.AsyncClient) -> None:
    answer = await api.post("/customer-groups", json=GROUP | {"customerGroupNumber": 1})
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "E06010")


@pytest.mark.parametrize(("account", "code"), [(9999, "E07150"), (5690, "E04041"), (1000, "E04041")])
async def test_the_account_must_be_one_for_customers(api: httpx.AsyncClient, account: int, code: str) -> None:
    answer = await api.post("/customer-groups", json=GROUP | {"account": {"accountNumber": account}})
    assert answer.status_code == 400
    assert answer.json()["errors"]["account"]["errors"][0]["errorCode"] == code


@pytest.mark.parametrize("account", [5600, 1010])
async def test_balance_sheet_and_profit_and_loss_accounts_are_let_in(api: httpx.AsyncClient, account: int) -> None:
    assert (await api.post("/customer-groups", json=GROUP | {"account": {"accountNumber": account}})).is_success


async def test_put_replaces_a_group_but_its_number(api: httpx.AsyncClient) -> None:
    await api.post("/customer-groups", json=GROUP)
    answer = await api.put("/customer-groups/10", json={"customerGroupNumber": 99, "name": "Engros"})
    assert (answer.status_code, answer.json()["customerGroupNumber"]) == (200, 10)
    assert "account" not in answer.json()


async def test_a_group_lists_its_customers_and_stays_while_it_has_some(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customer-groups", json=GROUP)
    await api.post("/customers", json=customer | {"customerGroup": {"customerGroupNumber": 10}})
    await api.post("/customers", json=customer)
    listed = (await api.get("/customer-groups/10/customers")).json()
    assert [entry["customerNumber"] for entry in listed["collection"]] == [1]
    assert (await api.delete("/customer-groups/10")).status_code == 400
    await api.delete("/customers/1")
    assert (await api.delete("/customer-groups/10")).status_code == 204
