"""Refusals of the newer host: problem+json (economic-customersapi, Error body)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bulkio.sandbox.answers import PROBLEM, Refused
from bulkio.sandbox.inventions import invented

_RFC_9110 = "https://tools.ietf.org/html/rfc9110#section-"
_SECTIONS = {
    400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5", 405: "15.5.6", 406: "15.5.7", 409: "15.5.10",
    413: "15.5.14", 415: "15.5.16", 500: "15.6.1",
}  # fmt: skip
_TYPES = {429: "https://tools.ietf.org/html/rfc6585#section-4"}
_CODES = {
    401: "Unauthorized", 403: "Forbidden", 405: "MethodNotAllowed", 406: "NotAcceptable", 413: "PayloadTooLarge",
    415: "UnsupportedMediaType", 429: "TooManyRequests", 500: "InternalServerError",
}  # fmt: skip
_CLASSIC_CODE = re.compile(r"E\d{5}")


@dataclass(frozen=True)
class Fault:
    """One fault: the property with a capital, as seen live, what is said of it, and its code."""

    property: str | None
    message: str
    code: str

    def laid_out(self) -> dict[str, str]:
        """The fault as it stands in `errors`."""
        shown = {"message": self.message, "errorCode": self.code}
        return shown | ({"property": self.property} if self.property else {})


def problem(status: int, title: str, detail: str, code: str, errors: list[Any] | None = None) -> Refused:
    """A problem in the shape that was captured live."""
    parts = {
        "type": _TYPES.get(status, _RFC_9110 + _SECTIONS.get(status, "15")),
        "title": title,
        "status": status,
        "detail": detail,
        "errors": errors or [],
        "errorCode": code,
    }
    return Refused(status, parts, media_type=PROBLEM)


def refuse(faults: list[Fault]) -> Refused:
    """400 with every fault; the first one's code stands at the top, too."""
    entry = invented("newer-validation")
    return problem(400, entry.message, entry.hint, faults[0].code, [fault.laid_out() for fault in faults])


def refuse_if_any(faults: list[Fault]) -> None:
    """End the request when something was found."""
    if faults:
        raise refuse(faults)


def not_there() -> Refused:
    """404, verbatim from a live body."""
    return problem(
        404, "Resource not found.", "The resource you have been looking for does not exist.", "ResourceNotFound"
    )


def stale() -> Refused:
    """409 `UpdateConflict`: the code is seen live, the words are not."""
    entry = invented("newer-conflict")
    return problem(409, entry.message, entry.hint, entry.code)


def as_problem(refused: Refused) -> Refused:
    """A refusal that both hosts share, in this host's shape."""
    if refused.status == 404:
        return not_there()
    title = str(refused.parts.get("message", HTTPStatus(refused.status).phrase))
    detail = str(refused.parts.get("developerHint", ""))
    shaped = problem(refused.status, title, detail, _code(refused))
    return Refused(shaped.status, shaped.parts, refused.headers, PROBLEM)


def _code(refused: Refused) -> str:
    own = str(refused.parts.get("errorCode", ""))
    if refused.status in _CODES or not own:
        return _CODES.get(refused.status, "")
    return "InvalidInput" if _CLASSIC_CODE.fullmatch(own) else own


def invalid(name: str, detail: str) -> Refused:
    """A refusal whose code and title come from the table of inventions."""
    entry = invented(name)
    return problem(400, entry.message, detail, entry.code)
