"""Reads the filter language: `name$eq:Joe$and:(city$like:*port$or:zip$lt:40)` (economic-rest, section 1.7).

`$` and `)` must be escaped inside a value; `$[` and `$]` are documented but not honoured, as seen live.
"""

from __future__ import annotations

import re

from bulkio.sandbox.filtering.tree import BadFilter, Comparison, Filter, Joined, Null, Text, Value

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_OPERATOR = re.compile(r"\$(eq|ne|gt|gte|lt|lte|like|in|nin):", re.IGNORECASE)
_LARGEST_LIST = 200
_DEEPEST = 12
_LONGEST = 16_000
_MOST_COMPARISONS = 400


def parse(text: str) -> Filter:
    """The tree of a filter; raises `BadFilter` with a sentence when it is none."""
    if len(text) > _LONGEST:
        raise _beyond("characters", _LONGEST)
    reader = _Reader(text)
    tree = reader.either(0)
    if not reader.at_end():
        raise _expected("$and: or $or:")
    return tree


def _expected(word: str) -> BadFilter:
    return BadFilter(f"Syntax error, expected: {word}")


def _beyond(noun: str, limit: int) -> BadFilter:
    return BadFilter(f"The filter has more than {limit} {noun}.")


class _Reader:
    """One pass over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.comparisons = 0

    def at_end(self) -> bool:
        return self.position >= len(self.text)

    def sees(self, word: str) -> bool:
        return self.text[self.position : self.position + len(word)].lower() == word

    def takes(self, word: str) -> bool:
        if not self.sees(word):
            return False
        self.position += len(word)
        return True

    def expect(self, word: str) -> None:
        if not self.takes(word):
            raise _expected(word)

    def either(self, depth: int) -> Filter:
        tree = self.both(depth)
        while self.takes("$or:"):
            tree = Joined("or", tree, self.both(depth))
        return tree

    def both(self, depth: int) -> Filter:
        tree = self.term(depth)
        while self.takes("$and:"):
            tree = Joined("and", tree, self.term(depth))
        return tree

    def term(self, depth: int) -> Filter:
        if depth > _DEEPEST:
            raise _beyond("levels", _DEEPEST)
        if not self.takes("("):
            return self.comparison()
        tree = self.either(depth + 1)
        self.expect(")")
        return tree

    def comparison(self) -> Comparison:
        self.comparisons += 1
        if self.comparisons > _MOST_COMPARISONS:
            raise _beyond("comparisons", _MOST_COMPARISONS)
        name = self.match(_NAME, "property")
        operator = self.match(_OPERATOR, "operator").strip("$:").lower()
        return Comparison(name, operator, self.value(operator))

    def match(self, pattern: re.Pattern[str], expected: str) -> str:
        found = pattern.match(self.text, self.position)
        if found is None:
            raise _expected(expected)
        self.position = found.end()
        return found[0]

    def value(self, operator: str) -> Value:
        if operator in ("in", "nin"):
            return self.members()
        if self.takes("$null:"):
            return Null()
        return self.characters()

    def members(self) -> tuple[str, ...]:
        self.expect("[")
        end = self.text.find("]", self.position)
        if end < 0:
            raise _expected("]")
        members = tuple(part.strip() for part in self.text[self.position : end].split(","))
        self.position = end + 1
        if len(members) > _LARGEST_LIST:
            raise _beyond("values in a list", _LARGEST_LIST)
        return members

    def characters(self) -> Text:
        found: list[str] = []
        escaped: set[int] = set()
        while not self.at_end() and not self.ends_value():
            self.character(found, escaped)
        return Text("".join(found), frozenset(escaped))

    def ends_value(self) -> bool:
        return self.sees(")") or self.sees("$and:") or self.sees("$or:")

    def character(self, found: list[str], escaped: set[int]) -> None:
        here = self.text[self.position]
        following = self.text[self.position + 1 : self.position + 2]
        if here == "$" and following in ("$", "(", ")", "*", ","):
            escaped.add(len(found))
            found.append(following)
            self.position += 2
            return
        # `$[` and `$]` are documented escapes that the server was seen not to honour: both characters stay.
        if here == "$" and following not in ("[", "]"):
            raise _expected("an escaped $")
        found.append(here)
        self.position += 1
