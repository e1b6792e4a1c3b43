"""What leaves the twin: an answer, and the shapes of refusals that `Refused` carries out of the depths.

Shapes A to D are those of the classic host's error bodies (economic-rest, section 3).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from bulkio.sandbox.clock import log_time, now
from bulkio.sandbox.inventions import invented
from bulkio.sandbox.wording import worded

_NOT_FOUND_HINT = (
    "The API tries to provide all the resource urls you need. If you have hard coded urls yourself, then try to look "
    "at the enclosing collection for hypermedia information on where the resource you are looking for could be."
)
JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """Status, body (bytes stand as they are, None is empty) and the headers that are this answer's own."""

    status: int
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = JSON


@dataclass
class Refused(Exception):
    """A request that is refused; `parts` is the error body but for what every body carries."""

    status: int
    parts: dict[str, Any]
    headers: tuple[tuple[str, str], ...] = field(default=())
    media_type: str = JSON

    def answer(self, log_id: str, language: str) -> Answer:
        """The error body with its log id, status and time, in the agreement's language."""
        if self.media_type == PROBLEM:
            return Answer(self.status, _problem(self, log_id), self.headers, PROBLEM)
        return Answer(self.status, _classic(self, log_id, language), self.headers)


def new_log_id() -> str:
    """Sixteen hex digits and a point of presence, as seen in real bodies."""
    return f"{secrets.token_hex(8)}-CPH"


def _classic(refused: Refused, log_id: str, language: str) -> dict[str, Any]:
    head = {name: refused.parts[name] for name in ("message", "errorCode", "developerHint") if name in refused.parts}
    tail = {name: value for name, value in refused.parts.items() if name not in head}
    head = {name: worded(text, language) for name, text in head.items()}
    middle = {"logId": log_id, "httpStatusCode": refused.status}
    errors = {"errors": tail.pop("errors")} if "errors" in tail else {}
    return head | middle | errors | {"logTime": log_time(now())} | tail


def _problem(refused: Refused, log_id: str) -> dict[str, Any]:
    trace = {"traceId": log_id, "traceTimeUtc": now().strftime("%Y-%m-%dT%H:%M:%S")}
    code = refused.parts["errorCode"]
    return {key: value for key, value in refused.parts.items() if key != "errorCode"} | trace | {"errorCode": code}


def simple(status: int, message: str, code: str, hint: str = "", **more: Any) -> Refused:
    """Shape D: one message, no tree."""
    return Refused(status, {"message": message, "errorCode": code, "developerHint": hint, **more})


def simply_invented(name: str, status: int, headers: tuple[tuple[str, str], ...] = (), **more: Any) -> Refused:
    """Shape D with code and words from the table of inventions."""
    entry = invented(name)
    parts = {"message": entry.message, "errorCode": entry.code, "developerHint": entry.hint, **more}
    return Refused(status, parts, headers)


def not_found() -> Refused:
    """404 as of 2015, with the `E06000` seen live on a repeated DELETE."""
    entry = invented("404")
    return simple(404, entry.message, entry.code, _NOT_FOUND_HINT)


def key_exists() -> Refused:
    """400 `E06010`, seen by two clients when a customer's number is taken."""
    return simple(
        400,
        "The entity cannot be created because the key already exists",
        "E06010",
        "Use another key, or leave it out where the API assigns one.",
    )


def not_implemented() -> Refused:
    """501: linked but not offered, which the documentation says happens."""
    return simply_invented("501", 501)


def query_refused(message: str, hint: str, errors: list[str], **more: Any) -> Refused:
    """Shape C: a filter or sort that cannot be followed; it carries no error code."""
    return Refused(400, {"message": message, "developerHint": hint, "errors": errors, **more})


def schema_refused(errors: list[str], schema_path: str) -> Refused:
    """Shape B: a list of sentences in the words of Newtonsoft's validator."""
    entry = invented("schema-envelope")
    return Refused(
        400,
        {
            "message": entry.message,
            "errorCode": entry.code,
            "developerHint": entry.hint,
            "errors": errors,
            "schemaPath": schema_path,
        },
    )
