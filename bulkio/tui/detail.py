"""The cell under the cursor in full: its value uncut, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from bulkio.language import Language, translate, word_issue
from bulkio.model.issue import Issue, Severity
from bulkio.tui.cells import on_lines, on_one_line
from bulkio.tui.faults import SIGNS, message
from bulkio.tui.sheet_rows import SheetRows


def detail(sheet: SheetRows, row: int, column: int, language: Language) -> Content:
    """Place and value, then the issues of the cell, of its row and of its sheet."""
    if not sheet.rows:
        return Content.styled(translate("This sheet has no rows.", language), "$text-muted")
    lines = [_place_and_value(sheet, row, column, language)]
    lines += [worded(issue, language) for issue in issues_at(sheet, row, column)]
    return Content("\n").join(lines)


def issues_at(sheet: SheetRows, row: int, column: int) -> list[Issue]:
    """What concerns the cell; at the row number, all that concerns the row, and on the first row what concerns the sheet."""
    number, stands = sheet.number(row), sheet.column_at(column)
    of_row = list(sheet.faults.at(number, None))
    if stands is not None:
        return [*sheet.faults.at(number, stands.letter), *of_row, *_of_sheet(sheet, row, (stands.letter,))]
    of_cells = [issue for one in sheet.table.columns for issue in sheet.faults.at(number, one.letter)]
    return [*of_row, *of_cells, *_of_sheet(sheet, row, ())]


def _of_sheet(sheet: SheetRows, row: int, letters: Iterable[str]) -> list[Issue]:
    if row:
        return []
    known = {one.letter for one in sheet.table.columns}
    wanted = {None, *letters}
    return [
        issue
        for (number, letter), issues in sheet.faults.by_cell.items()
        if number is None and (letter in wanted or letter not in known)
        for issue in issues
    ]


def _place_and_value(sheet: SheetRows, row: int, column: int, language: Language) -> Content:
    stands, number = sheet.column_at(column), sheet.number(row)
    if stands is None:
        return Content.styled(translate("Row {number}", language, number=number), "bold")
    value = sheet.value(row, column)
    shown = Content(on_lines(value)) if value else Content.styled(translate("(blank)", language), "$text-muted")
    return Content.assemble(
        (f"{stands.letter}{number}", "bold $text-primary"), (f"  {on_one_line(stands.header)}  ", "bold"), shown
    )


def worded(issue: Issue, language: Language) -> Content:
    """Sign, message and hint, uncut."""
    hint = word_issue(issue, language).hint
    style = "$text-error" if issue.severity is Severity.ERROR else "$text-warning"
    said = Content.styled(on_one_line(f"{SIGNS[issue.severity]} {message(issue, language)}"), style)
    return Content.assemble(said, (on_one_line(f"  {hint}") if hint else "", "$text-muted"))
