"""Typed values become a body of the classic host, and a record becomes typed values: two ways over the same properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bulkio.economic.adapters.adapter import Adapter
from bulkio.entities import Field, Type

_LAST_NUMBER = re.compile(r"/(\d{1,10})/?$")
_LINKS = frozenset({"self", "metaData"})


def payload_of(
    adapter: Adapter, values: Mapping[str, object], remote: Mapping[str, object] | None
) -> dict[str, object]:
    """The body that says these values, laid over a remote record's own where there is one.

    Fields that `values` does not name keep what the record holds, unknown properties included; a blank value (None, "", an
    empty tuple) takes the property away, which clears it on a PUT. Nulls, links and read-only properties are never in
    a body: the API refuses the first and ignores the others.
    """
    payload = writable(adapter, remote or {})
    for one in adapter.fields:
        if one.name in values and adapter.sends(one):
            _place(payload, one, values[one.name])
    return payload


def values_of(adapter: Adapter, record: Mapping[str, object]) -> dict[str, object]:
    """The typed, non-blank values of a record by field name. A boolean that is not there is False, since the API leaves those out."""
    found = {one.name: _typed(one, _property(record, one.api)) for one in adapter.fields}
    return {name: value for name, value in found.items() if value is not None and value not in ("", ())}


def writable(adapter: Adapter, record: Mapping[str, object]) -> dict[str, object]:
    """What a PUT of this record repeats: each reference by its number alone, empty texts left out."""
    kept: dict[str, object] = {}
    for name, value in record.items():
        if name not in adapter.read_only and name not in _LINKS and value is not None and value != "":
            kept[name] = _bare(value, adapter.references.get(name))
    return kept


def _bare(value: object, number: str | None) -> object:
    if not isinstance(value, Mapping):
        return value
    if number is not None and value.get(number) is not None:
        return {number: value[number]}
    kept = {name: item for name, item in value.items() if name != "self" and item is not None}
    return kept or dict(value)


def _place(payload: dict[str, object], one: Field, value: object) -> None:
    name, _, inner = one.api.partition(".")
    if value is None or value in ("", ()):
        payload.pop(name, None)
    elif one.target is not None and not isinstance(value, int):
        return  # a name that nobody has resolved to a number yet is no reference
    else:
        written = _in_order(one, value) if isinstance(value, tuple) else value
        payload[name] = {inner: written} if inner else written


def _in_order(one: Field, words: tuple[object, ...]) -> list[object]:
    known = [word for word, _ in one.options]
    return sorted(dict.fromkeys(words), key=lambda word: known.index(word) if word in known else len(known))


def _property(record: Mapping[str, object], path: str) -> object:
    name, _, inner = path.partition(".")
    value = record.get(name)
    if not inner or not isinstance(value, Mapping):
        return None if inner else value
    linked = _LAST_NUMBER.search(str(value.get("self", "")))
    return value.get(inner, int(linked[1]) if linked else None)


def _typed(one: Field, value: object) -> object:
    if one.type is Type.BOOLEAN:
        return value is True
    if one.type is Type.LIST:
        return tuple(_in_order(one, tuple(map(str, value)))) if isinstance(value, list | tuple) else None
    if value is None or isinstance(value, bool | Mapping | list):
        return None
    if one.type is Type.TEXT:
        return str(value)
    if one.type is Type.DECIMAL:
        return _amount(value)
    return _whole(value)


def _amount(value: object) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _whole(value: object) -> int | None:
    amount = _amount(value)
    if amount is None or amount.adjusted() > 18 or amount != amount.to_integral_value():
        return None
    return int(amount)
