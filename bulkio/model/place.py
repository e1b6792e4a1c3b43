"""Where something stands in the user's workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet, a row or a cell, in the words the user sees in Excel.

    `sheet` is the sheet's own title, `row` Excel's own row number, `column` the header as it stands there
    without asterisk and outer space, `letter` the column's letter. What does not apply is None.
    """

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    letter: str | None = None

    @property
    def cell(self) -> str | None:
        """The cell's address such as `F12`, or None where the place is no cell."""
        if self.row is None or self.letter is None:
            return None
        return f"{self.letter}{self.row}"
