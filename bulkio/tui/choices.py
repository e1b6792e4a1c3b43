"""Lists to choose from in a window: what a column takes, what a change would do, which columns are shown."""

from __future__ import annotations

from collections.abc import Sequence

from bulkio.language import Language, translate
from bulkio.model.correction import Change
from bulkio.model.issue import Severity
from bulkio.model.snapshot import Choice
from bulkio.model.table import Table
from bulkio.tui.faults import SIGNS
from bulkio.tui.grid import Tone


class ChoiceLines:
    """What a column takes, one line each; `text` keeps those that hold it."""

    titles: Sequence[str] = ("",)
    widths: Sequence[int] = (20,)
    frozen = 0

    def __init__(self, choices: Sequence[Choice], text: str = "") -> None:
        wanted = text.casefold()
        self.choices = [one for one in choices if wanted in f"{one.number} {one.name}".casefold()]

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self.choices)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """Number and name."""
        one = self.choices[row]
        return f"{one.number}   {one.name}", Tone.PLAIN


class Preview:
    """Before and after of each cell of a change, and whether the new value passes; `faulty` are the places where it does not."""

    widths: Sequence[int] = (9, 22, 26)
    frozen = 0

    def __init__(
        self,
        change: Change,
        tables: dict[str, Table],
        faulty: frozenset[tuple[str, int, str]] | None,
        language: Language,
    ) -> None:
        self._change = change
        self._tables = tables
        self._faulty = faulty
        self.titles = translate("Cell", language), translate("Before", language), translate("After", language)

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._change)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """The cell's address, what it holds, and what it would hold."""
        one = self._change[row]
        if column == 0:
            return self._tables[one.kind].place(one.row, one.field).cell or str(one.row), Tone.MUTED
        if column == 1:
            return one.before or "", Tone.PLAIN
        if self._faulty is None:
            return f"  {one.after or ''}", Tone.PLAIN
        if (one.kind, one.row, one.field) in self._faulty:
            return f"{SIGNS[Severity.ERROR]} {one.after or ''}", Tone.ERROR
        return f"✓ {one.after or ''}", Tone.GOOD


class ColumnLines:
    """The columns of a sheet with a mark at those that are shown."""

    titles: Sequence[str] = ("",)
    widths: Sequence[int] = (20,)
    frozen = 0

    def __init__(self, table: Table, hidden: frozenset[str]) -> None:
        self._table = table
        self.hidden = hidden

    @property
    def rows(self) -> int:
        """Lines now."""
        return len(self._table.columns)

    def cell(self, row: int, column: int) -> tuple[str, Tone]:
        """A mark and the header."""
        one = self._table.columns[row]
        return (f"  {one.header}", Tone.MUTED) if one.field in self.hidden else (f"✓ {one.header}", Tone.PLAIN)

    def toggle(self, row: int) -> None:
        """Show or hide a column; the last one that is shown stays."""
        turned = self.hidden ^ {self._table.columns[row].field}
        if len(turned) < len(self._table.columns):
            self.hidden = turned
