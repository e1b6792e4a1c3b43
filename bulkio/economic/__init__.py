"""The client of both of e-conomic's hosts: what is sent, what comes back, and what to do about it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bulkio.economic.adapters import numbers_of, to_payload, to_values
from bulkio.economic.answers import Accepted, Answer, Forbidden, Rejected, Throttled, Unanswered
from bulkio.economic.bodies import content_of, read_json
from bulkio.economic.faults import Fault
from bulkio.economic.policy import Again, Decision, Doubt, Settle, Stop, decide
from bulkio.economic.requests import Request, create_request, delete_request, replace_request
from bulkio.economic.target import Target
from bulkio.economic.throttling import Rate
from bulkio.model.secret import Secret

if TYPE_CHECKING:  # asyncio costs 50 ms to import, and who only words an answer needs no client
    from bulkio.economic.client import Economic
    from bulkio.economic.facts import AgreementFacts

_LATER = {"Economic": "client", "AgreementFacts": "facts"}

__all__ = [
    "Accepted",
    "Again",
    "AgreementFacts",
    "Answer",
    "Decision",
    "Doubt",
    "Economic",
    "Fault",
    "Forbidden",
    "Rate",
    "Rejected",
    "Request",
    "Secret",
    "Settle",
    "Stop",
    "Target",
    "Throttled",
    "Unanswered",
    "content_of",
    "create_request",
    "decide",
    "delete_request",
    "numbers_of",
    "read_json",
    "replace_request",
    "to_payload",
    "to_values",
]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
