from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkio.economic import content_of
from bulkio.economic.bodies import read_json

SCALARS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers()
    | st.booleans()
    | st.none()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
)
RECORDS = st.dictionaries(
    st.text("abcDEF", min_size=1),
    st.recursive(
        SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("xyz", min_size=1), inner), max_leaves=8
    ),
)


@given(RECORDS)
def test_what_is_written_is_read_back_exactly(record: dict[str, object]) -> None:
    assert read_json(content_of(record)) == record


@given(RECORDS)
def test_any_reader_of_json_understands_it(record: dict[str, object]) -> None:
    assert json.loads(content_of(record), parse_float=Decimal) == record


@given(RECORDS)
def test_the_order_of_keys_does_not_change_the_bytes(record: dict[str, object]) -> None:
    assert content_of(dict(reversed(record.items()))) == content_of(record)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("12500.50", b"12500.5"),
        ("0.10", b"0.1"),
        ("100", b"100"),
        ("1E+3", b"1000"),
        ("-0.00", b"-0"),
        ("0.1234567890123456789012345678901234567890", b"0.123456789012345678901234567890123456789"),
    ],
)
def test_an_amount_is_written_exactly_and_without_needless_zeros(amount: str, written: bytes) -> None:
    assert content_of({"a": Decimal(amount)}) == b'{"a":' + written + b"}"


def test_a_tuple_is_an_array_and_danish_stays_readable() -> None:
    assert content_of({"æ": ("ø", "å")}) == '{"æ":["ø","å"]}'.encode()


def test_half_a_surrogate_is_replaced_not_fatal() -> None:
    assert content_of({"a": "x\ud800y"}) == '{"a":"x\ufffdy"}'.encode()


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("1E+999999"), float("inf")])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        content_of({"a": value})


@given(st.binary(max_size=200))
def test_reading_raises_nothing_but_value_error(content: bytes) -> None:
    with suppress(ValueError):
        read_json(content)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"1" * 10_000, b"", b"\xff\xfe"])
def test_deep_and_huge_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(content)


def test_nan_and_endless_exponents_are_text() -> None:
    assert read_json(b'{"a":NaN,"b":-Infinity,"c":1e99999999999999999999}') == {
        "a": "NaN",
        "b": "-Infinity",
        "c": "1e99999999999999999999",
    }


def test_money_is_never_a_float() -> None:
    assert repr(read_json(b'{"a":0.1}')) == "{'a': Decimal('0.1')}"
