"""When two texts count as the same name."""

from __future__ import annotations


def folded(text: object) -> str:
    """The text without case and with single spaces; empty for None."""
    return "" if text is None else " ".join(str(text).casefold().split())
