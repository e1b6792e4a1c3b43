"""Words of the check room: code → (what is wrong, what to do)."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, str]] = {}
