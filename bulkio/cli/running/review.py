"""`bulkio review FILE`: the faults on a screen, in the grid they stand in."""

from __future__ import annotations

from argparse import Namespace

from bulkio.cli.answers import answers_of
from bulkio.cli.console import on_a_terminal
from bulkio.cli.talk import LineByLine
from bulkio.cli.wiring import snapshot_of
from bulkio.errors import Misuse
from bulkio.flows.mend_workbook import Mending, mend_workbook
from bulkio.model.issue import Severity
from bulkio.settings.folders import folders
from bulkio.tui import run_review
from bulkio.tui.faults import count_of
from bulkio.tui.linear_review import LinearReview


def run(arguments: Namespace) -> int:
    """Open the review; with `--linear` as a conversation. Raises `Misuse` where there is no terminal to open a screen on."""
    if not (arguments.linear or on_a_terminal()):
        raise Misuse("no_terminal", path=str(arguments.file))

    def load() -> Mending:
        return mend_workbook(arguments.file, lambda: snapshot_of(arguments.agreement), answers_of(arguments), folders())

    if arguments.linear:
        mending = load()
        LinearReview(mending, arguments.language, LineByLine()).run()
        return 1 if count_of(mending.checked.issues, Severity.ERROR) else 0
    return run_review(load, arguments.language, arguments.file, folders())
