"""`bulkio export -o FILE`: the agreement as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from bulkio.cli.arguments import Commands, add_agreement, add_command, add_json
from bulkio.cli.console import give_json, say
from bulkio.language import Language, translate


def add(commands: Commands[ArgumentParser], language: Language) -> None:
    """Declare the command."""
    command = add_command(commands, "export", "write the agreement to a workbook that can be imported again", language)
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=translate("the workbook to write", language)
    )
    command.add_argument(
        "--year",
        type=_year,
        metavar="Y",
        help=translate("booked invoices of this calendar year only", language),
    )
    add_agreement(command, language)
    add_json(command, language)
    command.set_defaults(run=run)


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    return year


def run(arguments: Namespace) -> int:
    """Write the workbook. Raises `NothingSent`, `CannotWrite`."""
    from bulkio.cli.wiring import destination, own_references
    from bulkio.flows.export_agreement import Period, export_agreement

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
