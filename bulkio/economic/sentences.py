"""The schema validator's sentences, which name no property: what they mean, and which property they are about.

e-conomic validates with Newtonsoft.Json's draft-03 reader; its sentences are in the reference, `economic-rest.md` §3.2. Only the
missing ones are named in them. The others quote the value, or say at which position of our own bytes they stumbled.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_MISSING = re.compile(r"Required properties are missing from object: (?P<names>[^\n]+?)\.(?: Line|$)")
_NAMED = re.compile(r"\b(?:[Ff]ield|[Pp]roperty|[Pp]ath) '?(?P<name>[A-Za-z][\w.]{0,99})")
_POSITION = re.compile(r"[Ll]ine 1, position (?P<position>\d{1,9})")
_PAIR = re.compile(r'"(?P<name>\w+)":(?P<value>"(?:[^"\\]|\\.)*"|[^\s"{}\[\],]+)')
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("api_required", _MISSING),
    ("api_too_long", re.compile(r"^String '(?P<value>.*)' exceeds maximum length of \d+", re.DOTALL)),
    ("api_too_short", re.compile(r"^String '(?P<value>.*)' is less than minimum length of \d+", re.DOTALL)),
    ("api_invalid", re.compile(r"^String '(?P<value>.*)' does not match regex pattern", re.DOTALL)),
    (
        "api_out_of_range",
        re.compile(r"^(?:Integer|Float) (?P<value>\S+) (?:is less than minimum|exceeds maximum) value"),
    ),
    ("api_invalid", re.compile(r'^Value "(?P<value>.*)" is not defined in enum', re.DOTALL)),
    ("api_invalid", re.compile(r"^Value (?P<value>[^\"\s]+) is not defined in enum")),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence says: our code for its rule, the properties it is about (none, where it cannot be told), the value."""

    code: str
    properties: tuple[str, ...] = ()
    value: str | None = None


def read_sentence(text: str, sent: bytes) -> Sentence:
    """The meaning of one sentence about the body that was `sent`."""
    missing = _MISSING.search(text)
    if missing is not None:
        return Sentence("api_required", tuple(name.strip() for name in missing["names"].split(",")))
    code, value = next(
        ((code, found["value"]) for code, rule in _RULES if (found := rule.search(text))), ("api_invalid", None)
    )
    named = _NAMED.search(text) if value is None else None
    return Sentence(code, (named["name"],) if named else _located(text, value, sent), value)


def _located(text: str, value: str | None, sent: bytes) -> tuple[str, ...]:
    """The property at the position that the sentence names, or the only one that holds the value."""
    body = sent.decode("utf-8", "replace")
    position = _POSITION.search(text)
    pairs = list(_PAIR.finditer(body))
    if position is not None:
        place = int(position["position"])
        return tuple(pair["name"] for pair in pairs if pair.start("value") <= place <= pair.end("value"))[:1]
    holders = [pair["name"] for pair in pairs if value is not None and _same(pair["value"], value)]
    return tuple(holders) if len(holders) == 1 else ()


def _same(written: str, value: str) -> bool:
    try:
        read = json.loads(written)
    except ValueError:
        return False
    return value in {read, written} if isinstance(read, str) else written == value
