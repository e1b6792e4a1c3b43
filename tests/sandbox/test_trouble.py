"""Every kind of trouble, in process: what the caller gets, and whether the write was done."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulkio.sandbox import PROFILES, Limits, Profile, Scripted, Seeded, Store, create_application
from bulkio.sandbox.calls import Call
from bulkio.sandbox.rate import Meter
from bulkio.sandbox.trouble.fates import KINDS, Fate, read_fate
from bulkio.sandbox.trouble.profiles import Latency, Trait
from tests.sandbox.conftest import ROOT, token_headers

Body = dict[str, Any]
CALL = Call("POST", ROOT, ("customers",), (), "", {}, b"")


def trouble(text: str) -> dict[str, str]:
    return {"X-Sandbox-Trouble": text}


async def held(api: httpx.AsyncClient) -> int:
    number: int = (await api.get("/customers")).json()["pagination"]["results"]
    return number


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind[0].isdigit()])
async def test_a_status_comes_before_or_after_the_write(api: httpx.AsyncClient, customer: Body, kind: str) -> None:
    answer = await api.post("/customers", json=customer, headers=trouble(kind))
    assert answer.status_code == int(kind[:3])
    assert await held(api) == (1 if kind.endswith("-after") else 0)
    is_page = kind[:3] in ("502", "503", "504")
    assert answer.headers["Content-Type"].startswith("text/html" if is_page else "application/json")
    assert {"x-requestid", "x-callcost", "x-ratelimiting"} <= set(answer.headers)


@pytest.mark.parametrize("kind", ["html", "html-after"])
async def test_a_page_to_sign_in_to_is_no_answer_of_the_api(api: httpx.AsyncClient, customer: Body, kind: str) -> None:
    answer = await api.post("/customers", json=customer, headers=trouble(kind))
    assert (answer.status_code, answer.text[:9]) == (200, "<!DOCTYPE")
    assert await held(api) == (1 if kind.endswith("-after") else 0)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("reset-before", 0), ("reset-after", 1), ("reset-body", 1), ("silence-before=0.01", 0),
        ("silence-after=0.01", 1),
    ],
)  # fmt: skip
async def test_a_lost_connection_is_raised_in_process(
    api: httpx.AsyncClient, customer: Body, kind: str, written: int
) -> None:
    with pytest.raises(ConnectionResetError):
        await api.post("/customers", json=customer, headers=trouble(kind))
    assert await held(api) == written


@pytest.mark.parametrize(("kind", "written"), [("restart-before", 0), ("restart-after", 1)])
async def test_a_killed_server_refuses_for_a_while_and_knows_what_it_knew(
    api: httpx.AsyncClient, customer: Body, kind: str, written: int
) -> None:
    with pytest.raises(ConnectionResetError):
        await api.post("/customers", json=customer, headers=trouble(f"{kind}=0.15"))
    with pytest.raises(ConnectionRefusedError):
        await api.get("/customers")
    await asyncio.sleep(0.2)
    assert await held(api) == written


async def test_what_was_under_way_in_a_killed_server_is_lost_and_never_done(
    api: httpx.AsyncClient, customer: Body
) -> None:
    under_way = [
        asyncio.create_task(api.post("/customers", json=customer, headers=trouble(f"delay={delay}")))
        for delay in (0.2, 0.3)
    ]
    await asyncio.sleep(0.01)
    with pytest.raises(ConnectionResetError):
        await api.post("/customers", json=customer, headers=trouble("restart-before=0.01"))
    outcomes = await asyncio.gather(*under_way, return_exceptions=True)
    assert all(isinstance(outcome, ConnectionResetError) for outcome in outcomes)
    assert await held(api) == 0


async def test_a_repeat_under_its_key_mends_a_lost_answer(api: httpx.AsyncClient, customer: Body) -> None:
    key = {"Idempotency-Key": "row-1"}
    with pytest.raises(ConnectionResetError):
        await api.post("/customers", json=customer, headers=key | trouble("reset-after"))
    answer = await api.post("/customers", json=customer, headers=key)
    assert (answer.status_code, answer.headers["X-ResultFromCache"]) == (201, "true")
    assert await held(api) == 1


async def test_trouble_before_the_write_uses_no_key_up(api: httpx.AsyncClient, customer: Body) -> None:
    key = {"Idempotency-Key": "row-1"}
    for kind in ("429", "500", "502"):
        await api.post("/customers", json=customer, headers=key | trouble(kind))
    answer = await api.post("/customers", json=customer, headers=key)
    assert (answer.status_code, "X-ResultFromCache" in answer.headers) == (201, False)


QUICK = [kind if kind[0].isdigit() or kind.startswith(("html", "reset")) else f"{kind}=0.001" for kind in KINDS]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fates=st.lists(st.sampled_from(["", *QUICK]), max_size=12))
async def test_whatever_befalls_a_client_that_repeats_under_its_key_writes_once(
    store: Store, customer: Body, fates: list[str]
) -> None:
    with store.writing() as connection:
        for table in ("customers", "kept_answers"):
            connection.execute(f"DELETE FROM {table}")
    transport = httpx.ASGITransport(create_application(store, trouble=Scripted(fates)))
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
        for row in range(3):
            outcomes: list[bool] = []
            while not outcomes or not outcomes[-1]:
                outcomes.append(await settled(client, customer, f"row-{row}"))
            assert len(outcomes) <= len(fates) + 20, "it comes through when the script is over"
        assert await held(client) == 3


async def settled(client: httpx.AsyncClient, customer: Body, key: str) -> bool:
    try:
        answer = await client.post("/customers", json=customer, headers={"Idempotency-Key": key})
    except ConnectionError:
        await asyncio.sleep(0.001)  # a server that was killed takes this long to come back
        return False
    return answer.status_code == 201


async def test_a_trickling_body_arrives_whole(api: httpx.AsyncClient, customer: Body) -> None:
    answer = await api.post("/customers", json=customer, headers=trouble("delay=0.01+slow-body=0.05"))
    assert answer.json()["customerNumber"] == 1


async def test_429_says_how_long_to_wait_in_the_shape_of_the_host(api: httpx.AsyncClient) -> None:
    classic = await api.get("/customers", headers=trouble("429=7"))
    newer = await api.get("/customersapi/v3.1.0/Customers", headers=trouble("429=7"))
    assert classic.headers["Retry-After"] == newer.headers["Retry-After"] == "7"
    assert classic.json()["httpStatusCode"] == newer.json()["status"] == 429
    assert newer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("text", ["earthquake", "429=soon", "429=-1", "delay=nan", "502+"])
async def test_unknown_trouble_is_refused_and_nothing_done(api: httpx.AsyncClient, customer: Body, text: str) -> None:
    answer = await api.post("/customers", json=customer, headers=trouble(text))
    if text == "502+":
        assert answer.status_code == 502
        return
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "SANDBOX-TROUBLE")
    assert await held(api) == 0


@given(
    st.builds(Fate, st.floats(0, 100).map(lambda seconds: round(seconds, 3)), st.sampled_from(["", *KINDS]), st.just(0))
)
def test_a_fate_reads_back_as_it_is_written(fate: Fate) -> None:
    read = read_fate(str(fate))
    assert (read.delay, read.kind) == (fate.delay, fate.kind)
    assert read_fate(str(read)) == read


async def test_a_script_deals_to_the_writes_in_their_order(store: Store, customer: Body) -> None:
    script = Scripted(["", "500", "reset-after"])
    transport = httpx.ASGITransport(create_application(store, trouble=script))
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
        assert (await client.post("/customers", json=customer)).status_code == 201
        assert (await client.get("/customers")).status_code == 200
        assert (await client.post("/customers", json=customer)).status_code == 500
        exempt = await client.post("/customers", json=customer, headers={"X-Sandbox-No-Trouble": "1"})
        assert exempt.status_code == 201
        with pytest.raises(ConnectionResetError):
            await client.post("/customers", json=customer)
        assert (await client.post("/customers", json=customer)).status_code == 201
    assert script.met["500"] == script.met["reset-after"] == 1


@pytest.mark.parametrize("name", PROFILES)
def test_a_seed_replays_its_schedule(name: str) -> None:
    dealt = [[schedule.deal(CALL) for _ in range(500)] for schedule in (Seeded(PROFILES[name], 7) for _ in range(2))]
    assert dealt[0] == dealt[1]
    other = Seeded(PROFILES[name], 8)
    assert dealt[0] != [other.deal(CALL) for _ in range(500)]


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_brings_each_of_its_traits_and_no_other(name: str) -> None:
    profile = PROFILES[name]
    schedule = Seeded(profile, 1)
    fates = [schedule.deal(CALL) for _ in range(20_000)]
    assert {fate.kind for fate in fates} == {"", *profile.traits}
    spared = sum(not fate.kind for fate in fates)
    assert spared > len(fates) / 2, "a client that asks again comes through"
    assert all(0 < fate.delay <= profile.latency.longest for fate in fates)
    below = sum(fate.delay <= profile.latency.median for fate in fates)
    assert 0.45 < below / len(fates) < 0.55


def test_what_comes_in_waves_comes_in_a_row() -> None:
    schedule = Seeded(Profile("t", "", Latency(), {"429": Trait(0.05, calls=(5, 5), seconds=(1, 1))}), 3)
    words = "".join("x" if schedule.deal(CALL).kind else "." for _ in range(2000))
    assert {len(wave) % 5 for wave in words.split(".") if wave} == {0}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_bucket_refuses_when_it_is_empty_and_fills_evenly() -> None:
    clock = Clock()
    meter = Meter(Limits(tokens=30, seconds=60), clock=clock)
    assert [meter.charge() for _ in range(11)] == [0] * 10 + [6]
    clock.now = 5.0
    assert meter.charge() == 1
    clock.now = 6.0
    assert meter.charge() == 0
    assert dict(meter.headers()) == {"X-CallCost": "3", "X-RateLimiting": "token-limit-30-per-60-seconds: 30/30"}


def test_the_daily_quota_opens_again_after_a_day() -> None:
    clock = Clock()
    meter = Meter(Limits(calls_a_day=2), clock=clock)
    assert [meter.charge(), meter.charge()] == [0, 0]
    clock.now = 3600.0
    assert meter.charge() == 23 * 3600
    clock.now = 86_400.0
    assert meter.charge() == 0


def test_nothing_is_enforced_unless_asked_for() -> None:
    meter = Meter(clock=Clock())
    assert {meter.charge() for _ in range(60_000)} == {0}
    assert meter.headers()[1][1].endswith(": 10000/10000")


async def test_a_days_calls_outlive_the_server(store: Store) -> None:
    limits = Limits(calls_a_day=120)
    statuses = []
    for _ in range(2):
        transport = httpx.ASGITransport(create_application(store, limits=limits))
        async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
            statuses.append([(await client.get("/self")).status_code for _ in range(100)])
            refused = await client.get("/self") if 429 in statuses[-1] else None
    assert (statuses[0].count(200), statuses[1].count(200)) == (100, 20)
    assert refused is not None
    assert 86_000 < int(refused.headers["Retry-After"]) <= 86_400


async def test_a_day_that_cannot_be_kept_is_an_answer(store: Store) -> None:
    transport = httpx.ASGITransport(create_application(store, limits=Limits()))
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
        store._connection.execute("PRAGMA query_only = 1")
        statuses = [(await client.get("/self")).status_code for _ in range(51)]
    assert statuses == [200] * 49 + [500] + [200]


async def test_an_enforced_bucket_answers_429_but_to_the_exempt(store: Store, customer: Body) -> None:
    application = create_application(store, limits=Limits(tokens=6, seconds=60))
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url=ROOT, headers=token_headers(store)) as client:
        statuses = [(await client.post("/customers", json=customer)).status_code for _ in range(3)]
        assert statuses == [201, 201, 429]
        refused = await client.get("/customers")
        assert 1 <= int(refused.headers["Retry-After"]) <= 30
        assert refused.headers["X-RateLimiting"] == "token-limit-6-per-60-seconds: 6/6"
        spared = await client.get("/customers", headers={"X-Sandbox-No-Trouble": "1"})
        assert spared.json()["pagination"]["results"] == 2
