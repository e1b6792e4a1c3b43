"""`bulkio results RUN -o FILE`: the results workbook again, any time."""

from __future__ import annotations

from argparse import Namespace

from bulkio.cli.console import give_json, say
from bulkio.cli.wiring import open_journal
from bulkio.flows.tell_results import tell_results
from bulkio.language import translate


def run(arguments: Namespace) -> int:
    """Write it, and say where it is."""
    with open_journal() as journal:
        found = tell_results(journal, arguments.wanted, arguments.output, arguments.language)
    if arguments.json:
        counts = {status.value: number for status, number in found.counts.items()}
        rows = {"total": found.run.rows, **counts}
        give_json({"run": found.run.run, "results": str(arguments.output), "rows": rows})
    else:
        say(translate("Results: {path}", arguments.language, path=arguments.output))
    return 0
