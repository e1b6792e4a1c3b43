"""What a refusal says, read out of either host's error bodies."""

from __future__ import annotations

import json
from typing import Any

from bulkio.sandbox.inside.exchanges import Exchange

_SENTENCES = ("errorMessage", "message")


def refusals(one: Exchange) -> list[str]:
    """The sentences of a refusal, the most particular ones only; none where nothing was refused."""
    if one.status is None or one.status < 400:
        return []
    try:
        body = json.loads(one.answered)
    except ValueError:
        return []
    if not isinstance(body, dict):
        return []
    particular = list(dict.fromkeys(_sentences(body.get("errors"))))
    return particular or [str(body.get("message") or body.get("title") or "")]


def _sentences(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [text for inner in part for text in _sentences(inner)]
    if not isinstance(part, dict):
        return []
    own = next((str(part[name]) for name in _SENTENCES if isinstance(part.get(name), str)), None)
    if own is not None:
        place = part.get("propertyName") or part.get("property")
        return [f"{place}: {own}" if place else own]
    return [text for inner in part.values() for text in _sentences(inner)]
