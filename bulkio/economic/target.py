"""Where an agreement is reached: two hosts and two tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from bulkio.errors import Misuse, NoPermission
from bulkio.model.secret import Secret

_TOKEN = re.compile(r"[!-~]+")
_HOST = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True)
class Target:
    """Both host roots of an agreement and the tokens that open it.

    `customers_api` is the version in the path of the newer host, which e-conomic wants in full. Plain http would show the
    tokens to the network, so it is taken only to this machine itself; raises Misuse `insecure_url` or `not_a_url`, and
    NoPermission `wrong_tokens` for a token that no header can carry.
    """

    rest_url: str
    openapi_url: str
    app_secret_token: Secret
    agreement_grant_token: Secret
    customers_api: str = "v3.1.0"

    def __post_init__(self) -> None:
        for url in (self.rest_url, self.openapi_url):
            _refuse_insecure(url)
        for token in (self.app_secret_token, self.agreement_grant_token):
            if not _TOKEN.fullmatch(token.reveal().strip()):
                raise NoPermission("wrong_tokens", host=self.host, text="")

    @property
    def host(self) -> str:
        """The classic host's name, and its port where one is named, for the user's eyes."""
        return urlsplit(self.rest_url).netloc.rpartition("@")[2]

    @property
    def is_local(self) -> bool:
        """Whether the agreement is on this machine."""
        return _is_loopback(urlsplit(self.rest_url).hostname or "")


def _refuse_insecure(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None
    except ValueError as unreadable:
        raise Misuse("not_a_url", url=url) from unreadable
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host or ""):
        raise Misuse("not_a_url", url=url)
    if parts.scheme == "http" and not _is_loopback(host or ""):
        raise Misuse("insecure_url", url=url)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
