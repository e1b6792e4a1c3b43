"""The main job: a workbook in, an agreement filled, every refusal beside its cell."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic, time

from bulkio.checking import check
from bulkio.economic import Economic, to_values
from bulkio.errors import CannotWrite, Misuse, NotAWorkbook
from bulkio.flows.destination import Destination
from bulkio.flows.kept_workbook import kept_copy
from bulkio.flows.look import look
from bulkio.flows.loop import run as run_loop
from bulkio.flows.report import ImportReport, count, count_by_sheet
from bulkio.flows.results import Summary, annotation, coercion_lines, free_name, write_results
from bulkio.flows.run_log import RunLog, all_issues, one_a_row
from bulkio.journal import Hold, Journal, Progress, Run
from bulkio.language import Language, translate
from bulkio.model.answers import AS_FOUND, Answers
from bulkio.model.checked import Checked
from bulkio.model.event import Event
from bulkio.model.issue import Issue, Severity
from bulkio.model.place import Place
from bulkio.model.plan import Plan
from bulkio.model.snapshot import Snapshot
from bulkio.planning import Existing, plan
from bulkio.upload import Stop, upload
from bulkio.workbook import read, status_word

TOLD_BY_STATUS = frozenset({"parent_refused", "parent_failed", "parent_in_doubt", "in_doubt"})
"""Warnings that say why a row was skipped or is in doubt; those rows are counted as such."""


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
    takes it where that place does not. `answers` say what the file alone does not. `concurrency` bounds the requests at a time, `share` is the part of
    the agreement's tokens that the run may use, `until` the seconds since 1970 at which it stops by itself.
    """

    language: Language
    results: Path | None
    spare: Path
    answers: Answers = AS_FOUND
    concurrency: int = 8
    share: float = 1.0
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A run that goes on: what the journal says of it, and the copy of its workbook that it goes on from."""

    run: Run
    copy: Path


class ImportFlow:
    """One import of one workbook: look and plan, then send and write the results.

    `prepare` and `run` block, and are called from a worker thread by the screen and directly by the headless command. From `prepare` until the
    end of `run`, or until `close`, no other bulkio that uses the same journal works on the agreement.
    """

    def __init__(
        self,
        workbook: Path,
        destination: Destination,
        open_journal: Callable[[], Journal],
        remember: Callable[[Snapshot], None],
        choices: ImportChoices,
        interrupted: Interrupted | None = None,
    ) -> None:
        self.workbook = workbook
        self.practice = destination.practice
        self.agreement_name = destination.name
        self._destination = destination
        self._open_journal = open_journal
        self._remember = remember
        self._choices = choices
        self._interrupted = interrupted
        self._source = interrupted.copy if interrupted is not None else workbook
        self._stop = Stop()
        self._hold: Hold | None = None
        self.expect: Callable[[Prepared], None] = _anything
        """Raises `Misuse` where what was found is not what was agreed to, such as a saved plan."""
        self._content = b""
        self.report: ImportReport | None = None
        """What the run came to, once it has ended."""

    def prepare(self) -> Prepared:
        """Read, check, look at what the agreement holds, and plan.

        Raises `BulkioError`: no workbook, no connection, no permission, the wrong agreement.
        """
        self._refuse_to_overwrite()
        try:
            prepared = run_loop(self._prepare())
            self.expect(prepared)
        except BaseException:
            self.close()
            raise
        return prepared

    def run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> ImportReport:
        """Send what the plan says and write the results workbook, whatever ends the run."""
        try:
            self.report = run_loop(self._run(prepared, on_event))
        finally:
            self.close()
        return self.report

    def close(self) -> None:
        """Let other programs at the agreement; needed where a prepared import is not run."""
        if self._hold is not None:
            self._hold.release()
            self._hold = None

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
        workbook = read(self._source, answers=self._choices.answers)
        self._content = self._source.read_bytes()
        self._expect_unchanged(workbook.digest, self._content)
        async with self._destination.connect() as api:
            facts = await api.agreement()
            self._expect(facts.number)
            with self._open_journal() as journal:
                self._hold = journal.hold(facts.number)
            existing, snapshot = await self._look(api)
            calls = api.calls
        checked = check(workbook, snapshot, self._choices.answers.decimal)
        with self._open_journal() as journal:
            known = journal.known(facts.number)
        planned = plan(checked, existing, known, to_values, facts.number)
        return Prepared(checked, planned, facts.number, facts.company, self.practice, calls)

    def _expect(self, number: int) -> None:
        self._destination.expect(number)
        run = self._interrupted.run if self._interrupted is not None else None
        if run is not None and run.agreement != number:
            raise Misuse("run_of_other_agreement", run=run.run, expected=run.agreement, found=number)

    def _expect_unchanged(self, digest: str, content: bytes) -> None:
        if sha256(content).hexdigest() != digest:
            raise Misuse("workbook_changed", path=str(self.workbook))

    async def _look(self, api: Economic) -> tuple[Existing, Snapshot]:
        existing, snapshot = await look(api)
        self._remember(snapshot)
        return existing, snapshot

    async def _run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> ImportReport:
        started = monotonic()
        log = RunLog()
        with self._open_journal() as journal:
            run, attempt, progress = self._begin(journal, prepared)
            log.ended = dict(progress.ended)
            try:
                self._stop_in_time()
                async with self._destination.connect() as api:
                    events = upload(
                        prepared.plan,
                        prepared.checked,
                        api,
                        journal,
                        run,
                        concurrency=self._choices.concurrency,
                        share=self._choices.share,
                        stop=self._stop,
                        attempt=attempt,
                        progress=progress,
                    )
                    async with aclosing(events):
                        async for event in events:
                            log.take(event)
                            on_event(event)
            finally:
                report = self._report(run, prepared, log, monotonic() - started)
        return report

    def _stop_in_time(self) -> None:
        if self._choices.until is not None:
            asyncio.get_running_loop().call_later(max(0.0, self._choices.until - time()), self._stop.request)

    def _begin(self, journal: Journal, prepared: Prepared) -> tuple[str, int, Progress]:
        """The run, which attempt of it this is, and how far it has come. Raises `Misuse` where the workbook was changed since the plan."""
        if self._source.exists():
            self._expect_unchanged(prepared.checked.workbook.digest, self._source.read_bytes())
        if self._interrupted is not None:
            run = self._interrupted.run.run
            return run, journal.take_up(run), journal.progress(run)
        run = journal.begin(
            prepared.agreement_number,
            str(self.workbook.absolute()),
            prepared.checked.workbook.digest,
            _rows(prepared.plan),
            agreement_name=self.agreement_name,
            choices=self._choices.answers.kept(),
            content=self._content,
        )
        return run, 1, Progress({}, {})

    def _report(self, run: str, prepared: Prepared, log: RunLog, seconds: float) -> ImportReport:
        outcomes = one_a_row(prepared.plan, log.ended)
        issues = all_issues(prepared.checked, outcomes)
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
            coercions=prepared.checked.coercions,
        )
        return self._with_results(report, prepared)

    def _with_results(self, report: ImportReport, prepared: Prepared) -> ImportReport:
        """The report with its results workbook; where that found another place or none, the report says so."""
        language = self._choices.language
        marks = annotation(
            report.outcomes, report.issues, _summary(report, prepared, self.workbook, language), language
        )
        beside = self._choices.results or free_name(self.workbook, self.workbook.parent, language)
        spare = free_name(self.workbook, self._choices.spare, language)
        try:
            with kept_copy(self._content, self.workbook.name) as source:  # the user may have changed the file meanwhile
                written = write_results(source, (beside, spare), marks, self._choices.answers)
        except (
            CannotWrite,
            NotAWorkbook,
            OSError,
        ):  # notes, which reading passes over, may be damaged; the journal holds every row
            return _warned(report, Issue("results_not_written", Place(), Severity.WARNING, parameters={"path": beside}))
        report = replace(report, results=written)
        if written == beside:
            return report
        told = {"path": beside, "place": written}
        return _warned(report, Issue("results_elsewhere", Place(), Severity.WARNING, parameters=told))


def _warned(report: ImportReport, issue: Issue) -> ImportReport:
    return replace(report, issues=(*report.issues, issue))


def _anything(_: Prepared) -> None:
    """Whatever is found is expected."""


def _rows(planned: Plan) -> int:
    return sum(len(steps) for steps in planned.steps.values())


def _summary(report: ImportReport, prepared: Prepared, workbook: Path, language: Language) -> Summary:
    """Counts, run, agreement and time for the summary sheet."""
    warnings = sum(issue.severity is Severity.WARNING and issue.code not in TOLD_BY_STATUS for issue in report.issues)
    lines = [
        (translate("Workbook", language), workbook.name),
        (translate("Agreement", language), f"{prepared.agreement_number} {prepared.company}"),
        (translate("Run", language), report.run),
        (translate("Time", language), datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")),
        (translate("Rows", language), str(len(report.outcomes))),
    ]
    lines += [(status_word(status, language), str(number)) for status, number in report.counts.items()]
    lines.append((translate("Warnings", language), str(warnings)))
    return Summary("bulkio", (*lines, *coercion_lines(report.coercions, language)))
