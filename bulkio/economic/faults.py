"""Why the API refused: every shape of its error bodies becomes a tuple of `Fault`.

The shapes are those of the reference, `economic-rest.md` §3 and `economic-customersapi.md` "Error body": a tree that mirrors the
request (A, with its form of 2015), a list of the schema validator's sentences (B, C), one message (D), problem+json, and
whatever a proxy in between says. Nothing here raises for anything that a body holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from bulkio.economic.bodies import read_json
from bulkio.economic.properties import field_of, field_of_code
from bulkio.economic.requests import Request
from bulkio.economic.sentences import read_sentence
from bulkio.model.kind import Kind

_MOST_FAULTS = 50
_LONGEST_TEXT = 1000
_LONGEST_FOREIGN_TEXT = 200
_DEEPEST = 12
_ENVELOPE = "E04300"
"""The code of the envelope of shape A; it says no more than that something is wrong."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the API refused, in its own words.

    `field` is the entity's field, None where none fits. `code` is the API's, or one of ours (`api_…`) where it gave none.
    """

    field: str | None
    code: str
    text: str
    hint: str
    value: str | None


def read_faults(request: Request, status: int, content: bytes) -> tuple[str, tuple[Fault, ...]]:
    """The answer's code and its faults, at least one."""
    kind = request.kind
    try:
        body = read_json(content)
    except ValueError:
        body = None
    if not isinstance(body, Mapping):
        return "api_rejected", (Fault(None, "api_rejected", read_text(content), "", None),)
    top = _text(body, "errorCode")
    faults = tuple(_leaves(kind, body, request.body))[:_MOST_FAULTS] or (_simple(kind, request, status, body),)
    return (faults[0].code if top in {"", _ENVELOPE} else top), faults


def read_text(content: bytes) -> str:
    """What a body that is not the API's own says to a reader: its JSON message, or its text without tags; 200 characters."""
    try:
        body = read_json(content)
    except ValueError:
        body = None
    if isinstance(body, Mapping):
        return (_text(body, "message", "detail", "title") or _text(body, "errorCode"))[:_LONGEST_FOREIGN_TEXT]
    text = content[: 100 * _LONGEST_FOREIGN_TEXT].decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>", " ", text)
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", text)).split())[:_LONGEST_FOREIGN_TEXT]


def _leaves(kind: Kind | None, body: Mapping[str, object], sent: bytes) -> Iterator[Fault]:
    errors = _get(body, "errors")
    for item in errors if isinstance(errors, list) else ():
        if isinstance(item, str):
            yield from _sentence(kind, item, sent)
    yield from _walk(kind, errors, "", 0)


def _walk(kind: Kind | None, node: object, path: str, depth: int) -> Iterator[Fault]:
    """Every leaf below a node, in the order of the body. Lists are one property's faults or one array's items."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            yield from _walk(kind, item, path, depth + 1)
    elif isinstance(node, Mapping) and _is_leaf(node):
        yield _leaf(kind, node, path)
    elif isinstance(node, Mapping):
        for name, inner in node.items():
            yield from _walk(kind, inner, _deeper(path, str(name)), depth + 1)


def _is_leaf(node: Mapping[str, object]) -> bool:
    return any(isinstance(_get(node, name), str) for name in ("errorMessage", "message"))


def _deeper(path: str, name: str) -> str:
    if name.casefold() in {"errors", "items", "arrayindex"}:
        return path
    return f"{path}.{name}" if path else name


def _leaf(kind: Kind | None, node: Mapping[str, object], path: str) -> Fault:
    code = _text(node, "errorCode") or "api_rejected"
    return Fault(
        field=field_of(kind, path, _text(node, "propertyName", "property")) or field_of_code(kind, code),
        code=code,
        text=_text(node, "errorMessage", "message"),
        hint=_text(node, "developerHint"),
        value=_shown(
            next((_get(node, name) for name in ("inputValue", "value") if _get(node, name) is not None), None)
        ),
    )


def _sentence(kind: Kind | None, text: str, sent: bytes) -> Iterator[Fault]:
    sentence = read_sentence(text, sent)
    for name in sentence.properties or ("",):
        yield Fault(field_of(kind, name), sentence.code, text[:_LONGEST_TEXT], "", sentence.value)


def _simple(kind: Kind | None, request: Request, status: int, body: Mapping[str, object]) -> Fault:
    code = _text(body, "errorCode") or "api_rejected"
    missing_parent = status == 404 and request.method == "POST" and kind in {Kind.CONTACTS, Kind.DELIVERY_LOCATIONS}
    return Fault(
        field="customer" if missing_parent else field_of_code(kind, code) or field_of(kind, _text(body, "property")),
        code=code,
        text=_text(body, "message", "detail", "title"),
        hint=_text(body, "developerHint"),
        value=None,
    )


def _get(node: Mapping[str, object], name: str) -> object:
    if name in node:
        return node[name]
    return next((value for key, value in node.items() if key.casefold() == name.casefold()), None)


def _text(node: Mapping[str, object], *names: str) -> str:
    found = (_get(node, name) for name in names)
    return next((text[:_LONGEST_TEXT] for text in found if isinstance(text, str) and text), "")


def _shown(value: object) -> str | None:
    """The refused value as a cell would show it; what is no cell's value is left out."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None or isinstance(value, Mapping | list) else str(value)[:_LONGEST_TEXT]
