"""`bulkio export -o FILE`: the agreement as a workbook."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from bulkio.cli.console import give_json, say
from bulkio.cli.wiring import destination, own_references
from bulkio.errors import Misuse
from bulkio.flows.export_agreement import Exported, export_agreement
from bulkio.flows.export_choice import Choice, Period, fields_named, filters_named, parts_named
from bulkio.language import translate
from bulkio.workbook.export_folder import Form


def run(arguments: Namespace) -> int:
    """Write the workbook. Raises `Misuse`, `NothingSent`, `CannotWrite`."""
    choice, form = _choice(arguments), _form(arguments)
    source = destination(arguments.agreement)
    exported = export_agreement(source, arguments.output, choice, own_references, arguments.language, form)
    if arguments.json:
        give_json(_document(arguments, choice, exported))
    else:
        _tell(arguments, exported)
    return 0


def _form(arguments: Namespace) -> Form:
    if not arguments.safe_for_excel:
        return Form(arguments.format)
    if arguments.format != "csv":
        raise Misuse("safe_csv_only")
    return Form.SAFE_CSV


def _choice(arguments: Namespace) -> Choice:
    parts = parts_named((arguments.entities or "").split(","))
    filters = filters_named(arguments.filter)
    unused = next((part for part in filters if part not in parts), None)
    if unused is not None:
        raise Misuse("filter_of_other_part", part=unused.value)
    fields = fields_named((arguments.columns or "").split(","), parts)
    return Choice(_period(arguments), parts, fields, filters, arguments.since)


def _period(arguments: Namespace) -> Period:
    if arguments.year is None:
        return Period(arguments.first, arguments.last)
    if arguments.first is not None or arguments.last is not None:
        raise Misuse("year_and_days")
    return Period(date(arguments.year, 1, 1), date(arguments.year, 12, 31))


def _document(arguments: Namespace, choice: Choice, exported: Exported) -> dict[str, object]:
    first, last = choice.period.first, choice.period.last
    return {
        "export": str(arguments.output),
        "agreement": arguments.agreement,
        "number": exported.agreement_number,
        "company": exported.company,
        "period": {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None},
        "rows": dict(exported.rows),
        "missing": dict(exported.missing),
        "calls": dict(exported.calls),
    }


def _tell(arguments: Namespace, exported: Exported) -> None:
    for sheet, rows in exported.rows.items():
        say(translate("{sheet}: {rows} rows", arguments.language, sheet=sheet, rows=rows))
    for sheet, text in exported.missing.items():
        say(
            translate("{sheet}: left out, the grant may not see it: {text}", arguments.language, sheet=sheet, text=text)
        )
    say(translate("The export is {path}", arguments.language, path=arguments.output))
