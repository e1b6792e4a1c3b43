from __future__ import annotations

import pickle

import pytest

from bulkio.economic import Secret, Target


def test_a_secret_is_never_printed() -> None:
    secret = Secret("hush-1234")
    target = Target("https://a.example", "https://b.example", secret, secret)

    assert "hush" not in f"{secret!r} {secret!s} {secret} {secret:>20} {target!r} %s" % secret
    assert secret.reveal() == "hush-1234"


def test_a_secret_cannot_be_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret("hush"))


def test_secrets_compare_by_their_text() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert not Secret("")
    assert len({Secret("a"), Secret("a")}) == 1
