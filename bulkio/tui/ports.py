"""What the screens ask of the flows: structural, so that a flow fulfils it without knowing of the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from bulkio.model.checked import Checked
from bulkio.model.event import Event
from bulkio.model.issue import Issue
from bulkio.model.outcome import Outcome, Status
from bulkio.model.plan import Plan


class Prepared(Protocol):
    """A workbook that was read, checked and compared with the agreement; nothing is sent yet."""

    @property
    def checked(self) -> Checked:
        """The workbook after the check."""

    @property
    def plan(self) -> Plan:
        """What is to happen to each row."""

    @property
    def agreement_number(self) -> int:
        """The agreement as it named itself."""

    @property
    def company(self) -> str:
        """The company's name, which a person types before a real agreement is written."""

    @property
    def practice(self) -> bool:
        """Whether the agreement is one for practice."""


class ImportReport(Protocol):
    """How a run ended."""

    @property
    def run(self) -> str:
        """The run's id."""

    @property
    def counts(self) -> Mapping[Status, int]:
        """Rows by how they ended."""

    @property
    def by_sheet(self) -> Mapping[str, Mapping[Status, int]]:
        """The same, by the sheet's own title."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """Every row's end."""

    @property
    def issues(self) -> Sequence[Issue]:
        """The check's and the API's, in the order of the workbook."""

    @property
    def results(self) -> Path | None:
        """The results workbook, or None where none could be written."""

    @property
    def calls(self) -> Mapping[str, int]:
        """Calls to the API by method."""

    @property
    def seconds(self) -> float:
        """How long the upload took."""

    @property
    def stopped(self) -> bool:
        """Whether rows are left because someone stopped the run, or a fault did."""

    @property
    def exit_code(self) -> int:
        """What the command ends with."""


Ready = TypeVar("Ready", bound=Prepared)
"""A flow's own form of what it prepared: it is handed back to the flow that made it."""


class ImportFlow(Protocol[Ready]):
    """The path of one workbook into one agreement; every call blocks and is made in a worker thread."""

    @property
    def workbook(self) -> Path:
        """The user's file."""

    @property
    def practice(self) -> bool:
        """Whether the agreement is one for practice."""

    @property
    def agreement_name(self) -> str:
        """The agreement's name in the settings."""

    def prepare(self) -> Ready:
        """Read, check, connect, index and plan; raises BulkioError."""

    def run(self, prepared: Ready, on_event: Callable[[Event], None], /) -> ImportReport:
        """Upload, and write the results workbook whatever happens."""

    def close(self) -> None:
        """Let other programs at the agreement again; `prepare` keeps them off it."""

    def stop(self) -> None:
        """Finish the requests in flight and send no more; may be called from any thread."""
