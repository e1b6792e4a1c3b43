"""Words of the upload room: code → (what is wrong, what to do)."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, str]] = {}
