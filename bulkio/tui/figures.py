"""Figures as people of either language write them."""

from __future__ import annotations

from bulkio.language import Language


def count(number: int, language: Language) -> str:
    """A whole number with its thousands marked: `1,204`, Danish `1.204`."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language is Language.DANISH else grouped


def count_or_dash(number: int, language: Language) -> str:
    """As `count`, with a dash for none, so that what is there stands out."""
    return count(number, language) if number else "–"


def rate(per_second: float, language: Language) -> str:
    """A rate with one decimal below ten, none above."""
    if per_second >= 10:
        return count(round(per_second), language)
    text = f"{per_second:.1f}"
    return text.replace(".", ",") if language is Language.DANISH else text


def duration(seconds: float) -> str:
    """Minutes and seconds, `4:05`; hours where there are any, `1:04:05`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
