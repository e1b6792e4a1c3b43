"""What a network does to a request: each becomes one of the answers, and none an exception."""

from __future__ import annotations

import asyncio
import gzip
import socket
from typing import Any

import pytest

from bulkio.economic import Accepted, Answer, Economic, Rejected, Request, Throttled, Unanswered
from bulkio.errors import BulkioError, NoConnection, NoPermission, QuotaUsedUp

POST = Request("POST", "/customers", b'{"name":"Bo"}', "key-1")
SELF = {"agreementNumber": 7, "company": {"name": "A"}, "settings": {"baseCurrency": "DKK"}}


async def sent(trouble: Any, *script: Any, request: Request = POST) -> Answer:
    async with trouble.listening(*script) as server, Economic(trouble.target(server.root)) as api:
        answer: Answer = await api.send(request)
        return answer


async def refused(trouble: Any, *script: Any) -> tuple[BulkioError, Any]:
    waiting = trouble.waiting()
    async with trouble.listening(*script) as server, Economic(trouble.target(server.root), sleep=waiting) as api:
        with pytest.raises(BulkioError) as stopped:
            await api.agreement()
        return stopped.value, waiting


async def test_what_leaves_carries_tokens_and_key(trouble: Any) -> None:
    async with (
        trouble.listening(trouble.say(201, {"customerNumber": 1})) as server,
        Economic(trouble.target(server.root)) as api,
    ):
        assert await api.send(POST) == Accepted(201, {"customerNumber": 1})

    head = server.requests[0].decode().lower()
    assert "post /customers http/1.1" in head
    for line in (
        "x-appsecrettoken: app",
        "x-agreementgranttoken: grant",
        "content-type: application/json",
        "idempotency-key: key-1",
    ):
        assert line in head
    assert server.requests[0].endswith(b'\r\n\r\n{"name":"Bo"}')


async def test_a_read_carries_no_key(trouble: Any) -> None:
    async with trouble.listening(trouble.say(200, SELF)) as server, Economic(trouble.target(server.root)) as api:
        await api.agreement()

    assert b"idempotency" not in server.requests[0].lower()


async def test_a_refused_connection_says_that_nothing_left(trouble: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with Economic(trouble.target(root)) as api:
            answer = await api.send(POST)

    assert answer == Unanswered("no_connection", left=False, host=root.removeprefix("http://"))


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b.invalid", "x" * 70 + ".invalid", "ø" * 80])
async def test_a_host_that_has_no_address_says_that_nothing_left(trouble: Any, host: str) -> None:
    async with Economic(trouble.target(f"https://{host}")) as api:
        assert await api.send(POST) == Unanswered("no_connection", left=False, host=host)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{"customerNumber":1',
        b'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"cus',
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 201 Created\r\n" + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"\x00\xff\x00\xff\r\n\r\n",
    ],
    ids=["closed", "cut", "cut chunk", "bad chunk", "bad gzip", "huge header", "nonsense", "bytes"],
)
async def test_a_broken_answer_leaves_the_outcome_unknown(trouble: Any, content: bytes) -> None:
    answer = await sent(trouble, trouble.raw(content))

    assert isinstance(answer, Unanswered)
    assert answer.left, "the request had left"


async def test_a_reset_after_the_request_leaves_the_outcome_unknown(trouble: Any) -> None:
    answer = await sent(trouble, trouble.reset)

    assert isinstance(answer, Unanswered)
    assert (answer.reason, answer.left) == ("reset", True)


async def test_a_reset_on_a_kept_connection_leaves_the_outcome_unknown(trouble: Any) -> None:
    async with (
        trouble.listening(trouble.say(201, {}), trouble.reset) as server,
        Economic(trouble.target(server.root)) as api,
    ):
        await api.send(POST)
        answer = await api.send(POST)

    assert isinstance(answer, Unanswered)
    assert answer.left


async def test_a_gzipped_answer_is_read(trouble: Any) -> None:
    body = gzip.compress(b'{"name":"\xc3\x98"}')

    assert await sent(trouble, trouble.say(201, body, "Content-Encoding: gzip")) == Accepted(201, {"name": "Ø"})


async def test_too_slow_an_answer_is_a_timeout(trouble: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr("bulkio.economic.transport.READ_SECONDS", 0.1)
    answer = await sent(trouble, never)

    assert isinstance(answer, Unanswered)
    assert (answer.reason, answer.left) == ("timeout", True)


async def test_an_answer_that_trickles_for_ever_is_a_timeout(trouble: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def trickle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.02)

    monkeypatch.setattr("bulkio.economic.transport.WHOLE_SECONDS", 0.2)
    answer = await sent(trouble, trickle)

    assert isinstance(answer, Unanswered)
    assert answer.reason == "timeout"


async def test_an_answer_without_end_is_cut_off(trouble: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulkio.economic.transport.LARGEST_BODY", 1000)

    answer = await sent(trouble, trouble.say(200, gzip.compress(b" " * 10_000_000), "Content-Encoding: gzip"))

    assert isinstance(answer, Unanswered)
    assert answer.reason == "too_large"


async def test_html_and_throttling_are_what_they_are(trouble: Any) -> None:
    rejected = await sent(trouble, trouble.say(400, b"<h1>Nej</h1>", "Content-Type: text/html"))
    throttled = await sent(trouble, trouble.say(429, b"", "Retry-After: 9"))

    assert isinstance(rejected, Rejected)
    assert rejected.faults[0].text == "Nej"
    assert isinstance(throttled, Throttled)
    assert throttled.after == 9.0


async def test_reading_waits_out_trouble(trouble: Any) -> None:
    waiting = trouble.waiting()
    script = [trouble.reset, trouble.say(429, b"", "Retry-After: 4"), trouble.say(200, b"{cut"), trouble.say(200, SELF)]
    async with trouble.listening(*script) as server, Economic(trouble.target(server.root), sleep=waiting) as api:
        facts = await api.agreement()

    assert facts.number == 7
    assert api.calls == {"GET": len(server.requests)} == {"GET": 4}, "no try is hidden"
    assert any(seconds >= 4 for seconds in waiting.seconds)


async def test_a_server_that_only_fails_is_said_to_give_no_sense(trouble: Any) -> None:
    stopped, waiting = await refused(trouble, trouble.say(502, b"<html>"))

    assert isinstance(stopped, NoConnection)
    assert (stopped.code, stopped.parameters["status"]) == ("unexpected_answer", 502)
    assert len(waiting.seconds) == 2, "three tries before the first contact"


async def test_a_server_that_never_answers_is_said_so(trouble: Any) -> None:
    stopped, _ = await refused(trouble, trouble.reset)

    assert isinstance(stopped, NoConnection)
    assert stopped.code == "no_answer"


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"<h1>Not found</h1>"), (200, b"<html>sign in</html>"), (200, {"hello": 1}), (302, b"")]
)
async def test_a_server_that_is_not_e_conomic_is_said_so(trouble: Any, status: int, body: object) -> None:
    stopped, _ = await refused(trouble, trouble.say(status, body))

    assert isinstance(stopped, NoConnection)
    assert stopped.code == "unexpected_answer"
    assert set(stopped.parameters) >= {"host", "path", "status", "text"}


async def test_wrong_tokens_are_said_at_once(trouble: Any) -> None:
    stopped, waiting = await refused(trouble, trouble.say(401, {"message": "no"}))

    assert isinstance(stopped, NoPermission)
    assert stopped.code == "wrong_tokens"
    assert waiting.seconds == []


async def test_a_missing_role_is_said_at_once(trouble: Any) -> None:
    stopped, _ = await refused(trouble, trouble.say(403, {"message": "no role"}))

    assert isinstance(stopped, NoPermission)
    assert (stopped.code, stopped.parameters["text"]) == ("no_permission", "no role")


async def test_a_spent_quota_is_said(trouble: Any) -> None:
    stopped, _ = await refused(trouble, trouble.say(429, b"", "Retry-After: 86400"))

    assert isinstance(stopped, QuotaUsedUp)


async def test_no_server_is_said_with_its_host(trouble: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        root = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with Economic(trouble.target(root), sleep=trouble.waiting()) as api:
            with pytest.raises(NoConnection) as stopped:
                await api.agreement()

    assert stopped.value.code == "no_connection"
    assert stopped.value.parameters["host"] == root.removeprefix("http://")


async def test_an_application_in_this_process_that_crashes_is_a_server_error(trouble: Any) -> None:
    async def crashing(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError

    async with Economic(trouble.target("http://127.0.0.1:1"), crashing) as api:
        answer = await api.send(POST)

    assert isinstance(answer, Unanswered)
    assert (answer.reason, answer.status) == ("server_error", 500)


@pytest.mark.parametrize("at", ["start", "body"])
async def test_an_application_in_this_process_that_loses_the_connection_leaves_the_outcome_unknown(
    trouble: Any, at: str
) -> None:
    async def losing(scope: Any, receive: Any, send: Any) -> None:
        if at == "body":
            await send({"type": "http.response.start", "status": 201, "headers": []})
            await send({"type": "http.response.body", "body": b'{"customerNumber":1}', "more_body": True})
        raise ConnectionResetError

    async with Economic(trouble.target("http://127.0.0.1:1"), losing) as api:
        answer = await api.send(POST)

    assert isinstance(answer, Unanswered)
    assert (answer.reason, answer.left, answer.status) == ("reset", True, None)


async def test_an_application_in_this_process_that_is_gone_says_that_nothing_left(trouble: Any) -> None:
    async def gone(scope: Any, receive: Any, send: Any) -> None:
        raise ConnectionRefusedError

    async with Economic(trouble.target("http://127.0.0.1:1"), gone) as api:
        assert await api.send(POST) == Unanswered("no_connection", left=False, host="127.0.0.1:1")


async def test_the_environments_proxy_is_not_used_for_this_machine(
    trouble: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert await sent(trouble, trouble.say(201, {"a": 1})) == Accepted(201, {"a": 1})
