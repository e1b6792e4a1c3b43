"""The review's own path: faults corrected in memory, judged at once, undone and done again, and written into the user's workbook as single cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bulkio.checking import check
from bulkio.checking.lookups import DEBTOR_ACCOUNTS
from bulkio.checking.proposals import proposed
from bulkio.entities import ENTITIES, Type
from bulkio.flows.corrected import around, stored_as_number, with_corrections
from bulkio.model.answers import Answers
from bulkio.model.checked import Checked
from bulkio.model.correction import Change, Correction, History
from bulkio.model.issue import Issue
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Choice, Lookup, Snapshot
from bulkio.model.table import Workbook
from bulkio.settings.corrections import forget_history, keep_history, last_history
from bulkio.settings.folders import Folders
from bulkio.workbook import CellValue, patch_cells, read


class Mending:
    """One workbook under correction. `workbook` is what is in force now, `checked` the last judgement of a whole."""

    def __init__(self, checked: Checked, snapshot: Snapshot | None, decimal: str | None, folders: Folders) -> None:
        self._snapshot = snapshot
        self._decimal = decimal
        self._folders = folders
        self._file = checked.workbook
        self.history = _remembered(folders, checked.workbook)
        self.workbook = with_corrections(checked.workbook, self.history.unwritten())
        self.checked = checked if self.workbook is checked.workbook else self.judge(self.workbook)

    @property
    def unwritten(self) -> int:
        """How many cells the file does not hold yet."""
        return len(self.history.unwritten())

    def correction(self, kind: Kind, row: int, field: str, text: str) -> Correction:
        """What typing this text into the cell means; blanks alone empty it."""
        before = self.workbook.tables[kind].shown(row, field)
        return Correction(kind, row, field, before, text.strip() or None)

    def change(self, change: Change) -> Workbook:
        """Put corrections in force as one step; what does not change anything is left out."""
        told = tuple(one for one in change if one.before != one.after)
        return self._go(self.history.with_change(told), told) if told else self.workbook

    def undo(self) -> Change:
        """One step back; nothing where there is none."""
        if self.history.at == 0:
            return ()
        history, change = self.history.undone()
        self._go(history, change)
        return change

    def redo(self) -> Change:
        """One step forward again; nothing where there is none."""
        if self.history.at == len(self.history.changes):
            return ()
        history, change = self.history.redone()
        self._go(history, change)
        return change

    def judge(self, workbook: Workbook) -> Checked:
        """Check the whole workbook; takes its time and is called off the screen's loop."""
        return check(workbook, self._snapshot, self._decimal)

    def trial(self, change: Change) -> tuple[Issue, ...]:
        """What would be found in the corrected rows, judged with the rows that decide about them and no others."""
        places = {(self.workbook.tables[one.kind].sheet, one.row) for one in change}
        little = replace(around(self.workbook, change), issues=())
        found = check(little, self._snapshot, self._decimal).issues
        return tuple(issue for issue in found if (issue.place.sheet, issue.place.row) in places)

    def choices(self, kind: Kind, field: str) -> tuple[Choice, ...]:
        """What the agreement, or the column itself, offers to choose from; nothing for a free text."""
        described = ENTITIES[kind].field(field)
        if described.type is Type.BOOLEAN:
            return Choice("yes", "ja"), Choice("no", "nej")
        if described.options:
            return tuple(Choice(word, danish) for word, danish in described.options)
        if described.lookup is None or self._snapshot is None:
            return ()
        offered = (one for one in self._snapshot.choices.get(described.lookup, ()) if not one.barred)
        if described.lookup is Lookup.ACCOUNT:
            return tuple(one for one in offered if not one.detail or one.detail in DEBTOR_ACCOUNTS)
        return tuple(offered)

    def proposals(self, kind: Kind, issues: Sequence[Issue]) -> Change:
        """The usual mend of each of these faults, where there is one."""
        found = []
        for issue in issues:
            if issue.field is None or issue.place.row is None:
                continue
            text = proposed(issue, self.choices(kind, issue.field))
            if text is not None:
                found.append(self.correction(kind, issue.place.row, issue.field, text))
        return tuple(found)

    def write(self) -> Path:
        """Write what the file does not hold yet into it. Raises CannotWrite, NotAWorkbook; the file is then as it was."""
        change = self.history.unwritten()
        before, path = self._file.digest, self._file.path
        patch_cells(path, path, [self._cell(one) for one in change], before)
        self._file = read(path)
        stubborn = [one for one in change if self._file.tables[one.kind].shown(one.row, one.field) != one.after]
        if stubborn:  # a format shows the number otherwise than it was typed, so it is kept as text
            patch_cells(path, path, [replace(self._cell(one), number=False) for one in stubborn], self._file.digest)
            self._file = read(path)
        self.history = self.history.written()
        self.workbook = self._file
        forget_history(self._folders, before)
        keep_history(self._folders, self._file.digest, self.history)
        return path

    def _go(self, history: History, change: Change) -> Workbook:
        self.workbook = with_corrections(self.workbook, change)
        self.history = history
        keep_history(self._folders, self._file.digest, history)
        return self.workbook

    def _cell(self, one: Correction) -> CellValue:
        table = self._file.tables[one.kind]
        letter = next(column.letter for column in table.columns if column.field == one.field)
        return CellValue(table.sheet, one.row, letter, one.after, stored_as_number(table, one))


def mend_workbook(path: Path, look: Callable[[], Snapshot | None], answers: Answers, folders: Folders) -> Mending:
    """Read and check a workbook, and take up the corrections that were left in it. Raises NotAWorkbook, NoKnownSheet."""
    snapshot = look()
    return Mending(check(read(path, answers=answers), snapshot, answers.decimal), snapshot, answers.decimal, folders)


def _remembered(folders: Folders, workbook: Workbook) -> History:
    """The corrections that fit the file as it is."""
    history = last_history(folders, workbook.digest)
    fits = all(
        one.kind in workbook.tables
        and one.row in workbook.tables[one.kind].frame.index
        and one.field in workbook.tables[one.kind].frame.columns
        for change in history.changes
        for one in change
    )
    return history if fits else History()
