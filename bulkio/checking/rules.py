"""The rules of one column, as pandera checks: each is named by the code of the issue that its failures become.

A check gets a column's values without the blank ones and answers, value by value, whether the rule holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd
from pandera.pandas import Check

from bulkio.checking.identifiers import (
    EAN_DIGITS,
    bad_addresses,
    has_ean_check_digit,
    is_number_of_digits,
    is_plain_address,
)
from bulkio.checking.numbers import too_many_decimals
from bulkio.entities import Field, Rule

Holds = Callable[..., bool]


def rules(field: Field) -> list[Check]:
    """The checks of a field. The first that fails in a cell is the one that is told, so the plainest comes first."""
    return [
        *_lengths(field),
        *_ranges(field),
        *_digits(field),
        *_addresses(field),
        *([Check(_used_once, name="duplicate", error="duplicate")] if field.unique else []),
    ]


def _lengths(field: Field) -> Iterator[Check]:
    """Too many characters, another number of them than there must be, and more than an invoice shows."""
    if field.exact_length is not None:
        yield _length_check("wrong_length", field.exact_length, field.exact_length)
    if field.max_length is not None:
        yield _length_check("too_long", 0, field.max_length)
    if field.warn_above is not None:
        yield _length_check("long_name", 0, field.warn_above)


def _ranges(field: Field) -> Iterator[Check]:
    """Whole numbers out of range, and amounts with digits that would be lost; what is looked up is judged there."""
    if field.lookup is None and (field.minimum is not None or field.maximum is not None):
        yield _range_check(field.minimum, field.maximum)
    if field.decimals is not None:
        yield _check("too_many_decimals", partial(_keeps_decimals, limit=field.decimals))


def _digits(field: Field) -> Iterator[Check]:
    """An EAN number: digits alone, thirteen of them, the last one right."""
    if field.rule is Rule.EAN:
        yield _check("not_digits", is_number_of_digits)
        yield _length_check("wrong_length", EAN_DIGITS, EAN_DIGITS)
        yield _check("bad_check_digit", _has_check_digit)


def _addresses(field: Field) -> Iterator[Check]:
    """E-mail addresses: one, or several with spaces between them."""
    if field.rule is Rule.EMAILS:
        yield _check("bad_email", _are_addresses)
    if field.rule is Rule.EMAIL:
        yield _check("bad_email", _is_one_address)


def is_within(value: int, minimum: int | None, maximum: int | None) -> bool:
    """Whether a number lies between its limits, where there are any."""
    return (minimum is None or value >= minimum) and (maximum is None or value <= maximum)


def _check(code: str, holds: Holds) -> Check:
    """A rule about each value on its own, asked once of each distinct one; a plain list beats pandera's element-wise mode."""

    def hold(column: pd.Series[str]) -> pd.Series[bool]:
        values = column.tolist()
        held = {value: holds(value) for value in set(values)}
        return pd.Series([held[value] for value in values], index=column.index, dtype=bool)

    return Check(hold, name=code, error=code)


def _range_check(minimum: int | None, maximum: int | None) -> Check:
    """A rule about whole numbers, compared as a column."""

    def hold(column: pd.Series[int]) -> pd.Series[bool]:
        numbers = column.to_numpy(dtype=object)
        held = np.ones(len(numbers), bool)
        if minimum is not None:
            held &= (numbers >= minimum).astype(bool)
        if maximum is not None:
            held &= (numbers <= maximum).astype(bool)
        return pd.Series(held, index=column.index, dtype=bool)

    return Check(hold, name="out_of_range", error="out_of_range")


def _length_check(code: str, least: int, most: int) -> Check:
    """A rule about the number of characters."""

    def hold(column: pd.Series[str]) -> pd.Series[bool]:
        lengths = np.fromiter(map(len, column), dtype=np.int64, count=len(column))
        return pd.Series((lengths >= least) & (lengths <= most), index=column.index)

    return Check(hold, name=code, error=code)


def _used_once(column: pd.Series[str]) -> pd.Series[bool]:
    """A rule about the whole column: every row that shares a value fails, not only the later ones."""
    return ~column.duplicated(keep=False)


def _keeps_decimals(amount: Decimal, limit: int) -> bool:
    return not too_many_decimals(amount, limit)


def _has_check_digit(text: str) -> bool:
    """True where another rule has spoken already: the check digit is only asked of thirteen digits."""
    return len(text) != EAN_DIGITS or not is_number_of_digits(text) or has_ean_check_digit(text)


def _are_addresses(text: str) -> bool:
    return is_plain_address(text) or not bad_addresses(text)


def _is_one_address(text: str) -> bool:
    return is_plain_address(text) or (len(text.split()) == 1 and not bad_addresses(text))
