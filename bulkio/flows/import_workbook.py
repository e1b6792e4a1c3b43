"""The main job: a workbook in, an agreement filled, every refusal beside its cell."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from bulkio.checking import check
from bulkio.economic import Economic, to_values
from bulkio.errors import CannotWrite, Misuse
from bulkio.flows.destination import Destination
from bulkio.flows.report import ImportReport, count, count_by_sheet
from bulkio.flows.results import Summary, annotation, free_name, write_results
from bulkio.journal import Journal
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.model.event import Event, RowSettled, RunEnded, RunStarted
from bulkio.model.issue import Issue, Severity
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Plan
from bulkio.model.snapshot import Snapshot
from bulkio.planning import Existing, plan
from bulkio.upload import Stop, upload
from bulkio.workbook import read, status_word


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was found and what will happen: everything that is said before anything is sent.

    `calls` are the requests that looking took, by method.
    """

    checked: Checked
    plan: Plan
    agreement_number: int
    company: str
    practice: bool
    calls: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What the user chose for one import.

    `results` is where the results workbook goes, None for a free name beside the workbook; `spare` the folder that
    takes it where that place does not. `decimal` is the sign of decimals in text cells.
    """

    language: Language
    results: Path | None
    spare: Path
    decimal: str | None = None
    concurrency: int = 8


class ImportFlow:
    """One import of one workbook: look and plan, then send and write the results.

    `prepare` and `run` block, and are called from a worker thread by the screen and directly by the headless command.
    """

    def __init__(
        self,
        workbook: Path,
        destination: Destination,
        open_journal: Callable[[], Journal],
        remember: Callable[[Snapshot], None],
        choices: ImportChoices,
    ) -> None:
        self.workbook = workbook
        self.practice = destination.practice
        self.agreement_name = destination.name
        self._destination = destination
        self._open_journal = open_journal
        self._remember = remember
        self._choices = choices
        self._stop = Stop()

    def prepare(self) -> Prepared:
        """Read, check, look at what the agreement holds, and plan.

        Raises `BulkioError`: no workbook, no connection, no permission, the wrong agreement.
        """
        self._refuse_to_overwrite()
        return asyncio.run(self._prepare())

    def run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> ImportReport:
        """Send what the plan says and write the results workbook, whatever ends the run."""
        return asyncio.run(self._run(prepared, on_event))

    def stop(self) -> None:
        """Finish the requests in flight, then leave the rest pending; may be called from any thread."""
        self._stop.request()

    def stop_at_once(self) -> None:
        """Do not even wait for the requests in flight: they are in doubt, and the next run settles them."""
        self._stop.insist()

    def _refuse_to_overwrite(self) -> None:
        results = self._choices.results
        if results is not None and results.exists() and self.workbook.exists() and results.samefile(self.workbook):
            raise Misuse("results_is_workbook", path=str(results))

    async def _prepare(self) -> Prepared:
        workbook = read(self.workbook)
        async with self._destination.connect() as api:
            facts = await api.agreement()
            self._destination.expect(facts.number)
            existing, snapshot = await self._look(api)
            calls = api.calls
        checked = check(workbook, snapshot, self._choices.decimal)
        with self._open_journal() as journal:
            known = journal.known(facts.number)
        planned = plan(checked, existing, known, to_values, facts.number)
        return Prepared(checked, planned, facts.number, facts.company, self.practice, calls)

    async def _look(self, api: Economic) -> tuple[Existing, Snapshot]:
        snapshot, groups, customers, contacts, locations = await asyncio.gather(
            api.snapshot(), api.customer_groups(), api.customers(), api.contacts(), api.delivery_locations()
        )
        self._remember(snapshot)
        existing = Existing(tuple(groups), tuple(customers), tuple(contacts), tuple(locations))
        return existing, snapshot

    async def _run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> ImportReport:
        started = monotonic()
        log = _Log()
        with self._open_journal() as journal:
            run = journal.begin(
                prepared.agreement_number, str(self.workbook), prepared.checked.workbook.digest, _rows(prepared.plan)
            )
            try:
                async with self._destination.connect() as api:
                    events = upload(
                        prepared.plan,
                        prepared.checked,
                        api,
                        journal,
                        run,
                        concurrency=self._choices.concurrency,
                        stop=self._stop,
                    )
                    async with aclosing(events):
                        async for event in events:
                            log.take(event)
                            on_event(event)
            finally:
                report = self._report(run, prepared, log, monotonic() - started)
        return report

    def _report(self, run: str, prepared: Prepared, log: _Log, seconds: float) -> ImportReport:
        outcomes = _one_a_row(prepared, log.outcomes)
        issues = _all_issues(prepared.checked, outcomes)
        if log.fault is not None:
            issues = (*issues, log.fault)
        report = ImportReport(
            run=run,
            counts=count(outcomes),
            by_sheet=count_by_sheet(outcomes),
            outcomes=outcomes,
            issues=issues,
            results=None,
            calls=Counter(prepared.calls) + Counter(log.calls),
            seconds=seconds,
            stopped=log.stopped,
            fault=log.fault.code if log.fault is not None else None,
        )
        return replace(report, results=self._write(report, prepared))

    def _write(self, report: ImportReport, prepared: Prepared) -> Path | None:
        language = self._choices.language
        marks = annotation(
            report.outcomes, report.issues, _summary(report, prepared, self.workbook, language), language
        )
        beside = self._choices.results or free_name(self.workbook, self.workbook.parent, language)
        spare = free_name(self.workbook, self._choices.spare, language)
        try:
            return write_results(self.workbook, (beside, spare), marks)
        except CannotWrite:
            return None


class _Log:
    """What the events of a run add up to."""

    def __init__(self) -> None:
        self.outcomes: dict[tuple[str, int], Outcome] = {}
        self.calls: dict[str, int] = {}
        self.stopped = True
        self.fault: Issue | None = None

    def take(self, event: Event) -> None:
        if isinstance(event, RowSettled):
            place = event.outcome.place
            self.outcomes[place.sheet or "", place.row or 0] = event.outcome
        elif isinstance(event, RunEnded):
            self.calls, self.stopped = dict(event.calls), event.stopped
            if event.fault is not None:
                self.fault = Issue(event.fault, Place(), parameters=event.facts)
        elif isinstance(event, RunStarted):
            self.stopped = True


def _rows(planned: Plan) -> int:
    return sum(len(steps) for steps in planned.steps.values())


def _one_a_row(prepared: Prepared, settled: dict[tuple[str, int], Outcome]) -> tuple[Outcome, ...]:
    """The outcome of every planned row, pending where the run did not come to it."""
    return tuple(
        settled.get((step.place.sheet or "", step.place.row or 0))
        or Outcome(kind, step.place, Status.PENDING, step.number if step.remote else None, issues=step.issues)
        for kind, steps in prepared.plan.steps.items()
        for step in steps
    )


def _all_issues(checked: Checked, outcomes: Sequence[Outcome]) -> tuple[Issue, ...]:
    """The check's issues and the outcomes' own, each once, in sheet and row order as the check gives them."""
    seen = {id(issue) for issue in checked.issues}
    added = [issue for outcome in outcomes for issue in outcome.issues if id(issue) not in seen]
    known = set(map(_key, checked.issues))
    return checked.issues + tuple(issue for issue in added if _key(issue) not in known)


def _key(issue: Issue) -> tuple[object, ...]:
    return issue.code, issue.place, issue.source, issue.value, str(issue.parameters.get("text", ""))


def _summary(report: ImportReport, prepared: Prepared, workbook: Path, language: Language) -> Summary:
    """Counts, run, agreement and time for the summary sheet."""
    warnings = sum(issue.severity is Severity.WARNING for issue in report.issues)
    lines = [
        (translate("Workbook", language), workbook.name),
        (translate("Agreement", language), f"{prepared.agreement_number} {prepared.company}"),
        (translate("Run", language), report.run),
        (translate("Time", language), datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")),
        (translate("Rows", language), str(len(report.outcomes))),
    ]
    lines += [(status_word(status, language), str(number)) for status, number in report.counts.items()]
    lines.append((translate("Warnings", language), str(warnings)))
    return Summary("bulkio", tuple(lines))
