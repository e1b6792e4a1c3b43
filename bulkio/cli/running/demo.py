"""`bulkio demo`: the main job on a sample, against a fresh twin in this process, with nothing configured."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from bulkio.cli.console import give, give_json
from bulkio.cli.documents import import_document
from bulkio.cli.listing import issue_line
from bulkio.cli.progress import run_progress
from bulkio.cli.wiring import practice_agreement
from bulkio.flows.import_workbook import ImportChoices, ImportFlow, Prepared
from bulkio.flows.report import ImportReport
from bulkio.flows.samples import demonstration
from bulkio.journal import Journal
from bulkio.language import Language, translate
from bulkio.model.issue import Severity
from bulkio.model.outcome import Status
from bulkio.settings.folders import Folders

RESULTS = Path("bulkio-demo-results.xlsx")


def run(arguments: Namespace) -> int:
    """Import the sample into a fresh practice agreement that is gone afterwards; exit 0 when the demonstration worked.

    Raises `CannotWrite` where the results find no place in the current folder.
    """
    with TemporaryDirectory(prefix="bulkio-demo-") as folder:
        prepared, report = _import_sample(Path(folder), arguments.language)
    if arguments.json:
        give_json(import_document(report, "demo", prepared.checked.workbook.path.name, arguments.language))
    else:
        for line in _story(prepared, report, arguments.language):
            give(line)
    return 0 if _worked(report) else 1


def _import_sample(folder: Path, language: Language) -> tuple[Prepared, ImportReport]:
    where = Folders(folder, own_home=True)
    flow = ImportFlow(
        demonstration(),
        practice_agreement(where),
        lambda: Journal.open(f"sqlite:///{where.journal}"),
        lambda snapshot: None,
        ImportChoices(language=language, results=Path.cwd() / RESULTS, spare=Path.cwd()),
    )
    prepared = flow.prepare()
    with run_progress(language) as progress:
        return prepared, flow.run(prepared, progress.take)


def _story(prepared: Prepared, report: ImportReport, language: Language) -> list[str]:
    """What happened, in five lines."""
    created = report.counts[Status.CREATED]
    left = report.counts[Status.REFUSED] + report.counts[Status.SKIPPED]
    example = next(issue for issue in report.issues if issue.severity is Severity.ERROR)
    return [
        translate(
            "1. Read {rows} rows on {sheets} sheets of {file}, and checked every cell.",
            language,
            rows=len(report.outcomes),
            sheets=len(report.by_sheet),
            file=prepared.checked.workbook.path.name,
        ),
        translate(
            "2. Filled a practice agreement, {company}, on this machine: nothing left it.",
            language,
            company=prepared.company,
        ),
        translate("3. Created {created} records; left out {left}.", language, created=created, left=left),
        translate("4. One was refused on purpose: {line}", language, line=issue_line(example, language)),
        translate(
            "5. Beside every row stands what became of it: open {path}", language, path=report.results or RESULTS
        ),
    ]


def _worked(report: ImportReport) -> bool:
    """Records were created, something was refused on purpose, nothing is open, and the results are there."""
    created, refused = report.counts[Status.CREATED], report.counts[Status.REFUSED]
    return bool(created and refused and report.exit_code == 1 and report.results)
