"""The screens: they show nouns and forward keys; the work happens in flows, off the screen's event loop."""

from __future__ import annotations

from bulkio.tui.run import run_import, run_review

__all__ = ["run_import", "run_review"]
