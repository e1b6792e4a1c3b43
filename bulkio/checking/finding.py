"""What a rule found in one cell, before it has its place and its severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

WARNINGS = frozenset(
    {"long_name", "cvr_check_digit", "postal_code_short", "date_in_text", "number_and_reference", "not_checked"}
)
"""Codes that never refuse anything; every other code of this room is an error."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell's text has no value: a code, and what its words need."""

    code: str
    parameters: Mapping[str, object] = dataclass_field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or warning in one cell: Excel's row number, the field, the code and what its words need."""

    row: int
    field: str
    code: str
    parameters: Mapping[str, object] = dataclass_field(default_factory=dict, hash=False)

    @property
    def is_error(self) -> bool:
        """Whether it takes the cell's value away."""
        return self.code not in WARNINGS


def first_of_each_cell(findings: list[Finding]) -> list[Finding]:
    """Warnings, and of the errors in a cell the one that was found first; a cell with an error needs no second opinion."""
    told: set[tuple[int, str]] = set()
    kept = []
    for one in sorted(findings, key=lambda finding: not finding.is_error):
        if (one.row, one.field) in told:
            continue
        told.add((one.row, one.field)) if one.is_error else None
        kept.append(one)
    return kept
