"""A body against its published schema: every fault of shape, type, size and null at once.

Properties that are not published are ignored, also when they are misspelt (seen live); read-only ones as well.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from bulkio.sandbox.newer.contract import Property, properties
from bulkio.sandbox.newer.problems import Fault, refuse
from bulkio.sandbox.shelves import Body

_INT32 = 2**31
_INVALID = "InvalidInput"


def judged(schema: str, payload: Any, also_required: tuple[str, ...] = ()) -> Body:
    """What a body says that may be written; raises with all its faults when it does not fit the schema."""
    if not isinstance(payload, dict):
        raise refuse([Fault(None, "The request body must be one object.", _INVALID)])
    known = properties(schema)
    faults = [fault for rules in known.values() for fault in _faults(rules, payload, rules.name in also_required)]
    if faults:
        raise refuse(faults)
    return {name: payload[name] for name, rules in known.items() if name in payload and not _ignored(rules, name)}


def _ignored(rules: Property, name: str) -> bool:
    # Contacts and locations are named by the number in their body, which is published as read-only all the same.
    return rules.read_only and name != "number"


def _faults(rules: Property, payload: Body, named: bool) -> Iterator[Fault]:
    if rules.read_only and not named:
        return
    if rules.name not in payload:
        if rules.required or named:
            yield Fault(rules.written, "Required property is missing", _INVALID)
        return
    value = payload[rules.name]
    if not _TYPES[rules.format or rules.type](value):
        yield Fault(rules.written, "Invalid value provided", _INVALID)
        return
    yield from _size(rules, value)


def _size(rules: Property, value: Any) -> Iterator[Fault]:
    if rules.least is not None and rules.most is not None and not rules.least <= value <= rules.most:
        yield out_of_range(rules)
    if rules.longest is not None and len(value) > rules.longest:
        text = f"The field {rules.written} must be a string with a maximum length of {rules.longest}"
        yield Fault(rules.written, text, _INVALID)


def out_of_range(rules: Property) -> Fault:
    """The sentence seen live for a customer without a number."""
    text = f"The field {rules.written} must be between {rules.least} and {rules.most}"
    return Fault(rules.written, text, _INVALID)


def _is_int32(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_INT32 <= value < _INT32


def _is_double(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _is_moment(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "int32": _is_int32,
    "double": _is_double,
    "date-time": _is_moment,
}
