"""A small workbook with its faults, and a flow whose events are written down: what the screens are shown in their tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Signal

import pandas as pd

from bulkio.flows.mend_workbook import Mending
from bulkio.model.checked import Checked, CheckedTable
from bulkio.model.event import Event, RowSettled, RunEnded, RunStarted
from bulkio.model.issue import Issue, Severity, Source
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Action, Plan, Step
from bulkio.model.table import Column, Table, Workbook
from bulkio.settings.folders import folders

PATH = Path("/books/2026/onboarding.xlsx")
RESULTS = Path("/books/2026/onboarding-results.xlsx")
RUN = "20261122-1403-ab12"

_ENDS = {
    Action.CREATE: Status.CREATED,
    Action.UPDATE: Status.UPDATED,
    Action.UNCHANGED: Status.UNCHANGED,
    Action.SKIP: Status.SKIPPED,
    Action.REFUSE: Status.REFUSED,
}


def table(kind: Kind, sheet: str, fields: Sequence[tuple[str, str]], rows: Mapping[int, Sequence[str | None]]) -> Table:
    columns = tuple(Column(name, header, "ABCDEFGHIJKLMNOP"[at]) for at, (name, header) in enumerate(fields))
    frame = pd.DataFrame(list(rows.values()), columns=[name for name, _ in fields], dtype=object)
    frame.index = pd.Index(list(rows), dtype="int64")
    return Table(kind, sheet, 1, columns, frame, frame.notna().astype("uint8"))


def fault(at: Table, row: int, name: str, text: str, hint: str = "", severity: Severity = Severity.ERROR) -> Issue:
    """An issue whose words are its own, so that pictures do not change when the words of a code do."""
    value = at.frame.at[row, name]
    return Issue(
        code=text,
        place=at.place(row, name),
        severity=severity,
        source=Source.API,
        value=None if value is None else str(value),
        field=name,
        parameters={"text": text, "hint": hint},
    )


def groups() -> Table:
    fields = (("group_number", "Group number"), ("name", "Name"), ("account", "Account number"))
    rows = {row: (str(row - 1), name, "5600") for row, name in enumerate(("Retail", "Wholesale", "Public"), start=2)}
    return table(Kind.CUSTOMER_GROUPS, "Customer groups", fields, rows)


def customers(count: int = 40) -> Table:
    fields = (
        ("customer_number", "Customer number"),
        ("name", "Name"),
        ("customer_group", "Customer group"),
        ("postal_code", "Postal code"),
        ("city", "City"),
        ("email", "Email"),
        ("ean_number", "EAN number"),
    )
    names = ("Bageriet [red]Høj[/red] ApS", "株式会社サンプル", "شركة النور", "Åse & Søn", "Nordlys Regnskab A/S")
    rows: dict[int, Sequence[str | None]] = {
        row: (str(10_000 + row), names[row % 5], "1", "0900", "København C", f"post{row}@example.dk", "5798000123456")
        for row in range(2, count + 2)
    }
    rows[7] = ("10007", "Åse\n& Søn\t(two lines)", "1", None, "København C", "post7@example", "5798000123456")
    rows[12] = ("10012", "x" * 32_767, "1", "0900", "Aarhus", "post12@example.dk", "5798000123450")
    rows[33] = ("10033", "Nordlys Regnskab A/S", "1", "0900", "Aarhus", "post33@example.dk", "5798000123451")
    return table(Kind.CUSTOMERS, "Customers", fields, {row: rows[row] for row in sorted(rows)})


def contacts() -> Table:
    fields = (("customer", "Customer"), ("name", "Name"), ("email", "Email"))
    rows = {row: (str(10_000 + row), f"Anne Møller {row}", f"anne{row}@example.dk") for row in range(2, 22)}
    return table(Kind.CONTACTS, "Contacts", fields, rows)


def checked() -> Checked:
    """Four faults and a warning on customers, one on contacts; groups are faultless."""
    tables = {Kind.CUSTOMER_GROUPS: groups(), Kind.CUSTOMERS: customers(), Kind.CONTACTS: contacts()}
    sheet, people = tables[Kind.CUSTOMERS], tables[Kind.CONTACTS]
    ean, ean_hint = "The check digit is wrong.", "Compare the thirteen digits with the customer's own papers."
    issues = (
        fault(sheet, 7, "postal_code", "The postal code is missing.", severity=Severity.WARNING),
        fault(sheet, 7, "email", "This is not an e-mail address.", "Write it as name@company.dk."),
        fault(sheet, 12, "name", "The text is longer than 255 characters.", "Shorten it to 255 characters."),
        fault(sheet, 12, "ean_number", ean, ean_hint),
        fault(sheet, 33, "ean_number", ean, ean_hint),
        fault(
            people, 5, "customer", "No customer has this number or reference.", "Add the customer, or correct it here."
        ),
    )
    return check_of(tables, issues)


def check_of(tables: Mapping[Kind, Table], issues: tuple[Issue, ...]) -> Checked:
    checked_tables = {
        kind: CheckedTable(one, one.frame, _refused(one.sheet, issues), {}) for kind, one in tables.items()
    }
    return Checked(Workbook(PATH, "0" * 64, tables), checked_tables, issues, None)


def _refused(sheet: str, issues: Sequence[Issue]) -> frozenset[int]:
    return frozenset(
        issue.place.row
        for issue in issues
        if issue.place.sheet == sheet and issue.place.row is not None and issue.severity is Severity.ERROR
    )


def plan_of(workbook: Checked) -> Plan:
    """Everything good is created; faulty rows are refused."""
    return Plan(
        123456,
        "0" * 64,
        {
            kind: tuple(
                Step(
                    kind=kind,
                    place=Place(one.table.sheet, int(row)),
                    action=Action.REFUSE if row in one.refused else Action.CREATE,
                    identity=f"{kind}:{row}",
                    issues=tuple(issue for issue in workbook.issues if issue.place == Place(one.table.sheet, int(row))),
                )
                for row in one.table.frame.index
            )
            for kind, one in workbook.tables.items()
        },
    )


@dataclass(frozen=True)
class Prepared:
    checked: Checked
    plan: Plan
    agreement_number: int = 123456
    company: str = "Nordlys Regnskab A/S"
    practice: bool = True


@dataclass(frozen=True)
class Report:
    run: str
    counts: Mapping[Status, int]
    by_sheet: Mapping[str, Mapping[Status, int]]
    outcomes: Sequence[Outcome]
    issues: Sequence[Issue]
    results: Path | None
    calls: Mapping[str, int]
    seconds: float
    stopped: bool
    fault: str | None
    exit_code: int


def outcomes_of(prepared: Prepared) -> list[Outcome]:
    """How each row of the plan ends when all goes well."""
    return [
        Outcome(kind, step.place, _ENDS[step.action], issues=_issues(prepared, step))
        for kind, steps in prepared.plan.steps.items()
        for step in steps
    ]


def _issues(prepared: Prepared, step: Step) -> tuple[Issue, ...]:
    place = step.place
    return tuple(one for one in prepared.checked.issues if (one.place.sheet, one.place.row) == (place.sheet, place.row))


def report_of(prepared: Prepared, outcomes: Sequence[Outcome], stopped: bool = False) -> Report:
    by_sheet: dict[str, Counter[Status]] = {}
    for outcome in outcomes:
        by_sheet.setdefault(outcome.place.sheet or "", Counter())[outcome.status] += 1
    counts = Counter(outcome.status for outcome in outcomes)
    unfinished = counts[Status.PENDING] or counts[Status.IN_DOUBT]
    exit_code = 4 if unfinished else (1 if counts[Status.REFUSED] else 0)
    return Report(
        RUN, counts, by_sheet, outcomes, prepared.checked.issues, RESULTS, {"POST": 57}, 83.0, stopped, None, exit_code
    )


@dataclass
class ScriptedFlow:
    """A flow that says what it is told to: `gate` holds it in the middle of the upload until the test, or a stop, opens it."""

    prepared: Prepared
    practice: bool = True
    workbook: Path = PATH
    agreement_name: str = "sandbox"
    held_after: int | None = None
    failing: BaseException | None = None
    unreadable: BaseException | None = None
    extra: Sequence[Event] = ()
    stops: int = 0
    runs: int = 0
    gate: Signal = field(default_factory=Signal)
    reached: Signal = field(default_factory=Signal)

    def prepare(self) -> Prepared:
        if self.unreadable is not None:
            raise self.unreadable
        return self.prepared

    def run(self, prepared: Prepared, on_event: Callable[[Event], None]) -> Report:
        self.runs += 1
        outcomes = outcomes_of(prepared)
        on_event(self._started(outcomes))
        for number, outcome in enumerate(outcomes):
            if number == self.held_after and self._stopped_while_held(on_event):
                return self._stopped(prepared, outcomes, number)
            on_event(RowSettled(outcome, 0.08 if outcome.status is Status.CREATED else 0.0))
        if self.failing is not None:
            raise self.failing
        on_event(RunEnded(RUN, Counter(), stopped=False, calls={}, seconds=83.0))
        return report_of(prepared, outcomes)

    def close(self) -> None:
        self.gate.set()

    def stop(self) -> None:
        self.stops += 1
        self.gate.set()

    def _started(self, outcomes: Sequence[Outcome]) -> RunStarted:
        rows = Counter(outcome.kind for outcome in outcomes)
        sends = Counter(outcome.kind for outcome in outcomes if outcome.status is Status.CREATED)
        return RunStarted(RUN, rows, sends)

    def _stopped_while_held(self, on_event: Callable[[Event], None]) -> bool:
        for event in self.extra:
            on_event(event)
        self.reached.set()
        self.gate.wait(30)
        return self.stops > 0

    def _stopped(self, prepared: Prepared, outcomes: Sequence[Outcome], number: int) -> Report:
        left = [Outcome(one.kind, one.place, Status.PENDING) for one in outcomes[number:]]
        return report_of(prepared, [*outcomes[:number], *left], stopped=True)


def prepared(practice: bool = True) -> Prepared:
    found = checked()
    return Prepared(found, plan_of(found), practice=practice)


def mending(found: Checked) -> Mending:
    """Corrections over the small workbook; there is no file behind it."""
    return Mending(found, None, None, folders())


def faultless() -> Prepared:
    found = check_of({Kind.CUSTOMER_GROUPS: groups()}, ())
    return Prepared(found, plan_of(found))
