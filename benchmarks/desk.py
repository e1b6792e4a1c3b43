"""What the review and the upload's screen cost on 200,000 rows, beside Textual's own DataTable: `python benchmarks/desk.py`.

Prints ratios and milliseconds. DataTable is given fewer rows (`--table-rows`), since it takes minutes for all; its time grows with the rows.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import tracemalloc
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import pandas as pd
from textual.app import App, ComposeResult
from textual.widgets import DataTable

from bulkio.entities import ENTITIES
from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language
from bulkio.model.checked import Checked, CheckedTable
from bulkio.model.event import Event, RowSettled, RunEnded, RunStarted
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status
from bulkio.model.place import Place
from bulkio.model.plan import Plan
from bulkio.model.table import CellKind, Column, Table, Workbook
from bulkio.settings.folders import Folders
from bulkio.tui.app import Desk
from bulkio.tui.screens.review import ReviewScreen
from bulkio.tui.sheet_rows import View
from bulkio.workbook.addresses import letters_of

SIZE = (140, 45)
FAULTS = 0.01
REPEATS = 25


def table(rows: int) -> Table:
    """Customers with every column filled."""
    fields = ENTITIES[Kind.CUSTOMERS].fields[:24]
    random = Random(1)
    words = [
        f"{random.choice('ABCDEFGH')}ksempel {number} {random.choice(['ApS', 'A/S', 'I/S'])}" for number in range(5000)
    ]
    columns = tuple(Column(one.name, one.header_en, letters_of(at + 1)) for at, one in enumerate(fields))
    data = {one.name: [words[random.randrange(5000)] for _ in range(rows)] for one in fields}
    data |= {
        "customer_number": [str(100_000 + row) for row in range(rows)],
        "own_reference": [f"R{row}" for row in range(rows)],
    }
    data |= {"email": ["post@example.dk"] * rows, "barred": ["no"] * rows, "credit_limit": ["1000"] * rows}
    data |= {name: ["1"] * rows for name in ("customer_group", "payment_terms", "vat_zone", "sales_person", "layout")}
    data |= {"currency": ["DKK"] * rows, "cvr_number": ["12345674"] * rows, "ean_number": ["5798000100121"] * rows}
    frame = pd.DataFrame({one.name: pd.Series(data[one.name], dtype=object) for one in fields})
    frame.index = pd.Index(np.arange(2, rows + 2))
    kinds = pd.DataFrame(np.full(frame.shape, CellKind.TEXT, dtype=np.uint8), index=frame.index, columns=frame.columns)
    return Table(Kind.CUSTOMERS, "Customers", 1, columns, frame, kinds)


def checked(of: Table) -> Checked:
    """One row in a hundred has a fault."""
    rows = Random(2).sample(range(2, len(of.frame) + 2), int(len(of.frame) * FAULTS))
    issues = tuple(
        Issue("bad_check_digit", of.place(row, "ean_number"), value="5798000100122", field="ean_number")
        for row in sorted(rows)
    )
    tables = {Kind.CUSTOMERS: of}
    return Checked(
        Workbook(Path("big.xlsx"), "0" * 64, tables),
        {Kind.CUSTOMERS: CheckedTable(of, of.frame, frozenset(rows), {})},
        issues,
        None,
    )


class Desktop(Desk):
    """The review alone."""

    def __init__(self, mending: Mending) -> None:
        super().__init__(Language.ENGLISH, None)
        self._mending = mending

    def on_mount(self) -> None:
        """Open it."""
        self.push_screen(ReviewScreen(self._mending, self.language))


class Theirs(App[None]):
    """The same rows in a DataTable."""

    def __init__(self, of: Table) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """A table alone."""
        yield DataTable()

    def on_mount(self) -> None:
        """Fill it."""
        shown = self.query_one(DataTable)
        shown.add_columns(*(column.header for column in self._of.columns))
        shown.add_rows(self._of.frame.itertuples(index=False, name=None))


async def opened(app: App[object], then: Callable[[App[object]], Awaitable[None]] | None = None) -> float:
    """Seconds until the first screen is drawn."""
    started = perf_counter()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.screen._compositor.render_strips(app.size)  # noqa: SLF001 - drawn as a terminal would be sent it
        took = perf_counter() - started
        if then is not None:
            await then(app)
    return took


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several tries."""
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return 1000 * quantiles(times, n=2)[0]


async def use(app: App[object]) -> None:
    """Scroll, jump, keep rows, sort and search."""
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    grid, rows = screen.grid, screen.sheet.rows

    def drawn() -> None:
        app.screen._compositor.render_strips(app.size)  # noqa: SLF001 - as above

    floor = milliseconds(drawn)
    random = Random(3)

    def jump() -> None:
        grid.go_to(random.randrange(rows), random.randrange(24))
        drawn()

    def step() -> None:
        grid.action_move(1, 0)
        drawn()

    print(f"  drawing a whole screen, the toolkit's floor   {floor:8.1f} ms")
    print(f"  a step of the cursor, drawn                   {milliseconds(step):8.1f} ms")
    print(f"  a jump anywhere, drawn                        {milliseconds(jump):8.1f} ms")
    print(
        f"  the next fault, drawn                         {milliseconds(lambda: (screen.action_fault(1), drawn())):8.1f} ms"
    )
    sheet = screen.sheet
    print(
        f"  only the faulty rows                          {milliseconds(lambda: sheet.seen_as(View(only_faulty=True))):8.1f} ms"
    )
    for name, work in (
        ("only rows that hold a text", lambda: sheet.seen_as(View(holding="ksempel 77"))),
        ("sorted by name", lambda: sheet.seen_as(View(sorted_by="name"))),
        ("search", lambda: sheet.find("ksempel 4711")),
    ):
        started = perf_counter()
        work()
        print(f"  {name:45} {1000 * (perf_counter() - started):8.1f} ms")


async def lag(rate: int, seconds: float) -> tuple[float, float]:
    """The event loop's lag at the 99th percentile while events come at a rate, and the processor's share of the screen."""
    from bulkio.tui.screens.upload import UploadScreen

    class Flow:
        """Says what an engine would, at a steady rate."""

        workbook, practice, agreement_name = Path("big.xlsx"), True, "sandbox"

        def run(self, prepared: object, on_event: Callable[[Event], None], /) -> None:
            import time

            number = int(rate * seconds)
            on_event(RunStarted("run", {Kind.CUSTOMERS: number}, {Kind.CUSTOMERS: number}))
            started = perf_counter()
            for row in range(number):
                time.sleep(max(0.0, started + row / rate - perf_counter()))
                on_event(RowSettled(Outcome(Kind.CUSTOMERS, Place("Customers", row + 2), Status.CREATED), 0.08))
            on_event(RunEnded("run", {}, False, {}, seconds))
            raise SystemExit

        def stop(self) -> None:
            """Nothing to stop."""

    class Prepared:
        """Just enough for a heading."""

        company, practice, agreement_number, checked, plan = "Big A/S", True, 1, checked(table(10)), Plan(1, "", {})

    class Upload(Desk):
        """The upload's screen alone."""

        def on_mount(self) -> None:
            """Open it."""
            self.push_screen(UploadScreen(Flow(), Prepared(), perf_counter, Language.ENGLISH))  # type: ignore[arg-type]

    app, lags = Upload(Language.ENGLISH, None), []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        began, busy = perf_counter(), process_time()
        while perf_counter() < began + seconds * 0.9:
            asked = perf_counter()
            await asyncio.sleep(0.005)
            lags.append(perf_counter() - asked - 0.005)
        share = (process_time() - busy) / (perf_counter() - began)
        app.exit()
    return 1000 * quantiles(lags, n=100)[98], share


def main() -> None:
    """Print the figures."""
    parser = ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--table-rows", type=int, default=10_000)
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        tracemalloc.start()
        of = table(asked.rows)
        own = tracemalloc.get_traced_memory()[0]
        found = checked(of)
        before = tracemalloc.get_traced_memory()[0]
        mending = Mending(found, None, None, Folders(Path(home), own_home=True))
        screen = Desktop(mending)
        asyncio.run(opened(screen))
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        print(
            f"{asked.rows:,} rows × {len(of.columns)} columns, {FAULTS:.0%} faulty, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
        )
        print(f"  memory beside the table's own                 {1 + grown / own:8.2f} ×")
        ours = asyncio.run(opened(Desktop(mending), use))
        few = table(asked.table_rows)
        theirs = asyncio.run(opened(Theirs(few)))
        scaled = theirs * asked.rows / asked.table_rows
        print(f"  the review is there after                     {1000 * ours:8.1f} ms")
        print(
            f"  DataTable, {asked.table_rows:,} rows ({scaled:.0f} s for all)      {1000 * theirs:8.1f} ms   {scaled / ours:.0f} × later"
        )
        one = mending.correction(Kind.CUSTOMERS, 77, "name", "Another name")
        print(f"  one row judged anew                           {milliseconds(lambda: mending.trial((one,))):8.1f} ms")
        started = perf_counter()
        mending.judge(mending.workbook)
        print(f"  the whole workbook judged anew                {1000 * (perf_counter() - started):8.1f} ms")
    high, share = asyncio.run(lag(300, 10.0))
    print(f"  upload at 300 rows a second: lag at the 99th percentile {high:.1f} ms, processor {share:.0%} of a core")
    print(
        f"  largest memory of the process                 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB"
    )


if __name__ == "__main__":
    main()
