from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from bulkio.sandbox import Store, create_application

Body = dict[str, Any]
KEY = {"Idempotency-Key": "row-1"}


async def test_a_repeat_is_replayed_and_writes_nothing(api: httpx.AsyncClient, customer: Body) -> None:
    first = await api.post("/customers", json=customer, headers=KEY)
    second = await api.post("/customers", json=customer, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "X-ResultFromCache" not in first.headers
    assert second.headers["X-ResultFromCache"] == "true"
    assert second.headers["Location"] == first.headers["Location"]
    assert (await api.get("/customers")).json()["pagination"]["results"] == 1


async def test_another_body_is_payload_changed(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer, headers=KEY)
    answer = await api.post("/customers", json=customer | {"name": "B"}, headers=KEY)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "PayloadChanged")


async def test_another_url_is_url_changed(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer, headers=KEY)
    answer = await api.put("/customers/1", json=customer, headers=KEY)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "URLChanged")


async def test_a_repeated_delete_is_replayed_as_204(api: httpx.AsyncClient, customer: Body) -> None:
    await api.post("/customers", json=customer)
    assert (await api.delete("/customers/1", headers=KEY)).status_code == 204
    again = await api.delete("/customers/1", headers=KEY)
    assert (again.status_code, again.headers["X-ResultFromCache"], again.content) == (204, "true", b"")


async def test_a_get_takes_no_notice_of_a_key(api: httpx.AsyncClient, customer: Body) -> None:
    await api.get("/customers", headers=KEY)
    await api.post("/customers", json=customer, headers=KEY)
    assert (await api.get("/customers", headers=KEY)).json()["pagination"]["results"] == 1


async def test_duplicates_at_once_execute_once(api: httpx.AsyncClient, customer: Body) -> None:
    answers = await asyncio.gather(*[api.post("/customers", json=customer, headers=KEY) for _ in range(20)])
    assert {answer.json()["customerNumber"] for answer in answers} == {1}
    assert sum("X-ResultFromCache" not in answer.headers for answer in answers) == 1


async def test_duplicates_over_two_openings_of_one_file_execute_once(tmp_path: Path, customer: Body) -> None:
    stores = [Store.open(tmp_path / "twin.db") for _ in range(2)]
    tokens = stores[0].tokens
    assert stores[1].tokens == tokens
    headers = {"X-AppSecretToken": tokens.app_secret_token, "X-AgreementGrantToken": tokens.agreement_grant_token}
    for store in stores:
        transport = httpx.ASGITransport(create_application(store, latency=0.01))
        async with httpx.AsyncClient(transport=transport, base_url="http://twin", headers=headers) as client:
            assert (await client.post("/customers", json=customer, headers=KEY)).json()["customerNumber"] == 1
            assert (await client.get("/customers")).json()["pagination"]["results"] == 1
    for store in stores:
        store.close()
