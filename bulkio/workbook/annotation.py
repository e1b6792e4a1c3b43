"""What is to be drawn into a user's workbook: already worded, the drawing adds nothing of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The colour a mark is drawn in."""

    GOOD = "good"
    NEUTRAL = "neutral"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class RowMark:
    """What stands beside one row: `status` is the machine word of `model.outcome.Status`, `status_word` what the cell shows."""

    sheet: str
    row: int
    status: str
    status_word: str
    number: int | None
    message: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell to be filled in its tone and given a note."""

    sheet: str
    row: int
    letter: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything to draw. `headings` are those of the status, number and message columns; `summary` the lines of the added sheet."""

    headings: tuple[str, str, str]
    rows: tuple[RowMark, ...]
    cells: tuple[CellMark, ...]
    summary: tuple[tuple[str, str], ...]
    summary_title: str
