"""The sample that the demonstration imports; it comes with the installation."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def demonstration() -> Path:
    """The workbook of `bulkio demo`: four sheets, one refusal on purpose."""
    return DATA / "demonstration.xlsx"
