from __future__ import annotations

import pytest

from bulkio.economic import Secret, Target
from bulkio.errors import Misuse, NoPermission

SECRET = Secret("s")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8001", "http://localhost:1", "http://[::1]:5", "https://restapi.e-conomic.com"]
)
def test_https_and_this_machine_are_taken(url: str) -> None:
    Target(url, url, SECRET, SECRET)


@pytest.mark.parametrize("url", ["http://restapi.e-conomic.com", "http://10.0.0.1", "http://localhost.example.com"])
def test_plain_http_to_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(Misuse) as refused:
        Target("https://a.example", url, SECRET, SECRET)
    assert refused.value.code == "insecure_url"


@pytest.mark.parametrize(
    "url", ["", "e-conomic", "ftp://127.0.0.1", "https://", "https://[::1", "https://a b.dk", "https://a:99999"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Misuse) as refused:
        Target(url, "https://a.example", SECRET, SECRET)
    assert refused.value.code == "not_a_url"


def test_the_host_shown_holds_no_credentials() -> None:
    assert Target("https://me:secret@a.example:1", "https://b.example", SECRET, SECRET).host == "a.example:1"


@pytest.mark.parametrize("token", ["", " ", "nøgle", "a b", "a\nX-Evil: 1"])
def test_a_token_that_no_header_can_carry_is_a_wrong_token(token: str) -> None:
    with pytest.raises(NoPermission) as refused:
        Target("https://a.example", "https://b.example", SECRET, Secret(token))
    assert refused.value.code == "wrong_tokens"
