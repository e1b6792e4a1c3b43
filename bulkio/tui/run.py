"""The ways in: `bulkio import FILE` on a terminal, and `bulkio review FILE`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language
from bulkio.model.checked import Checked
from bulkio.settings.folders import Folders
from bulkio.settings.preferences import Preferences, keep_preferences, preferences
from bulkio.tui.app import CRASHED, Desk, ImportApp, ReviewApp
from bulkio.tui.hangup import WatchedFlow, finished_when_the_terminal_goes
from bulkio.tui.ports import ImportFlow, Ready


def run_import(
    flow: ImportFlow[Ready], language: Language, confirmed: bool, mend: Callable[[Checked], Mending], where: Folders
) -> int:
    """Show an import from first look to summary and give its exit code.

    `mend` opens the corrections of a checked workbook. `confirmed` spares the user typing a real agreement's company. An unexpected
    fault is written to the log in `where`, without values of cells.
    """
    watched = WatchedFlow(flow)
    with finished_when_the_terminal_goes(watched):
        return _run(ImportApp(watched, language, confirmed, mend, where.log), where)


def run_review(load: Callable[[], Mending], language: Language, path: Path, where: Folders) -> int:
    """Show what was found in a workbook, and let it be corrected; 1 where an error is left, else 0."""
    return _run(ReviewApp(load, language, path, where.log), where)


def _run(app: Desk, where: Folders) -> int:
    """In the colours of last time."""
    app.dress(preferences(where).theme, lambda theme: keep_preferences(where, Preferences(theme)))
    exit_code = app.run()
    return CRASHED if exit_code is None else exit_code
