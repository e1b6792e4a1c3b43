"""What the review shows at one moment: the sheets under their views, their faults, the groups and the way from fault to fault."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from bulkio.flows.mend_workbook import Mending
from bulkio.language import Language, translate
from bulkio.model.checked import Checked
from bulkio.model.correction import Change
from bulkio.model.issue import Issue, Severity
from bulkio.model.kind import Kind
from bulkio.tui.cells import on_one_line
from bulkio.tui.faults import Group, SheetFaults, count_of, group, sheets_of
from bulkio.tui.figures import count
from bulkio.tui.sheet_rows import SheetRows, View
from bulkio.tui.tour import Tour, first_of, spots_of


class ReviewState:
    """Built anew after each judgement; between a correction and its judgement the values are new and the faults old."""

    def __init__(self, mending: Mending, language: Language) -> None:
        self._mending = mending
        self._language = language
        self._views: dict[Kind, View] = {}
        self.judging = False
        self.take(mending.checked)

    def take(self, checked: Checked) -> None:
        """Show a judgement."""
        self.issues = checked.issues
        self._faults = sheets_of(checked)
        self.groups: tuple[Group, ...] = group(checked.issues, self._language)
        self.refresh()
        self.tour = Tour(spots_of(checked.issues, self.sheets))
        self.start = first_of(checked.issues, self.sheets)

    def speak(self, language: Language) -> None:
        """The same in another language."""
        if language is not self._language:
            self._language = language
            self.groups = group(self.issues, language)

    def refresh(self) -> None:
        """Show the values that are in force now."""
        tables = self._mending.workbook.tables
        corrected = self._corrected()
        self.sheets: Mapping[Kind, SheetRows] = {
            kind: SheetRows(tables[kind], self._faults[kind], self._views.get(kind), corrected.get(kind, frozenset()))
            for kind in Kind
            if kind in tables
        }

    def look(self, kind: Kind, view: View) -> None:
        """Show a sheet otherwise."""
        self._views[kind] = view
        self.sheets = {**self.sheets, kind: self.sheets[kind].seen_as(view)}

    def kind_of(self, issue: Issue) -> Kind | None:
        """The kind of record that an issue's sheet holds."""
        return next((kind for kind, rows in self.sheets.items() if rows.table.sheet == issue.place.sheet), None)

    def group_of(self, issue: Issue) -> Group | None:
        """The group that the issue belongs to."""
        return next((one for one in self.groups if issue in one.issues), None)

    def tab(self, kind: Kind) -> Content:
        """A sheet's title with its counts, and how it is looked at."""
        sheet, faults, say = self.sheets[kind], self._faults[kind], self._language
        parts: list[tuple[str, str] | str] = [on_one_line(sheet.table.sheet), *self._signs(faults)]
        if sheet.view.only_faulty:
            parts.append((f"  {translate('only faulty', say)}", "italic"))
        if sheet.view.holding:
            parts.append((f"  “{on_one_line(sheet.view.holding)}”", "italic"))
        if sheet.view.hidden:
            hidden = translate("{columns} columns hidden", say, columns=len(sheet.view.hidden))
            parts.append((f"  {hidden}", "italic"))
        return Content.assemble(*parts)

    def totals(self) -> tuple[str, bool]:
        """Faults, warnings, corrections to be written; and whether there is a fault."""
        say = self._language
        errors, warnings = (count_of(self.issues, severity) for severity in (Severity.ERROR, Severity.WARNING))
        parts = [
            translate("✗ Faults: {errors}", say, errors=count(errors, say)),
            translate("! Warnings: {warnings}", say, warnings=count(warnings, say)),
        ]
        if self._mending.unwritten:
            parts.insert(0, translate("✎ Not written: {cells}", say, cells=count(self._mending.unwritten, say)))
        if self.judging:
            parts.insert(0, translate("checking …", say))
        return "  ".join(parts), errors > 0

    def _corrected(self) -> dict[Kind, frozenset[tuple[int, str]]]:
        change: Change = self._mending.history.unwritten()
        kinds = {one.kind for one in change}
        return {kind: frozenset((one.row, one.field) for one in change if one.kind is kind) for kind in kinds}

    def _signs(self, faults: SheetFaults) -> list[tuple[str, str] | str]:
        signs: list[tuple[str, str] | str] = []
        if faults.errors:
            signs.append((f" ✗{count(faults.errors, self._language)}", "$text-error"))
        if faults.warnings:
            signs.append((f" !{count(faults.warnings, self._language)}", "$text-warning"))
        return signs
