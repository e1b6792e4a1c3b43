"""`bulkio sandbox` from outside: its trouble, its limits, its settings and what it says of itself."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bulkio.sandbox import INVENTIONS, KINDS, PROFILES
from tests.contract.conftest import Bulkio, Twin


def status(twin: Twin, path: str, headers: dict[str, str] | None = None) -> int:
    tokens = {"X-AppSecretToken": twin.app_secret_token, "X-AgreementGrantToken": twin.agreement_grant_token}
    try:
        with urlopen(Request(twin.rest_url + path, headers=tokens | (headers or {})), timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_help_names_every_profile(bulkio: Bulkio) -> None:
    shown = bulkio("sandbox", "--help").out
    danish = bulkio("--lang", "da", "sandbox", "--help").out
    for profile in PROFILES.values():
        assert f"  {profile.name:7}{profile.summary}" in shown
        assert profile.summary not in danish
    assert all(kind in shown and kind in danish for kind in KINDS)


def test_what_is_no_trouble_is_wrong_use(bulkio: Bulkio) -> None:
    for word in ("quake", "flaky:x", ":7"):
        answer = bulkio("sandbox", "--chaos", word)
        assert answer.code == 2
        assert "flaky" in answer.err
        assert not bulkio.home.exists()


def test_a_port_or_a_file_that_does_not_serve_is_wrong_use(bulkio: Bulkio, tmp_path: Path) -> None:
    for words, told in [
        (("--port", "65536"), "65536"),
        (("--port", "-1"), "-1"),
        (("--data", tmp_path), "--data"),
        (("--data", tmp_path, "--fresh"), "--data"),
    ]:
        answer = bulkio("sandbox", "--port", "0", *words)
        assert (answer.code, told in answer.err) == (2, True), answer.err
        assert "fault of its own" not in answer.err


def test_inventions_are_listed_for_people_and_machines(bulkio: Bulkio) -> None:
    told = bulkio("sandbox", "--inventions")
    listed: Any = bulkio("sandbox", "--inventions", "--json").json["inventions"]
    assert (told.code, {entry["id"] for entry in listed}) == (0, set(INVENTIONS))
    assert all(f"{name}: " in told.out for name in INVENTIONS)


def test_a_seed_brings_the_same_trouble_to_the_next_server(bulkio: Bulkio) -> None:
    seen = []
    for _ in range(2):
        with bulkio.sandbox("--chaos", "storm:3") as twin:
            seen.append([reached(twin) for _ in range(40)])
    assert seen[0] == seen[1]
    assert set(seen[0]) > {200}


def reached(twin: Twin) -> int:
    try:
        return status(twin, "/self")
    except OSError:
        return 0


def test_a_profile_brings_its_own_bucket_and_tells_of_it(bulkio: Bulkio) -> None:
    spared = {"X-Sandbox-No-Trouble": "1"}
    with bulkio.sandbox("--chaos", "busy:1") as twin:
        assert rate(twin, spared) == "token-limit-1500-per-15-seconds: 0/1500"
    with bulkio.sandbox("--rate-limit") as twin:
        assert rate(twin, {}) == "token-limit-10000-per-60-seconds: 3/10000"


def rate(twin: Twin, headers: dict[str, str]) -> str:
    tokens = {"X-AppSecretToken": twin.app_secret_token, "X-AgreementGrantToken": twin.agreement_grant_token}
    with urlopen(Request(f"{twin.rest_url}/self", headers=tokens | headers), timeout=30) as answer:
        return str(answer.headers["X-RateLimiting"])


def test_a_start_tells_all_that_is_needed_even_behind_a_pipe(bulkio: Bulkio) -> None:
    environment = {name: value for name, value in bulkio.environment.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "bulkio", "sandbox", "--port", "0", "--verbose", "--chaos", "calm"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert server.stdout is not None
    lines = [server.stdout.readline().strip() for _ in range(5)]
    root = lines[0].rpartition(" ")[2]
    curl, *words, address = shlex.split(lines[3])
    assert (curl, words[::2]) == ("curl", ["-H", "-H"])
    with urlopen(Request(address, headers=dict(word.split(": ") for word in words[1::2])), timeout=30) as called:
        assert json.load(called)["self"] == f"{root}/customers"
    with urlopen(Request(lines[4].rpartition(" ")[2], headers={"Accept": "text/html"}), timeout=30) as page:
        assert b"Practice agreement" in page.read()
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=20)
    assert (server.returncode, out) == (0, "")
    assert "Ctrl-C" in err
    assert re.search(r"Trouble: --chaos calm:\d+", err)
    assert re.search(r"GET /customers 200 \d+ ms", err)
    assert lines[4].partition("key=")[2] not in err


@pytest.mark.parametrize(("word", "accepted"), [("--change-of-numbers", 200), ("--no-change-of-numbers", 400)])
def test_the_change_of_numbers_is_a_setting_of_the_agreement(bulkio: Bulkio, word: str, accepted: int) -> None:
    customer = {
        "name": "A", "currency": "DKK", "customerGroup": {"customerGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1}, "vatZone": {"vatZoneNumber": 1},
    }  # fmt: skip
    with bulkio.sandbox(word) as twin:
        put(twin, "/customers/7", customer)
        assert put(twin, "/customers/7", customer | {"customerNumber": 8}) == accepted


def test_it_is_made_in_the_likeness_of_another_agreement(bulkio: Bulkio, tmp_path: Path) -> None:
    with bulkio.sandbox("--data", str(tmp_path / "real.db")) as real:
        post(
            real,
            "/customer-groups",
            {"customerGroupNumber": 77, "name": "Storkunder", "account": {"accountNumber": 5600}},
        )
        post(real, "/payment-terms", {"name": "Netto 45", "paymentTermsType": "net", "daysOfCredit": 45})
        before = real.all("/customer-groups")
        urls = ("--rest-url", real.rest_url, "--openapi-url", real.openapi_url)
        assert bulkio("agreements", "add", "real", *urls, "--yes", more=real.tokens).code == 0
        copying = ("--seed-from", "real", "--data", str(tmp_path / "copy.db"))
        with bulkio.sandbox(*copying, more=real.tokens) as copy:
            for path in ("/customer-groups", "/payment-terms", "/vat-zones", "/accounts", "/employees", "/layouts"):
                assert bare(copy.all(path)) == bare(real.all(path)), path
            assert real.rest_url not in json.dumps(copy.all("/customer-groups"))
            assert copy.get("/self")["company"]["name"] == "Nordlys Handel ApS (øvelse) (øvelse)"
            customer = {
                "name": "A", "currency": "DKK", "customerGroup": {"customerGroupNumber": 77},
                "paymentTerms": {"paymentTermsNumber": 6}, "vatZone": {"vatZoneNumber": 1},
            }  # fmt: skip
            assert post(copy, "/customers", customer) == 201
        again = bulkio("sandbox", "--port", "0", *copying, more=real.tokens)
        assert (again.code, "--fresh" in again.err) == (2, True)
        assert real.all("/customer-groups") == before
        assert real.all("/customers") == []
    gone = bulkio("sandbox", "--port", "0", "--fresh", *copying, more=real.tokens)
    assert gone.code == 3, gone.err
    with bulkio.sandbox("--data", str(tmp_path / "copy.db")) as kept:
        assert len(kept.all("/customers")) == 1, "a network that fails costs no agreement"


def bare(records: list[dict[str, Any]]) -> list[Any]:
    return [without_links(record) for record in records]


def without_links(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {name: without_links(value) for name, value in part.items() if name != "self" and "http" not in str(value)}


def post(twin: Twin, path: str, body: dict[str, Any]) -> int:
    return put(twin, path, body, "POST")


def put(twin: Twin, path: str, body: dict[str, Any], method: str = "PUT") -> int:
    headers = {
        "X-AppSecretToken": twin.app_secret_token, "X-AgreementGrantToken": twin.agreement_grant_token,
        "Content-Type": "application/json",
    }  # fmt: skip
    request = Request(twin.rest_url + path, json.dumps(body).encode(), headers, method=method)
    try:
        with urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code
