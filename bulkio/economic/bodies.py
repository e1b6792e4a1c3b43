"""JSON bodies, out and in, without a float: what is money stays exact, and what the network says breaks nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring

_LONGEST_NUMBER = 400
"""Digits. A Decimal such as 1E+999999 would be spelled out; no amount of ours comes near."""


def content_of(payload: Mapping[str, object]) -> bytes:
    """The bytes of a body: keys sorted, no spaces, UTF-8, so that the same record is always the same bytes.

    A `Decimal` becomes a JSON number without needless zeros (12500.50 is 12500.5), a tuple an array. Raises TypeError for a value that
    JSON has no word for and ValueError for a number that is none.
    """
    text = _written(payload)
    # Half a surrogate pair, which a damaged workbook can hold, has no UTF-8: it goes as U+FFFD, as Excel itself shows it.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _written(value: object) -> str:
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise TypeError(type(value).__name__)


def _object(value: Mapping[str, object]) -> str:
    return "{" + ",".join(f"{encode_basestring(name)}:{_written(value[name])}" for name in sorted(value)) + "}"


def _array(value: Iterable[object]) -> str:
    return "[" + ",".join(map(_written, value)) + "]"


def _decimal(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST_NUMBER:
        raise ValueError(str(value))
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _float(value: float) -> str:
    return _decimal(Decimal(repr(value)))


def _constant(value: object) -> str:
    return {None: "null", True: "true", False: "false"}[value]  # type: ignore[index]  # only None and booleans come here


_WRITERS: tuple[tuple[type, Callable[..., str]], ...] = (
    (str, encode_basestring),
    (bool, _constant),
    (int, str),
    (Decimal, _decimal),
    (Mapping, _object),
    (list, _array),
    (tuple, _array),
    (float, _float),
    (type(None), _constant),
)


def _exact(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond what Decimal holds
        return text


_DECODER = json.JSONDecoder(parse_float=_exact, parse_constant=str)


def read_json(content: bytes) -> object:
    """What a body says, its fractions as `Decimal`, `NaN` and its like as text. Raises ValueError where it is not JSON.

    Bytes that are no UTF-8 are replaced, since one of them in a name must not cost the rest of the answer.
    """
    try:
        return _DECODER.decode(content.decode("utf-8-sig", "replace"))
    except RecursionError as too_deep:
        raise ValueError("nested too deeply") from too_deep
