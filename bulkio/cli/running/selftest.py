"""`bulkio selftest [--chaos] [--minutes N]`: the whole job on this machine, over a line that goes bad on purpose."""

from __future__ import annotations

import sys
from argparse import Namespace

from bulkio.cli.console import give, give_json
from bulkio.flows.self_test import Tried, self_test
from bulkio.language import translate


def run(arguments: Namespace) -> int:
    """Play, print what it came to; 1 where anything was there twice, missing or left open."""

    def tell(tried: Tried) -> None:
        if sys.stderr.isatty():
            print(f"\r{_line(tried, arguments)}", end="", file=sys.stderr, flush=True)

    tried = self_test(arguments.minutes, chaos=arguments.chaos, tell=tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if arguments.json:
        give_json(_document(tried))
    else:
        give(_line(tried, arguments))
    return 0 if tried.good else 1


def _line(tried: Tried, arguments: Namespace) -> str:
    told = "{schedules} schedules, {runs} runs, {waits} repeated requests: {rows} rows, {duplicates} duplicates, {lost} lost."
    facts = {"schedules": tried.schedules, "runs": tried.runs, "waits": tried.waits, "rows": tried.rows.total()}
    return translate(told, arguments.language, **facts, duplicates=tried.duplicates, lost=tried.lost)


def _document(tried: Tried) -> dict[str, object]:
    return {
        "schedules": tried.schedules,
        "runs": tried.runs,
        "repeated_requests": tried.waits,
        "rows": {"total": tried.rows.total(), **{status.value: number for status, number in tried.rows.items()}},
        "duplicates": tried.duplicates,
        "lost": tried.lost,
    }
