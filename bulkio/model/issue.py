"""A fault or a warning about a place in the workbook: a value, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from bulkio.model.place import Place


class Severity(StrEnum):
    """Whether an issue refuses its row."""

    ERROR = "error"
    WARNING = "warning"


class Source(StrEnum):
    """Who found it: our own check, or the API."""

    CHECK = "check"
    API = "api"


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong, where, with which value; worded in `bulkio.language` when it is shown.

    `code` is stable and part of the contract. `parameters` fill the words of the code. For what the API said,
    `code` is the API's own (`E07140`) or ours, and `parameters["text"]` its own words, shown as they came. `field` is the
    entity's field where one is meant. `costs_row` is false for a fault that costs only its field (second-pass references):
    the row still goes in.
    """

    code: str
    place: Place
    severity: Severity = Severity.ERROR
    source: Source = Source.CHECK
    value: str | None = None
    field: str | None = None
    costs_row: bool = True
    parameters: Mapping[str, object] = dataclass_field(default_factory=dict)
