"""pandera's failure cases become findings: the one file that knows how pandera speaks.

Its own text is never shown: the string of `SchemaErrors` lists every failure, half a megabyte of it at 80,000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaErrors

from bulkio.checking.finding import Finding
from bulkio.checking.identifiers import EAN_DIGITS, bad_addresses
from bulkio.checking.schema import schema
from bulkio.entities import ENTITIES, Field, Rule, Type
from bulkio.model.kind import Kind

BLANK = "not_nullable"
"""pandera's name for a blank cell in a column that must be filled."""
ROWS_NAMED = 5


def rule_findings(kind: Kind, values: pd.DataFrame) -> list[Finding]:
    """What the column rules of a kind find in its typed values, also where the environment tells pandera not to look."""
    try:
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            schema(kind).validate(values, lazy=True)
    except SchemaErrors as failure:
        return _translated(kind, values, failure.failure_cases)
    return []


def doubtful(kind: Kind, values: Mapping[str, Sequence[object]]) -> list[str]:
    """The columns that a rule might find something in.

    pandera copies every column it looks at several times. What no rule speaks of, or what speaks of lengths alone and is short enough
    throughout, it need not see.
    """
    fields = {field.name: field for field in ENTITIES[kind].fields}
    return [name for name, column in values.items() if name in fields and not _holds(fields[name], column)]


def _holds(field: Field, column: Sequence[object]) -> bool:
    """Whether a glance proves that every rule of the field holds; False where pandera must look."""
    if field.type is Type.SHOWN:
        return True
    if field.required and None in column:
        return False
    if all(value is None for value in column):
        return True
    if field.rule is not None or field.unique or field.decimals is not None:
        return False
    if field.lookup is None and (field.minimum is not None or field.maximum is not None):
        return False
    limits = [limit for limit in (field.exact_length, field.max_length, field.warn_above) if limit is not None]
    if not limits:
        return True
    lengths = [len(text) for text in column if isinstance(text, str)]
    within = max(lengths, default=0) <= min(limits)
    return within and (field.exact_length is None or min(lengths, default=field.exact_length) == field.exact_length)


def _translated(kind: Kind, values: pd.DataFrame, cases: pd.DataFrame) -> list[Finding]:
    """One finding a failure case, with what its words need; in the order of each column's rules."""
    fields = {field.name: field for field in ENTITIES[kind].fields}
    columns = {
        name: dict(zip(values.index.tolist(), values[name].tolist(), strict=True)) for name in set(cases["column"])
    }
    twins = {name: _rows_by_value(columns[name]) for name in columns if fields[name].unique}
    in_order = cases.assign(order=cases["check_number"].fillna(-1)).sort_values("order", kind="stable")
    findings = []
    for name, check, row in zip(in_order["column"], in_order["check"], in_order["index"], strict=True):
        code = "required" if check == BLANK else str(check)
        value = columns[name][row]
        parameters = _parameters(code, fields[name], value, twins.get(name, {}).get(value, []))
        findings.append(Finding(int(row), name, code, parameters))
    return findings


def _rows_by_value(column: Mapping[int, object]) -> dict[object, list[int]]:
    """The rows in which each value stands."""
    rows = defaultdict(list)
    for row, value in column.items():
        rows[value].append(row)
    return rows


def _parameters(code: str, field: Field, value: object, twins: list[int]) -> Mapping[str, object]:
    """What the words of a code need to know about the cell."""
    if code == "duplicate":
        return {"rows": listed(twins)}
    describe = DESCRIBED.get(code)
    return describe(field, value) if describe is not None else {}


def listed(rows: list[int]) -> str:
    """Row numbers for the reader, the first few of many."""
    named = ", ".join(str(row) for row in rows[:ROWS_NAMED])
    return f"{named} …" if len(rows) > ROWS_NAMED else named


def allowed_range(field: Field) -> str:
    """The numbers a field takes, in signs that need no translation."""
    return f"≥ {field.minimum}" if field.maximum is None else f"{field.minimum}–{field.maximum}"


def _length(field: Field, value: object) -> Mapping[str, object]:
    limit = EAN_DIGITS if field.rule is Rule.EAN else field.exact_length or field.max_length
    return {"length": len(str(value)), "limit": limit}


def _long_name(field: Field, value: object) -> Mapping[str, object]:
    return {"length": len(str(value)), "limit": field.warn_above}


def _range(field: Field, _value: object) -> Mapping[str, object]:
    return {"range": allowed_range(field)}


def _decimals(field: Field, _value: object) -> Mapping[str, object]:
    return {"limit": field.decimals}


def _addresses(_field: Field, value: object) -> Mapping[str, object]:
    return {"address": " ".join(bad_addresses(str(value))) or str(value)}


DESCRIBED: Mapping[str, Callable[[Field, object], Mapping[str, object]]] = {
    "too_long": _length,
    "wrong_length": _length,
    "long_name": _long_name,
    "out_of_range": _range,
    "too_many_decimals": _decimals,
    "bad_email": _addresses,
}
