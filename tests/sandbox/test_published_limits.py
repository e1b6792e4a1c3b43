"""Every constraint of the published write schemas: let in at its limit, refused one step beyond it.

The facts are read from the schemas themselves, so that a schema that changes changes its tests. Where ../shared lies
beside the checkout, `write_constraints.json` is held against the same twin.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bulkio.sandbox.published import schema
from tests.sandbox.agreement import fill
from tests.sandbox.writes import CONTACTS, LOCATIONS, WRITES, Body, Path_, Write, properties, with_value

CONSTRAINTS = Path(__file__).parents[2] / "../shared/reference/write_constraints.json"
IDS = [f"{write.method} {write.path}" for write in WRITES]
# Texts that must mean something: they are let in at their limit only when they do, and have tests of their own.
MEANT = {"ean", "currency", "code", "self", "date", "dueDate", "deliveryDate", "startDate", "endDate", "fromDate",
         "toDate", "productNumber"}  # fmt: skip
TAKEN_FROM_ELSEWHERE = {("paymentTerms", "name"), ("lines", 0, "unit", "name")}
WORDS = {"string": "String", "integer": "Integer", "number": "Float", "boolean": "Boolean", "object": "Object",
         "array": "Array"}  # fmt: skip


@pytest.fixture
async def filled(api: httpx.AsyncClient, customer: Body, draft: Body) -> httpx.AsyncClient:
    await fill(api, customer, draft)
    return api


async def send(api: httpx.AsyncClient, write: Write, body: Body) -> httpx.Response:
    answer = await api.request(write.method, write.path, json=body)
    if answer.status_code == 201 and write.undoable and "self" in answer.json():
        await api.delete(answer.json()["self"])
    return answer


def is_schema_refusal(answer: httpx.Response, write: Write) -> bool:
    return answer.status_code == 400 and answer.json().get("schemaPath", "").endswith(f"/{write.schema}.schema.json")


@pytest.mark.parametrize("write", WRITES, ids=IDS)
async def test_texts_at_their_limit_and_one_beyond(filled: httpx.AsyncClient, write: Write) -> None:
    for path, rules in properties(schema(write.schema)):
        longest, shortest = rules.get("maxLength"), rules.get("minLength", 0)
        if rules.get("type") != "string" or longest is None:
            continue
        beyond = await send(filled, write, with_value(write.body, path, "x" * (longest + 1)))
        assert is_schema_refusal(beyond, write), path
        assert f"String '{'x' * (longest + 1)}' exceeds maximum length of {longest}." in beyond.json()["errors"]
        if shortest:
            short = await send(filled, write, with_value(write.body, path, "x" * (shortest - 1)))
            assert is_schema_refusal(short, write), path
        if path[-1] not in MEANT:
            at_limit = await send(filled, write, with_value(write.body, path, "x" * longest))
            assert at_limit.is_success, (path, at_limit.text)
            if not write.path.endswith("/lines") and path not in TAKEN_FROM_ELSEWHERE:
                shown = at_limit.json()
                for part in path:
                    shown = shown[part]
                assert shown == "x" * longest


@pytest.mark.parametrize("write", WRITES, ids=IDS)
async def test_numbers_one_beyond_their_limit(filled: httpx.AsyncClient, write: Write) -> None:
    for path, rules in properties(schema(write.schema)):
        least, most = rules.get("minimum"), rules.get("maximum")
        at = [] if least is None else [(least + 1 if rules.get("exclusiveMinimum") else least, False)]
        at += [] if least is None else [(least if rules.get("exclusiveMinimum") else least - 1, True)]
        at += [] if most is None else [(most, False), (most + 1, True)]
        for value, refused in at:
            answer = await send(filled, write, with_value(write.body, path, value))
            assert is_schema_refusal(answer, write) is refused, (path, value, answer.text)


@pytest.mark.parametrize("write", WRITES, ids=IDS)
async def test_what_is_required_is_named_when_it_is_missing(filled: httpx.AsyncClient, write: Write) -> None:
    for path, rules in properties(schema(write.schema)):
        if rules.get("required") and len(path) == 1:
            without = {name: value for name, value in write.body.items() if name != path[0]}
            answer = await send(filled, write, without)
            assert is_schema_refusal(answer, write), path
            assert answer.json()["errors"] == [f"Required properties are missing from object: {path[0]}."]


@pytest.mark.parametrize("write", WRITES, ids=IDS)
async def test_null_and_other_types_are_refused_everywhere(filled: httpx.AsyncClient, write: Write) -> None:
    for path, rules in properties(schema(write.schema)):
        kind = rules.get("type")
        if not isinstance(kind, str):
            continue
        for value, name in ((None, "Null"), ([], "Array"), ({}, "Object"), ("1", "String")):
            if name.lower() == kind:
                continue
            answer = await send(filled, write, with_value(write.body, path, value))
            assert is_schema_refusal(answer, write), (path, value, answer.text)
            assert f"Invalid type. Expected {WORDS[kind]} but got {name}." in answer.json()["errors"]


@pytest.mark.parametrize("write", WRITES, ids=IDS)
async def test_enums_take_their_members_in_strict_case(filled: httpx.AsyncClient, write: Write) -> None:
    for path, rules in properties(schema(write.schema)):
        for member in rules.get("enum", ()):
            if isinstance(member, str):
                answer = await send(filled, write, with_value(write.body, path, member.swapcase()))
                assert is_schema_refusal(answer, write), (path, member)
                assert not is_schema_refusal(await send(filled, write, with_value(write.body, path, member)), write)


@pytest.mark.skipif(not CONSTRAINTS.exists(), reason="write_constraints.json is not beside this checkout")
def test_the_schemas_that_are_carried_say_what_the_write_constraints_say() -> None:
    names = {
        "customers": ("customers.post", "customers.customerNo.put"),
        "contacts": (f"{CONTACTS}.post", f"{CONTACTS}.contactNumber.put"),
        "delivery-locations": (f"{LOCATIONS}.post", f"{LOCATIONS}.deliveryLocationNumber.put"),
        "customer-groups": ("customer-groups.post", "customer-groups.customergroupnumber.put"),
    }
    resources = json.loads(CONSTRAINTS.read_text("utf-8"))["resources"]
    assert set(names) == set(resources)
    for resource, (post, put) in names.items():
        for verb, name in (("post", post), ("put", put)):
            carried = {".".join(map(str, path)).replace(".0", "[]"): rules for path, rules in everything(schema(name))}
            for path, told in resources[resource].items():
                rules = told.get(verb)
                assert (rules is None) == (path not in carried), (name, path)
                for key, value in (rules or {}).items():
                    found = (
                        carried[path].get("items", {}).get("enum") if key == "items_enum" else carried[path].get(key)
                    )
                    assert found == value, (name, path, key)


def everything(part: Body, path: Path_ = ()) -> Iterator[tuple[Path_, Body]]:
    for name, rules in part.get("properties", {}).items():
        yield (*path, name), rules
        yield from everything(rules, (*path, name))
