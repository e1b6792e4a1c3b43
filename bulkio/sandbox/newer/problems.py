"""Refusals of the newer host: problem+json (economic-customersapi, Error body)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from bulkio.sandbox.answers import PROBLEM, Refused
from bulkio.sandbox.inventions import invented

_SECTIONS = {400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5", 405: "15.5.6", 409: "15.5.10", 500: "15.6.1"}
_CODES = {
    404: "ResourceNotFound",
    401: "Unauthorized",
    403: "Forbidden",
    405: "MethodNotAllowed",
    429: "TooManyRequests",
}


def problem(status: int, title: str, detail: str, code: str, errors: list[Any] | None = None) -> Refused:
    """A problem in the shape that was captured live."""
    section = _SECTIONS.get(status, "15")
    parts = {
        "type": f"https://tools.ietf.org/html/rfc9110#section-{section}",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": errors or [],
        "errorCode": code,
    }
    return Refused(status, parts, media_type=PROBLEM)


def not_there() -> Refused:
    """404, verbatim from a live body."""
    return problem(
        404, "Resource not found.", "The resource you have been looking for does not exist.", "ResourceNotFound"
    )


def as_problem(refused: Refused) -> Refused:
    """A refusal that both hosts share, in this host's shape."""
    if refused.status == 404:
        return not_there()
    title = str(refused.parts.get("message", HTTPStatus(refused.status).phrase))
    detail = str(refused.parts.get("developerHint", ""))
    code = _CODES.get(refused.status, str(refused.parts.get("errorCode", "")))
    shaped = problem(refused.status, title, detail, code)
    return Refused(shaped.status, shaped.parts, refused.headers, PROBLEM)


def invalid(name: str, detail: str) -> Refused:
    """A refusal whose code and title come from the table of inventions."""
    entry = invented(name)
    return problem(400, entry.message, detail, entry.code)
