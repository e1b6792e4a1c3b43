"""Whatever is done in whatever order: a state machine drives runs, losses, deaths, edits, resumes and clocks."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bulkio.model.kind import Kind
from tests.upload.office import Office
from tests.upload.schedules import START, Desk, Line, Tally, _judge, _pass_time, _said, _whole, desk

SEEDS = st.integers(0, 10_000)


class AnyOrder(RuleBasedStateMachine):
    """One agreement, one workbook that is edited and sorted, and a line that cannot be trusted."""

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.seed = seed
        self.tally = Tally()
        self.folder = Path(tempfile.mkdtemp(prefix="bulkio-any-order-"))
        self.office = Office(self.folder)
        self.moment = [START]
        self.office.clock = lambda: self.moment[0]
        self.wanted: Desk = desk(random.Random(seed))
        self.runs = 0

    @rule(seed=SEEDS)
    def run(self, seed: int) -> None:
        """Import or go on, over a line that this seed makes good or bad; the process may die on it."""
        line = Line(self.office, random.Random(seed), self.tally)
        done = self.office.run(self.wanted.workbook, line, reads=line.reads, stop=line.stop)
        _whole(seed, self.office, done)
        self.office.resuming = None
        self.runs += 1

    @precondition(lambda self: self.runs > 0 and self.office.resuming is None)
    @rule()
    def go_on_with_the_last_run(self) -> None:
        """The next run is a resume; until then the workbook is the journal's copy, which nobody edits."""
        self.office.resuming = self.office.last

    @precondition(lambda self: self.office.resuming is None)
    @rule(seed=SEEDS)
    def edit(self, seed: int) -> None:
        self.wanted = self.wanted.edited(random.Random(seed))
        self.runs = 0

    @precondition(lambda self: self.office.resuming is None)
    @rule(seed=SEEDS)
    def sort(self, seed: int) -> None:
        self.wanted = self.wanted.sorted_by(random.Random(seed))
        self.runs = 0

    @rule(seed=SEEDS)
    def time_passes(self, seed: int) -> None:
        _pass_time(self.office, random.Random(seed), self.tally, self.moment)

    @invariant()
    def nothing_is_there_twice(self) -> None:
        """At every instant, by the twin's own tables."""
        if not hasattr(self, "office"):
            return
        people = {one["customerNumber"]: one["name"] for one in self.office.records(Kind.CUSTOMERS)}
        held: Counter[tuple[str, ...]] = Counter(("customer", name) for name in people.values())
        for one in self.office.records(Kind.CONTACTS):
            held["contact", people[one["customer"]["customerNumber"]], one["name"]] += 1
        for one in self.office.records(Kind.DELIVERY_LOCATIONS):
            held["place", people[one["customer"]["customerNumber"]], one["address"]] += 1
        said = Counter(one[:2] if one[0] == "customer" else one for one in _said(self.wanted).elements())
        assert not held - said

    def teardown(self) -> None:
        """In the end, over a good line, everything is there once, and a further run sends nothing."""
        if not hasattr(self, "office"):
            return
        try:
            _judge(self.seed, self.office, self.wanted, self.tally)
        finally:
            self.office.close()
            shutil.rmtree(self.folder)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=12,
    stateful_step_count=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
