from __future__ import annotations

from typing import Any

import httpx
import pytest

Body = dict[str, Any]
PEOPLE = [
    ("Joe", "Airport", "10"),
    ("joe", "Newport", "50"),
    ("Ann (Ltd) 5$", "Odense", None),
    ("Åse*", "odense C", "39"),
    ("a[b]c", "Aarhus", "8000"),
]


@pytest.fixture
async def filled(api: httpx.AsyncClient, customer: Body) -> httpx.AsyncClient:
    """Five customers, numbered from 1."""
    for name, city, postcode in PEOPLE:
        more = {"name": name, "city": city} | ({"zip": postcode} if postcode else {})
        assert (await api.post("/customers", json=customer | more)).is_success
    await api.put("/customers/5", json=customer | {"name": "a[b]c", "city": "Aarhus", "zip": "8000", "barred": True})
    return api


async def numbers(api: httpx.AsyncClient, **query: str) -> list[int]:
    answer = await api.get("/customers", params=query)
    assert answer.status_code == 200, answer.text
    return [entry["customerNumber"] for entry in answer.json()["collection"]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("name$eq:JOE", [1, 2]),
        ("name$eq:joe$and:(city$like:air*$or:zip$eq:50)", [1, 2]),
        ("name$eq:joe$and:city$like:*port$and:zip$ne:50", [1]),
        ("city$like:ense", [3, 4]),
        ("city$like:odense", [3, 4]),
        ("city$like:odense*", [3, 4]),
        ("city$like:*ense", [3]),
        ("name$eq:åse$*", [4]),
        ("name$like:$*", [4]),
        ("name$eq:a[b]c", [5]),
        ("name$eq:a$[b$]c", []),
        ("name$like:a[[]b]c", [5]),
        ("name$eq:Ann (Ltd$) 5$$", [3]),
        ("name$eq:Ann $(Ltd$) 5$$", [3]),
        ("customerNumber$gt:2$and:customerNumber$lte:4", [3, 4]),
        ("customerNumber$in:[1,4,99]", [1, 4]),
        ("customerNumber$nin:[1,4,99]", [2, 3, 5]),
        ("name$in:[joe]", []),
        ("zip$eq:$null:", [3]),
        ("zip$ne:$null:", [1, 2, 4, 5]),
        ("barred$eq:true", [5]),
        ("barred$eq:false", [1, 2, 3, 4]),
        ("balance$eq:0", [1, 2, 3, 4, 5]),
        ("customerGroup.customerGroupNumber$eq:1$and:customerNumber$lt:3", [1, 2]),
        ("customerNumber$eq:1$or:customerNumber$eq:2$and:name$eq:nobody", [1]),
        ("pNumber$eq:$null:", [1, 2, 3, 4, 5]),
        ("customerNumber$in:[" + ",".join(str(n) for n in range(3, 203)) + "]", [3, 4, 5]),
    ],
)
async def test_a_filter_finds(filled: httpx.AsyncClient, wanted: str, found: list[int]) -> None:
    assert await numbers(filled, filter=wanted) == found


@pytest.mark.parametrize(
    "wanted",
    [
        "name", "name$eq:a$b", "name$eq:a)", "(name$eq:a", "name$xx:1", "customerNumber$eq:abc", "$and:",
        "customerNumber$in:1,2", "customerNumber$in:[1,2", "barred$eq:maybe", "customerNumber$like:1",
        "customerNumber$in:[" + ",".join(str(n) for n in range(201)) + "]",
        "(" * 500 + "name$eq:a" + ")" * 500, "name$eq:" + "a" * 20_000, "zip$gt:$null:", "customerNumber$eq:1e999",
        "$or:".join(["name$eq:a"] * 500),
    ],
)  # fmt: skip
async def test_a_bad_filter_is_refused_without_a_code(filled: httpx.AsyncClient, wanted: str) -> None:
    answer = await filled.get("/customers", params={"filter": wanted})
    body = answer.json()
    assert answer.status_code == 400
    assert body["message"] == "Could not parse query string filter."
    assert "errorCode" not in body
    assert all(isinstance(sentence, str) for sentence in body["errors"])


async def test_a_list_without_brackets_is_refused_in_the_words_seen_live(filled: httpx.AsyncClient) -> None:
    answer = await filled.get("/customers?filter=customerNumber$in:1")
    assert answer.json()["errors"] == ["Syntax error, expected: ["]


async def test_a_property_that_is_not_filterable_answers_with_those_that_are(filled: httpx.AsyncClient) -> None:
    body = (await filled.get("/customer-groups?filter=account.accountNumber$eq:1")).json()
    assert body["errors"] == ["Filtering is not allowed on property 'account.accountNumber'."]
    assert sorted(body["allowedFilteringFields"]) == ["customerGroupNumber", "name"]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("name", [5, 3, 1, 2, 4]),
        ("-name", [4, 1, 2, 3, 5]),
        ("-customerNumber", [5, 4, 3, 2, 1]),
        ("name,-customerNumber", [5, 3, 2, 1, 4]),
        ("~customerNumber", [1, 2, 3, 4, 5]),
    ],
)
async def test_a_list_is_sorted(filled: httpx.AsyncClient, keys: str, found: list[int]) -> None:
    assert await numbers(filled, sort=keys) == found


@pytest.mark.parametrize("keys", ["bogus", "name,bogus", "barred", "--", ""])
async def test_an_unknown_sort_key_is_refused_without_alternatives(filled: httpx.AsyncClient, keys: str) -> None:
    answer = await filled.get("/customers", params={"sort": keys})
    if keys:
        assert answer.status_code == 400
        assert answer.json()["message"] == "Could not parse query string sort parameter"
        assert "allowedFilteringFields" not in answer.json()


async def test_tilde_sorts_numbers_as_words(api: httpx.AsyncClient, customer: Body) -> None:
    for number in (9, 10, 100):
        await api.post("/customers", json=customer | {"customerNumber": number})
    assert await numbers(api, sort="~customerNumber") == [10, 100, 9]


async def test_links_repeat_the_callers_query(filled: httpx.AsyncClient) -> None:
    body = (await filled.get("/customers?pagesize=2")).json()
    pages = body["pagination"]
    root = "https://restapi.e-conomic.com/customers"
    assert body["self"] == f"{root}?pagesize=2"
    assert pages["firstPage"] == f"{root}?pagesize=2&skippages=0"
    assert pages["nextPage"] == f"{root}?pagesize=2&skippages=1"
    assert pages["lastPage"] == f"{root}?pagesize=2&skippages=2"
    assert "previousPage" not in pages
    assert (pages["results"], pages["resultsWithoutFilter"], pages["maxPageSizeAllowed"]) == (5, 5, 1000)


async def test_the_case_of_parameters_is_kept(filled: httpx.AsyncClient) -> None:
    pages = (await filled.get("/customers?skipPages=1&pageSize=2")).json()["pagination"]
    assert pages["nextPage"].endswith("?skipPages=2&pageSize=2")
    assert pages["previousPage"].endswith("?skipPages=0&pageSize=2")


async def test_walking_the_pages_finds_everything_once(filled: httpx.AsyncClient) -> None:
    found: list[int] = []
    address: str | None = "/customers?pagesize=2"
    while address:
        body = (await filled.get(address)).json()
        found += [entry["customerNumber"] for entry in body["collection"]]
        address = body["pagination"].get("nextPage")
    assert found == [1, 2, 3, 4, 5]


async def test_past_the_end_is_an_empty_page(filled: httpx.AsyncClient) -> None:
    answer = await filled.get("/customers?skippages=9")
    assert (answer.status_code, answer.json()["collection"]) == (200, [])
    assert answer.json()["pagination"]["results"] == 5


async def test_results_count_with_and_without_the_filter(filled: httpx.AsyncClient) -> None:
    pages = (await filled.get("/customers?filter=name$eq:joe")).json()["pagination"]
    assert (pages["results"], pages["resultsWithoutFilter"], pages["pageSize"]) == (2, 5, 20)


@pytest.mark.parametrize("query", ["pagesize=1001", "pagesize=0", "pagesize=-1", "pagesize=x"])
async def test_a_bad_page_is_e04810(filled: httpx.AsyncClient, query: str) -> None:
    answer = await filled.get(f"/customers?{query}")
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "E04810")


@pytest.mark.parametrize("query", ["skippages=-1", "skippages=x", "pagesize=5&skippages=1.5"])
async def test_a_bad_number_of_pages_to_skip_is_refused_by_its_own_name(filled: httpx.AsyncClient, query: str) -> None:
    """Only the refusal of a bad pagesize is e-conomic's; this one is an invention and blames what is wrong."""
    answer = await filled.get(f"/customers?{query}")
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "SANDBOX-SKIPPAGES")
    assert answer.json()["message"].startswith("skippages must be")


async def test_the_largest_page_holds_a_thousand(filled: httpx.AsyncClient) -> None:
    assert (await filled.get("/customers?pagesize=1000")).json()["pagination"]["pageSize"] == 1000


async def test_items_carry_no_meta_data_and_single_records_do(filled: httpx.AsyncClient) -> None:
    body = (await filled.get("/customers")).json()
    assert "metaData" not in body["collection"][0]
    assert body["metaData"]["create"]["httpMethod"] == "post"
    assert set((await filled.get("/customers/1")).json()["metaData"]) == {"delete", "replace"}
