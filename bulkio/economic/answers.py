"""What can come back from a request: a closed union, and how a response becomes one of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulkio.economic.bodies import read_json
from bulkio.economic.faults import Fault, read_faults, read_text
from bulkio.economic.requests import Request
from bulkio.economic.throttling import retry_after


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is done. `body` is the record as it stands now, empty where the API echoes nothing; `replayed` when the answer
    is that of an earlier try under the same key.
    """

    status: int
    body: Mapping[str, object]
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """It was judged and refused; nothing changed. `code` is the answer's own, or that of its first fault."""

    status: int
    faults: tuple[Fault, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """It was not looked at, since the agreement's calls for now are spent; `after` are seconds, 0 where none were named."""

    after: float
    host: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Whether it was done is not known, unless `left` is false: then nothing has left this machine.

    `reason` is `no_connection`, `timeout`, `reset`, `server_error`, `unreadable`, `redirected` or `too_large`. `replayed` marks
    an answer out of the server's cache: asking again would bring the same. `after` are the seconds a server asked for.
    """

    reason: str
    status: int | None = None
    left: bool = True
    replayed: bool = False
    after: float = 0.0
    host: str = ""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The tokens are wrong or revoked (401), or lack the role for this (403)."""

    status: int
    text: str
    host: str = ""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The refusal as a row's fault, for a role that is missing for one kind of record only."""
        return (Fault(None, "no_permission", self.text, "", None),)


Answer = Accepted | Rejected | Throttled | Unanswered | Forbidden


def read_answer(request: Request, status: int, headers: Mapping[str, str], content: bytes, host: str = "") -> Answer:
    """The answer that a response is; never raises, whatever it holds. `headers` answer to lower-case names."""
    replayed = headers.get("x-resultfromcache", "").strip().lower() == "true"
    if status in {401, 403}:
        return Forbidden(status, read_text(content), host)
    if status == 429:
        return Throttled(retry_after(headers), host)
    if 200 <= status < 300:
        return _done(request, status, content, replayed, host)
    if 300 <= status < 400:
        return Unanswered("redirected", status, host=host)
    if status >= 500 or status == 408:
        return Unanswered("server_error", status, replayed=replayed, after=retry_after(headers), host=host)
    code, faults = read_faults(request, status, content)
    return Rejected(status, faults, code)


def _done(request: Request, status: int, content: bytes, replayed: bool, host: str) -> Answer:
    if not content and request.method in {"PUT", "DELETE"}:
        return Accepted(status, {}, replayed)
    try:
        body = read_json(content)
    except ValueError:
        return Unanswered("unreadable", status, replayed=replayed, host=host)
    if not isinstance(body, dict):
        return Unanswered("unreadable", status, replayed=replayed, host=host)
    return Accepted(status, body, replayed)
