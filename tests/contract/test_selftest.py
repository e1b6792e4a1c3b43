"""`selftest`: the user's own machine plays schedules, and anything but zero is exit 1."""

from __future__ import annotations

from collections import Counter

import pytest

from bulkio.flows import self_test
from bulkio.model.outcome import Status
from tests.contract.conftest import Bulkio


def test_a_schedule_of_chaos_doubles_nothing_and_loses_nothing(bulkio: Bulkio) -> None:
    answer = bulkio("selftest", "--chaos", "--minutes", "0", "--json")

    assert answer.code == 0, answer.out
    assert answer.json["schedules"] == 1
    assert answer.json["runs"] >= 2
    assert (answer.json["duplicates"], answer.json["lost"]) == (0, 0)
    assert answer.json["rows"]["total"] > 10


def test_without_chaos_it_is_the_job_done_once(bulkio: Bulkio) -> None:
    answer = bulkio("selftest")

    assert answer.code == 0
    assert "0 duplicates, 0 lost" in answer.out


def test_what_is_missing_or_there_twice_is_counted_and_is_not_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """The expectation is bent, so that the comparison has something to find."""
    real = self_test._quiet()
    one = next(iter(real))
    monkeypatch.setattr(self_test, "_quiet", lambda: real - Counter([one]) + Counter({("customers", "nobody"): 1}))

    tried = self_test.self_test(0, chaos=False, tell=lambda _: None)

    assert (tried.duplicates, tried.lost, tried.good) == (1, 1, False)
    assert not tried.rows[Status.PENDING]
