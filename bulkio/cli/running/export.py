"""`bulkio export -o FILE`: the agreement as a workbook."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from bulkio.cli.console import give_json, say
from bulkio.cli.wiring import destination, own_references
from bulkio.flows.export_agreement import Period, export_agreement
from bulkio.language import translate


def run(arguments: Namespace) -> int:
    """Write the workbook. Raises `NothingSent`, `CannotWrite`."""
    year = arguments.year
    period = Period(date(year, 1, 1), date(year, 12, 31)) if year else Period()
    source = destination(arguments.agreement)
    exported = export_agreement(source, arguments.output, period, own_references, arguments.language)
    if arguments.json:
        give_json(
            {
                "export": str(arguments.output),
                "agreement": arguments.agreement,
                "number": exported.agreement_number,
                "company": exported.company,
                "rows": dict(exported.rows),
                "calls": dict(exported.calls),
            }
        )
        return 0
    for sheet, rows in exported.rows.items():
        say(translate("{sheet}: {rows} rows", arguments.language, sheet=sheet, rows=rows))
    say(translate("The export is {path}", arguments.language, path=arguments.output))
    return 0
