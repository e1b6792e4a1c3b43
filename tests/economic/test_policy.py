from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkio.economic import (
    Accepted,
    Again,
    Answer,
    Decision,
    Doubt,
    Forbidden,
    Rejected,
    Settle,
    Stop,
    Throttled,
    Unanswered,
    decide,
)
from bulkio.economic.policy import LONGEST_WAIT, REPLAY_WINDOW, THROTTLED_FOR, TRIES

NOON = 1_800_000_000.0
TIMEOUT = Unanswered("timeout")
REFUSED = Unanswered("no_connection", left=False, host="a.example")


@pytest.mark.parametrize(
    "answer", [Accepted(201, {}), Accepted(201, {}, replayed=True), Rejected(400, (), "x"), Forbidden(403, "no")]
)
def test_a_judged_request_is_settled_whenever_and_however_often(answer: Answer) -> None:
    assert decide(answer, TRIES + 5, NOON, NOON + 9e9) == Settle()


def test_wrong_tokens_stop_the_run() -> None:
    decision = decide(Forbidden(401, "text", "a.example"), 1, NOON, NOON)

    assert isinstance(decision, Stop)
    assert (decision.error.code, decision.error.parameters["host"], decision.error.exit_code) == (
        "wrong_tokens",
        "a.example",
        3,
    )


@pytest.mark.parametrize(
    "answer", [TIMEOUT, Unanswered("server_error", 503), Unanswered("unreadable", 201), Unanswered("reset")]
)
@pytest.mark.parametrize(("attempt", "least"), [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8)])
def test_silence_is_answered_by_the_same_bytes_after_a_doubling_pause(
    answer: Answer, attempt: int, least: float
) -> None:
    decision = decide(answer, attempt, NOON, NOON + 60)

    assert isinstance(decision, Again)
    assert decision.counts
    assert least <= decision.after <= 1.25 * least


@pytest.mark.parametrize(
    ("attempt", "elapsed"),
    [(TRIES, 1.0), (1, REPLAY_WINDOW + 1), (1, 8 * 3600.0), (1, -3600.0)],
    ids=["too many tries", "window gone", "much later", "clock set back"],
)
def test_after_the_tries_or_the_window_the_outcome_is_in_doubt(attempt: int, elapsed: float) -> None:
    assert decide(TIMEOUT, attempt, NOON, NOON + elapsed) == Doubt()


def test_a_server_error_out_of_the_cache_is_in_doubt_at_once() -> None:
    assert decide(Unanswered("server_error", 500, replayed=True), 1, NOON, NOON) == Doubt()


def test_a_server_that_names_its_pause_is_given_it() -> None:
    decision = decide(Unanswered("server_error", 503, after=42.0), 1, NOON, NOON)

    assert isinstance(decision, Again)
    assert 42.0 <= decision.after <= 1.25 * 42
    assert decide(Unanswered("server_error", 503, after=LONGEST_WAIT + 1), 1, NOON, NOON) == Doubt()


def test_no_connection_stops_only_what_never_left() -> None:
    assert isinstance(decide(REFUSED, 1, NOON, NOON, left=False), Again)
    stopped = decide(REFUSED, TRIES, NOON, NOON + 16, left=False)
    assert isinstance(stopped, Stop)
    assert (stopped.error.code, stopped.error.parameters) == ("no_connection", {"host": "a.example"})
    assert decide(REFUSED, TRIES, NOON, NOON + 16) == Doubt(), "an earlier try may have left"
    assert decide(TIMEOUT, TRIES, NOON, NOON + 16, left=False) == Doubt()


@pytest.mark.parametrize("after", [0.0, 3.0, 60.0])
def test_a_throttled_request_waits_without_counting(after: float) -> None:
    for attempt in (1, TRIES + 3):
        decision = decide(Throttled(after), attempt, NOON, NOON)
        assert isinstance(decision, Again)
        assert not decision.counts
        assert decision.after >= max(after, 1.0)


def test_throttling_without_a_word_backs_off() -> None:
    pauses = [decide(Throttled(0.0), 1, NOON, NOON + elapsed) for elapsed in (0, 1, 3, 8, 20, 300)]

    assert all(isinstance(pause, Again) for pause in pauses)
    assert [int(pause.after) for pause in pauses if isinstance(pause, Again)] == sorted(
        int(pause.after) for pause in pauses if isinstance(pause, Again)
    )


@pytest.mark.parametrize(("after", "elapsed"), [(3600.0, 0.0), (1.0, THROTTLED_FOR + 1)])
def test_a_spent_quota_stops_the_run(after: float, elapsed: float) -> None:
    decision = decide(Throttled(after, "a.example"), 1, NOON, NOON + elapsed)

    assert isinstance(decision, Stop)
    assert decision.error.code == "quota_used_up"
    assert set(decision.error.parameters) == {"host", "minutes"}


def test_requests_that_failed_together_do_not_come_back_together() -> None:
    pauses = {decide(TIMEOUT, 1, NOON + step / 1000, NOON + 30) for step in range(100)}

    assert len(pauses) > 90


ANSWERS = st.one_of(
    st.builds(Accepted, st.integers(200, 299), st.just({}), st.booleans()),
    st.builds(Rejected, st.integers(400, 499), st.just(()), st.text()),
    st.builds(Throttled, st.floats(0, 1e6)),
    st.builds(Forbidden, st.sampled_from([401, 403]), st.text()),
    st.builds(
        Unanswered,
        st.sampled_from(["timeout", "reset"]),
        st.none() | st.integers(500, 599),
        replayed=st.booleans(),
        after=st.floats(0, 1e6),
    ),
)


@given(ANSWERS, st.integers(1, 50), st.floats(0, 2e9), st.floats(0, 2e9), st.booleans())
def test_the_policy_is_a_function_and_never_replays_outside_the_window(
    answer: Answer, attempt: int, posted_at: float, now: float, left: bool
) -> None:
    decision: Decision = decide(answer, attempt, posted_at, now, left=left)

    assert repr(decision) == repr(decide(answer, attempt, posted_at, now, left=left))
    if isinstance(decision, Again):
        assert 0 < decision.after <= 1.25 * LONGEST_WAIT
        assert now - posted_at <= REPLAY_WINDOW
