"""The whole job on this machine, over a line that goes bad on purpose: what ends up in the agreement is compared with a quiet run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from bulkio.economic import Economic, Target, to_values
from bulkio.errors import BulkioError
from bulkio.flows.destination import Destination
from bulkio.flows.import_workbook import ImportChoices, ImportFlow
from bulkio.flows.look import look
from bulkio.flows.loop import run as run_loop
from bulkio.flows.samples import demonstration
from bulkio.journal import Journal
from bulkio.language import Language
from bulkio.model.event import Event, Waited
from bulkio.model.kind import Kind
from bulkio.model.outcome import Status
from bulkio.model.secret import Secret
from bulkio.sandbox import PROFILES, Seeded, Store, create_application

PROFILES_OF_CHAOS = ("flaky", "storm", "busy")
"""Those that answer or break off at once; silence of a minute would only take long."""
ADDRESS = "http://127.0.0.1"
"""What the links of the twin in this process carry; nothing is sent there."""
MOST_RUNS = 6
"""Runs over the bad line, before a last one over a good line."""
_IDS = {"contact_id", "contact_number", "location_id", "location_number"}
_NUMBERED_BY_THE_SERVER = frozenset(_IDS | {"attention", "their_reference", "default_delivery_location"})

Held = Counter[tuple[str, str]]


@dataclass(slots=True)
class Tried:
    """What the schedules came to."""

    schedules: int = 0
    runs: int = 0
    waits: int = 0
    """Times that a request had to be repeated."""
    rows: Counter[Status] = field(default_factory=Counter)
    """How the rows stood at the end of each schedule."""
    duplicates: int = 0
    lost: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing was there twice, nothing missing, and every row at its end."""
        return not (self.duplicates or self.lost or self.rows[Status.PENDING] or self.rows[Status.IN_DOUBT])


def self_test(minutes: float, *, chaos: bool, tell: Callable[[Tried], None]) -> Tried:
    """Play schedules for so long, at least one; without `chaos` one over a good line. `tell` hears of each."""
    tried = Tried()
    until = monotonic() + minutes * 60
    expected = _quiet()
    for profile, seed in _schedules(chaos):
        _play(profile, seed, expected, tried)
        tell(tried)
        if not chaos or monotonic() >= until:
            return tried
    raise AssertionError  # the schedules never end


def _schedules(chaos: bool) -> Iterator[tuple[str, int]]:
    return zip(cycle(PROFILES_OF_CHAOS if chaos else ("calm",)), count(), strict=False)


def _quiet() -> Held:
    with TemporaryDirectory(prefix="bulkio-selftest-") as folder:
        desk = _Desk(Path(folder))
        desk.run(None, Tried())
        return desk.held()


def _play(profile: str, seed: int, expected: Held, tried: Tried) -> None:
    with TemporaryDirectory(prefix="bulkio-selftest-") as folder:
        desk = _Desk(Path(folder))
        trouble = Seeded(PROFILES[profile], seed)
        for _ in range(MOST_RUNS):
            if desk.run(trouble, tried):
                break
        desk.run(None, tried)
        held = desk.held()
        tried.schedules += 1
        tried.rows += desk.ended
        tried.duplicates += (held - expected).total()
        tried.lost += (expected - held).total()


class _Desk:
    """A fresh agreement and a journal, in a folder that is gone afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ended: Counter[Status] = Counter()
        Store.open(folder / "twin.sqlite", fresh=True).close()

    def run(self, trouble: Seeded | None, tried: Tried) -> bool:
        """One import of the sample; whether it settled every row."""
        store = Store.open(self._folder / "twin.sqlite")
        flow = self._flow(store, trouble)
        tried.runs += 1

        def note(event: Event) -> None:
            tried.waits += isinstance(event, Waited)

        try:
            report = flow.run(flow.prepare(), note)
        except BulkioError:  # the line was too bad even to look: nothing was sent, and the next run begins anew
            return False
        finally:
            flow.close()
            store.close()
        self.ended = Counter(report.counts)
        return report.exit_code != 4

    def held(self) -> Held:
        """What the agreement holds, ids of the server's own left out."""
        store = Store.open(self._folder / "twin.sqlite")
        try:
            return run_loop(_held(_connect(store, None)))
        finally:
            store.close()

    def _flow(self, store: Store, trouble: Seeded | None) -> ImportFlow:
        destination = Destination("selftest", practice=True, connect=lambda: _connect(store, trouble))
        choices = ImportChoices(Language.ENGLISH, self._folder / "results.xlsx", self._folder)
        return ImportFlow(
            demonstration(), destination, lambda: Journal.open(self._folder / "journal.sqlite"), lambda _: None, choices
        )


def _connect(store: Store, trouble: Seeded | None) -> Economic:
    tokens = store.tokens
    app, grant = Secret(tokens.app_secret_token), Secret(tokens.agreement_grant_token)
    return Economic(Target(ADDRESS, ADDRESS, app, grant), create_application(store, trouble=trouble))


async def _held(connecting: Economic) -> Held:
    async with connecting as api:
        existing, _ = await look(api)
    return Counter((str(kind), _spelled(kind, record)) for kind in Kind for record in existing.of(kind))


def _spelled(kind: Kind, record: Mapping[str, object]) -> str:
    values = to_values(kind, record)
    return repr(sorted((name, str(value)) for name, value in values.items() if name not in _NUMBERED_BY_THE_SERVER))
