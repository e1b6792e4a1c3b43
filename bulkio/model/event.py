"""What happens during an upload: frozen, in the past tense, a closed union.

The engine is an async generator of these; the screen, the headless progress and `--json` are consumers of the same stream.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulkio.model.kind import Kind
from bulkio.model.outcome import Outcome, Status


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run is in the journal. `rows` counts every row of the workbook by kind; `to_send` those that need a call."""

    run: str
    rows: Mapping[Kind, int]
    to_send: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class PassStarted:
    """A pass over a kind began; `second` is the pass over customers for what needs the rest to exist."""

    kind: Kind
    rows: int
    second: bool = False


@dataclass(frozen=True, slots=True)
class RowSettled:
    """A row has its outcome (once per row; a customer with a second pass settles after it).

    `seconds` is how long its last request took.
    """

    outcome: Outcome
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RowSent:
    """A row's first pass is in, its second still to come; moves the progress, settles nothing."""

    kind: Kind
    second: bool = False


@dataclass(frozen=True, slots=True)
class BatchCommitted:
    """A checkpoint: everything settled so far is durable in the journal."""

    kind: Kind
    batch: int
    settled: int


@dataclass(frozen=True, slots=True)
class Waited:
    """The engine waits before it goes on: `reason` is `rate_limit`, `server_error` or `no_connection`."""

    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The run ended. `stopped` is true when rows are left pending by the user's stop or a fault of the run, named by `fault`.

    `facts` fill the words of that fault.
    """

    run: str
    counts: Mapping[Status, int]
    stopped: bool
    calls: Mapping[str, int]
    seconds: float
    fault: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


Event = RunStarted | PassStarted | RowSent | RowSettled | BatchCommitted | Waited | RunEnded
