"""The review line by line: numbered, append-only, for screen readers and terminals that cannot draw. The same corrections, the same judgement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from bulkio.errors import BulkioError
from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, translate, word_error, word_issue
from bulkio.model.correction import Change
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.model.table import Table
from bulkio.tui.cells import on_one_line
from bulkio.tui.faults import SIGNS, Group, count_of, group, message
from bulkio.tui.figures import count
from bulkio.tui.issue_list import spot

LISTED: Final = 50
"""Places of a group, choices or finds that are read out; how many more there are is said."""


class Talk(Protocol):
    """Lines out, lines in."""

    def say(self, line: str) -> None:
        """A line more."""

    def ask(self, question: str) -> str | None:
        """What is answered; None where nobody is there any more."""


class LinearReview:
    """A conversation about one workbook; `run` gives whether the workbook was written to."""

    def __init__(self, mending: Mending, language: Language, talk: Talk) -> None:
        self._mending = mending
        self._language = language
        self._talk = talk
        self._wrote = False

    def run(self) -> bool:
        """Until the user leaves."""
        self._list()
        while (answer := self._asked("Number: open a group. c: correct any cell. /text: search. u: undo. y: redo. w: write. l: list again. q: leave.")) not in {None, "q"}:  # fmt: skip
            self._do(answer or "l")
        if self._mending.unwritten:
            self._told("The corrections that are not written are kept for the next review of this file.")
        return self._wrote

    @property
    def _groups(self) -> Sequence[Group]:
        return group(self._mending.checked.issues, self._language)

    def _do(self, answer: str) -> None:
        if answer.startswith("/"):
            self._find(answer[1:])
        elif (index := self._index(answer, len(self._groups))) is not None:
            self._open(self._groups[index])
        elif answer in {"u", "y"}:
            self._step(self._mending.undo() if answer == "u" else self._mending.redo())
        elif answer == "w":
            self._write()
        elif answer == "c":
            self._any_cell()
        elif answer == "l":
            self._list()
        else:
            self._told("That is none of the answers.")

    def _list(self) -> None:
        issues = self._mending.checked.issues
        self._talk.say(on_one_line(self._mending.workbook.path.name))
        errors, warnings = (count_of(issues, severity) for severity in (Severity.ERROR, Severity.WARNING))
        self._told("✗ Faults: {errors}", errors=count(errors, self._language))
        self._told("! Warnings: {warnings}", warnings=count(warnings, self._language))
        if self._mending.unwritten:
            self._told("✎ Not written: {cells}", cells=count(self._mending.unwritten, self._language))
        for number, one in enumerate(self._groups, start=1):
            times = count(len(one.issues), self._language)
            self._talk.say(f"{number}. {SIGNS[one.severity]} {times} × {on_one_line(one.title)}")

    def _open(self, one: Group) -> None:
        hint = word_issue(one.issues[0], self._language).hint
        self._talk.say(on_one_line(f"{SIGNS[one.severity]} {one.title} {hint}"))
        self._read_out([f"{spot(issue.place)}: {issue.value or ''}" for issue in one.issues])
        if one.issues[0].field is None or one.issues[0].place.row is None:
            return
        answer = self._asked("Number: correct that cell. a: all of them. Blank: back.")
        if answer == "a":
            self._correct_all(one)
        elif (index := self._index(answer or "", len(one.issues))) is not None:
            self._correct(one.issues[index])

    def _correct(self, issue: Issue) -> None:
        kind = self._kind(issue.place.sheet)
        if kind is not None and issue.place.row is not None and issue.field is not None:
            self._cell(kind, issue.place.row, issue.field)

    def _cell(self, kind: Kind, row: int, field: str) -> None:
        table = self._mending.workbook.tables[kind]
        place, held = table.place(row, field), table.shown(row, field) or translate("(blank)", self._language)
        self._talk.say(on_one_line(f"{place.cell} {place.column}: {held}"))
        text = self._typed(kind, field)
        if text is not None:
            self._take((self._mending.correction(kind, row, field, text),))

    def _correct_all(self, one: Group) -> None:
        first = one.issues[0]
        kind = self._kind(first.place.sheet)
        if kind is None or first.field is None:
            return
        proposals = self._mending.proposals(kind, one.issues)
        if proposals:
            self._told("There is a proposal for {cells} of them:", cells=count(len(proposals), self._language))
            self._preview(proposals)
            if self._yes("Take the proposals? y or n."):
                self._change(proposals)
                return
        text = self._typed(kind, first.field)
        if text is None:
            return
        rows = sorted({issue.place.row for issue in one.issues if issue.place.row is not None})
        self._take(tuple(self._mending.correction(kind, row, first.field, text) for row in rows))

    def _typed(self, kind: Kind, field: str) -> str | None:
        """What is typed; None where it is left as it is, an empty text where the cell is to be emptied."""
        self._read_out([f"{one.number} {one.name}" for one in self._mending.choices(kind, field)], numbered=False)
        answer = self._asked("New value. A single - empties it, blank leaves it as it is.")
        return None if not answer else "" if answer == "-" else answer

    def _take(self, change: Change) -> None:
        """Put it in force where it passes, or where the user wants it all the same."""
        fields = {(one.row, one.field) for one in change}
        found = [issue for issue in self._mending.trial(change) if (issue.place.row, issue.field) in fields]
        self._preview(change)
        for issue in found:
            self._talk.say(
                on_one_line(f"{SIGNS[issue.severity]} {spot(issue.place)}: {message(issue, self._language)}")
            )
        faulty = any(issue.severity is Severity.ERROR for issue in found)
        if faulty and not self._yes("This does not pass. Take it all the same? y or n."):
            return
        if not faulty:
            self._told("This passes.")
        self._change(change)

    def _change(self, change: Change) -> None:
        self._mending.change(change)
        self._judge()

    def _step(self, change: Change) -> None:
        if not change:
            self._told("There is nothing of that kind.")
            return
        self._preview(change)
        self._judge()

    def _judge(self) -> None:
        self._mending.checked = self._mending.judge(self._mending.workbook)
        left = count_of(self._mending.checked.issues, Severity.ERROR)
        self._told("✗ Faults: {errors}", errors=count(left, self._language))

    def _write(self) -> None:
        if not self._mending.unwritten:
            self._told("The workbook holds every correction already.")
            return
        try:
            self._mending.write()
        except BulkioError as error:
            wording = word_error(error, self._language)
            self._talk.say(on_one_line(f"✗ {wording.message} {wording.hint}"))
            return
        self._wrote = True
        name = on_one_line(self._mending.workbook.path.name)
        self._told("The corrections are in {file}; nothing else in it was changed.", file=name)

    def _any_cell(self) -> None:
        sheets = ", ".join(table.sheet for table in self._mending.workbook.tables.values())
        answer = self._asked(
            "Which cell? Sheet and address, such as Customers F12. The sheets: {sheets}.", sheets=sheets
        )
        title, _, address = (answer or "").rpartition(" ")
        kind = self._kind(title.strip())
        letters = address.rstrip("0123456789").upper()
        table = self._mending.workbook.tables.get(kind) if kind is not None else None
        field = next((one.field for one in table.columns if one.letter == letters), None) if table else None
        row = int(address[len(letters) :] or 0) if field is not None else 0
        if kind is None or table is None or field is None or row not in table.frame.index:
            self._told("There is no such cell.")
            return
        self._cell(kind, row, field)

    def _find(self, text: str) -> None:
        wanted = text.casefold()
        found = [
            f"{spot(table.place(row, column.field))}: {value}"
            for table in self._mending.workbook.tables.values()
            for column in table.columns
            for row, value in _filled(table, column.field)
            if wanted in value.casefold()
        ]
        self._told("Found: {number}", number=count(len(found), self._language))
        self._read_out(found, numbered=False)

    def _preview(self, change: Change) -> None:
        blank = translate("(blank)", self._language)
        tables = self._mending.workbook.tables
        lines = [
            f"{spot(tables[one.kind].place(one.row, one.field))}: {one.before or blank} → {one.after or blank}"
            for one in change
        ]
        self._read_out(lines, numbered=False)

    def _read_out(self, lines: Sequence[str], numbered: bool = True) -> None:
        for number, line in enumerate(lines[:LISTED], start=1):
            self._talk.say(on_one_line(f"{number}. {line}" if numbered else line))
        if len(lines) > LISTED:
            self._told("… and {number} more", number=count(len(lines) - LISTED, self._language))

    def _kind(self, sheet: str | None) -> Kind | None:
        wanted = (sheet or "").casefold()
        tables = self._mending.workbook.tables
        return next((kind for kind, table in tables.items() if table.sheet.casefold() == wanted), None)

    def _index(self, answer: str, length: int) -> int | None:
        return int(answer) - 1 if answer.isdecimal() and 0 < int(answer) <= length else None

    def _yes(self, question: str) -> bool:
        return (self._asked(question) or "").casefold() in {"y", "j", "yes", "ja"}

    def _told(self, text: str, **facts: object) -> None:
        self._talk.say(translate(text, self._language, **facts))

    def _asked(self, text: str, **facts: object) -> str | None:
        answer = self._talk.ask(translate(text, self._language, **facts))
        return answer.strip() if answer is not None else None


def _filled(table: Table, field: str) -> list[tuple[int, str]]:
    column = table.frame[field]
    return [(int(row), str(value)) for row, value in zip(column.index.tolist(), column.tolist(), strict=True) if value]
