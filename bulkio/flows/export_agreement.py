"""The agreement as a workbook: an overview, the four sheets of the import's own shape, invoices and look-ups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bulkio.flows.destination import Destination
from bulkio.flows.export_choice import Choice, Part
from bulkio.flows.export_listing import Held, fetch
from bulkio.flows.export_overview import Front, overview
from bulkio.flows.export_read_only import invoice_sheet, look_ups_sheet
from bulkio.flows.export_rows import entity_sheet
from bulkio.flows.loop import run as run_loop
from bulkio.language import Language
from bulkio.workbook.export import ExportSheet, write_export
from bulkio.workbook.export_folder import Form, write_folder

OwnReferences = Callable[[int], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: the agreement it came from, rows a sheet, the calls it took, and what the API said of the parts it refused."""

    agreement_number: int
    company: str
    rows: Mapping[str, int]
    calls: Mapping[str, int]
    missing: Mapping[str, str]


def export_agreement(
    destination: Destination,
    target: Path,
    choice: Choice,
    own_references: OwnReferences,
    language: Language,
    form: Form = Form.WORKBOOK,
) -> Exported:
    """Write what is chosen to one workbook, or to a folder of files in another form, complete or not at all.

    `own_references` answers what earlier imports into an agreement called its customers, by their numbers. Raises `NothingSent`, `CannotWrite`,
    and `Misuse` where the API refuses a filter.
    """
    return run_loop(_export(destination, target, choice, own_references, language, form))


async def _export(
    destination: Destination,
    target: Path,
    choice: Choice,
    own_references: OwnReferences,
    language: Language,
    form: Form,
) -> Exported:
    async with destination.connect() as api:
        facts = await api.agreement()
        destination.expect(facts.number)
        held = await fetch(api, choice)
        calls = dict(api.calls)
    called = own_references(facts.number)
    sheets = {part: _sheet(part, held, called, choice, language) for part in held.records}
    if form is Form.WORKBOOK:
        front = Front(facts, choice, held, sheets, datetime.now().astimezone(), language)
        write_export(target, list(sheets.values()), language, overview(front))
    else:
        write_folder(target, {part.value: sheet for part, sheet in sheets.items()}, form, language)
    rows = {part.sheet(language): len(records) for part, records in held.records.items()}
    missing = {part.sheet(language): text for part, text in held.missing.items()}
    return Exported(facts.number, facts.company, rows, calls, missing)


def _sheet(part: Part, held: Held, called: Mapping[int, str], choice: Choice, language: Language) -> ExportSheet:
    if part in {Part.BOOKED_INVOICES, Part.DRAFT_INVOICES}:
        return invoice_sheet(part, held.records[part], language)
    if part is Part.LOOKUPS:
        return look_ups_sheet(held.records[part], language)
    return entity_sheet(part, held, called, choice.fields, language)
