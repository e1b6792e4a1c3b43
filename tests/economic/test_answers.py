from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkio.economic import Accepted, Answer, Fault, Forbidden, Rate, Rejected, Request, Throttled, Unanswered
from bulkio.economic.answers import read_answer
from bulkio.economic.throttling import read_rate

POST = Request("POST", "/customers", b"{}", "k")
PUT = Request("PUT", "/customers/1", b"{}", "k")
CACHED = {"x-resultfromcache": "true"}


@pytest.mark.parametrize(
    ("request_", "status", "headers", "content", "answer"),
    [
        (POST, 201, {}, b'{"customerNumber":1}', Accepted(201, {"customerNumber": 1})),
        (POST, 201, CACHED, b'{"customerNumber":1}', Accepted(201, {"customerNumber": 1}, replayed=True)),
        (PUT, 200, {}, b"", Accepted(200, {})),
        (Request("DELETE", "/customers/1", b"", "k"), 204, {}, b"", Accepted(204, {})),
        (POST, 201, {}, b"", Unanswered("unreadable", 201)),
        (POST, 201, {}, b'{"customerNumber":', Unanswered("unreadable", 201)),
        (POST, 201, CACHED, b"<html>", Unanswered("unreadable", 201, replayed=True)),
        (POST, 200, {}, b"[1]", Unanswered("unreadable", 200)),
        (POST, 302, {}, b"", Unanswered("redirected", 302)),
        (POST, 408, {}, b"", Unanswered("server_error", 408)),
        (POST, 500, {}, b"<html>", Unanswered("server_error", 500)),
        (POST, 503, {"retry-after": "7"}, b"", Unanswered("server_error", 503, after=7.0)),
        (POST, 500, CACHED, b"{}", Unanswered("server_error", 500, replayed=True)),
        (POST, 429, {"retry-after": "30"}, b"<html>", Throttled(30.0)),
        (POST, 429, {"retry-after": "0"}, b"", Throttled(0.0)),
        (POST, 429, {}, b"", Throttled(0.0)),
        (POST, 429, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, b"", Throttled(0.0)),
        (POST, 401, {}, b'{"message":"No such token"}', Forbidden(401, "No such token")),
        (POST, 403, {}, b"<p>Adgang n\xc3\xa6gtet</p>", Forbidden(403, "Adgang nægtet")),
        (POST, 404, {}, b"gone", Rejected(404, (Fault(None, "api_rejected", "gone", "", None),), "api_rejected")),
        (POST, 415, {}, b"", Rejected(415, (Fault(None, "api_rejected", "", "", None),), "api_rejected")),
    ],
)
def test_a_response_is_one_answer(
    request_: Request, status: int, headers: dict[str, str], content: bytes, answer: Answer
) -> None:
    assert read_answer(request_, status, headers, content) == answer


@given(
    st.integers(200, 599),
    st.binary(max_size=300),
    st.dictionaries(
        st.sampled_from(["retry-after", "x-resultfromcache", "x-ratelimiting", "x-callcost"]), st.text(max_size=30)
    ),
)
def test_no_response_whatever_breaks_the_reading(status: int, content: bytes, headers: dict[str, str]) -> None:
    read_answer(POST, status, headers, content)
    read_rate(headers)


def test_a_missing_role_can_stand_beside_its_row() -> None:
    assert Forbidden(403, "no role").faults == (Fault(None, "no_permission", "no role", "", None),)


def test_the_bucket_is_read_from_its_headers() -> None:
    headers = {"x-ratelimiting": "token-limit-10000-per-60-seconds: 147/10000", "x-callcost": "3"}

    assert read_rate(headers) == Rate(used=147, limit=10_000, window=60, cost=3)
    assert read_rate({"x-ratelimiting": "soon"}) is None
    assert read_rate(headers | {"x-callcost": "much"}) == Rate(used=147, limit=10_000, window=60, cost=0)
