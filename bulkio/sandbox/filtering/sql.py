"""Filter trees and sort lists as SQL over the records' JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkio.sandbox.filtering.tree import BadFilter, Comparison, Filter, Joined, NotAllowed, Null, Text

_COMPARATORS = {"eq": "=", "ne": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_MOST_KEYS = 50
_MOST_WILDCARDS = 50
_NUMERIC = ("integer", "number")
Parameter = str | int | float


@dataclass(frozen=True)
class Fields:
    """What a collection offers: names allowed, the type of each, and columns that stand for a JSON path.

    `operators` narrows the operators of a property; the newer host publishes them one by one.
    """

    allowed: tuple[str, ...]
    types: Mapping[str, str]
    columns: Mapping[str, str]
    operators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The published spelling of a property; names count whatever their case."""
        return next((known for known in self.allowed if known.lower() == name.lower()), None)

    def column(self, name: str) -> str:
        """The SQL expression that holds a property."""
        held = self.columns.get(name) or f"json_extract(body, '$.{name}')"
        return f"coalesce({held}, 0)" if self.types.get(name) == "boolean" else held

    def kind(self, name: str) -> str:
        """The published type of a property."""
        return self.types.get(name, "string")


@dataclass(frozen=True)
class Condition:
    """SQL text and the parameters that belong to it."""

    sql: str
    parameters: tuple[Parameter, ...] = ()


def condition(tree: Filter, fields: Fields) -> Condition:
    """The SQL condition of a filter; raises `BadFilter` where a property or value does not allow it."""
    if isinstance(tree, Joined):
        # A row of the same word is written flat: SQLite's parser takes no hundred brackets one within the other.
        parts = [condition(part, fields) for part in _row(tree)]
        sql = f" {tree.word.upper()} ".join(part.sql for part in parts)
        return Condition(f"({sql})", tuple(value for part in parts for value in part.parameters))
    return _comparison(tree, fields)


def _row(tree: Joined) -> list[Filter]:
    """The filters that one word joins in a row, in their order."""
    found: list[Filter] = []
    node: Filter = tree
    while isinstance(node, Joined) and node.word == tree.word:
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _comparison(tree: Comparison, fields: Fields) -> Condition:
    name = fields.find(tree.name)
    if name is None:
        raise _not_allowed(tree.name)
    allowed = fields.operators.get(name)
    if allowed is not None and tree.operator not in allowed:
        raise _operator_not_allowed(tree.operator, name)
    return _against(tree, fields.column(name), fields.kind(name))


def _not_allowed(name: str) -> NotAllowed:
    return NotAllowed(f"Filtering is not allowed on property '{name}'.")


def _operator_not_allowed(operator: str, name: str) -> BadFilter:
    return BadFilter(f"Operator '${operator}:' is not allowed on property '{name}'.")


def _against(tree: Comparison, column: str, kind: str) -> Condition:
    if isinstance(tree.value, Null):
        return _null(tree.operator, column)
    if isinstance(tree.value, tuple):
        return _listed(tree.operator, tree.value, column, kind)
    if tree.operator == "like":
        return _alike(tree.value, column, kind)
    return _compared(tree.operator, tree.value.characters, column, kind)


def _null(operator: str, column: str) -> Condition:
    if operator not in ("eq", "ne"):
        raise BadFilter("Syntax error, expected: a value other than $null:")
    return Condition(f"{column} IS {'NOT ' if operator == 'ne' else ''}NULL")


def _compared(operator: str, text: str, column: str, kind: str) -> Condition:
    value, held = (
        (_typed(text, kind), column) if kind in (*_NUMERIC, "boolean") else (text.casefold(), f"fold({column})")
    )
    sql = f"{held} {_COMPARATORS[operator]} ?"
    return Condition(f"({column} IS NULL OR {sql})" if operator == "ne" else sql, (value,))


def _typed(text: str, kind: str) -> Parameter:
    if kind == "boolean":
        if text.lower() not in ("true", "false"):
            raise BadFilter("Syntax error, expected: true or false")
        return int(text.lower() == "true")
    return _number(text)


def _number(text: str) -> Parameter:
    try:
        return int(text) if abs(int(text)) < 2**62 else float(text)
    except ValueError:
        pass
    try:
        value = float(text)
    except (ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise BadFilter("Syntax error, expected: number")
    return value


def _listed(operator: str, members: tuple[str, ...], column: str, kind: str) -> Condition:
    if kind not in _NUMERIC:
        # Lists are for numbers; the server answers 200 without hits for texts.
        return Condition("0" if operator == "in" else "1")
    values = tuple(_number(member) for member in members)
    marks = ",".join("?" * len(values))
    sql = f"{column} {'NOT ' if operator == 'nin' else ''}IN ({marks})"
    return Condition(f"({column} IS NULL OR {sql})" if operator == "nin" else sql, values)


def _alike(value: Text, column: str, kind: str) -> Condition:
    if kind in ("enum", "boolean", *_NUMERIC):
        raise BadFilter("Operator '$like:' is only allowed on texts.")
    return Condition(f"fold({column}) GLOB ?", (_glob(value),))


def _glob(value: Text) -> str:
    """The pattern for SQLite's GLOB: `*` any text, `[..]` a class, everything else itself; no wildcard = contains."""
    text = value.characters.casefold()
    if len(text) != len(value.characters):
        text = value.characters.lower()
    wild = [index for index, here in enumerate(text) if here == "*" and index not in value.escaped]
    if len(wild) > _MOST_WILDCARDS:
        raise _too_wild()
    pattern = "".join(_glob_character(here, index in wild) for index, here in enumerate(text))
    while "**" in pattern:
        pattern = pattern.replace("**", "*")
    return pattern if wild else f"*{pattern}*"


def _too_wild() -> BadFilter:
    return BadFilter(f"A value has more than {_MOST_WILDCARDS} wildcards.")


def _glob_character(here: str, wild: bool) -> str:
    if here == "?" or (here == "*" and not wild):
        return f"[{here}]"
    return here


def order(text: str, fields: Fields) -> str | None:
    """The ORDER BY of a sort list such as `-name,~zip`, or None when a key of it is unknown or there are absurdly many."""
    parts = text.split(",")
    if len(parts) > _MOST_KEYS:
        return None
    keys = [_order_key(part.strip(), fields) for part in parts]
    if any(key is None for key in keys):
        return None
    return ", ".join(key for key in keys if key)


def _order_key(part: str, fields: Fields) -> str | None:
    bare = part.lstrip("-~")
    name = fields.find(bare)
    if name is None or len(part) - len(bare) > 2:
        return None
    signs = part[: len(part) - len(bare)]
    column = fields.column(name)
    if "~" in signs:
        column = f"fold(CAST({column} AS TEXT))"
    elif fields.kind(name) in ("string", "enum"):
        column = f"fold({column})"
    return f"{column}{' DESC' if '-' in signs else ''}"
