"""Our cells of a sheet, spelled: the headings, and beside each row its status, number and message."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bulkio.workbook.addresses import letters_of, number_of
from bulkio.workbook.annotate_styles import Styles
from bulkio.workbook.annotation import RowMark
from bulkio.workbook.text import encoded

OURS = re.compile(r'<c r="([A-Z]{1,3})[^<]*(?:/>|>.*?</c>)', re.DOTALL)
TEXT_LIMIT = 32_767
"""Characters that Excel holds in a cell."""


def cut(text: str) -> str:
    """Text at the length that a cell holds."""
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


def text_of(text: str) -> str:
    """What follows a cell's address and style; text is always written as text, never as a formula."""
    if not text:
        return "/>"
    return f' t="inlineStr"><is><t xml:space="preserve">{encoded(cut(text))}</t></is></c>'


class Beside:
    """Spells our cells row after row; rows are asked for in ascending order, so that nothing is kept of those that are done."""

    def __init__(
        self, columns: Sequence[int], header_row: int, headings: Sequence[str], marks: Sequence[RowMark], styles: Styles
    ) -> None:
        self._letters = tuple(letters_of(column) for column in columns)
        self._columns = tuple(columns)
        self._header_row = header_row
        self._marks = sorted(marks, key=_row) if columns else []
        self._styles = styles
        self._headings = tuple(f' s="{styles.heading()}"{text_of(text)}' for text in headings) if columns else ()
        self._tones: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._at = 0

    def rows(self) -> NDArray[np.int64]:
        """The rows that get a cell of ours, ascending."""
        numbers = np.fromiter(map(_row, self._marks), np.int64, len(self._marks))
        return np.unique(np.append(numbers, self._header_row)) if self._columns else numbers

    def line(self, row: int) -> str:
        """The cells of a row in one piece; nothing for a row without."""
        mark = self._mark(row)
        if mark is None:
            return "".join(self.cells(row).values())
        status, number, message = self._tones.get((mark.tone, mark.status_word)) or self._styled(mark)
        status_at, number_at, message_at = self._letters
        told = f"><v>{mark.number}</v></c>" if mark.number is not None else "/>"
        words = text_of(mark.message) if mark.message else "/>"
        return f'<c r="{status_at}{row}"{status}<c r="{number_at}{row}"{number}{told}<c r="{message_at}{row}"{message}{words}'

    def cells(self, row: int) -> dict[int, str]:
        """The cells of a row by column."""
        if row == self._header_row:
            spelled = zip(self._letters, self._headings, strict=True)
            return {number_of(letter): f'<c r="{letter}{row}"{rest}' for letter, rest in spelled}
        return {number_of(found[1]): found[0] for found in OURS.finditer(self.line(row))} if self._mark(row) else {}

    def _mark(self, row: int) -> RowMark | None:
        marks, at = self._marks, self._at
        while at < len(marks) and marks[at].row < row:
            at += 1
        self._at = at
        return marks[at] if at < len(marks) and marks[at].row == row else None

    def _styled(self, mark: RowMark) -> tuple[str, str, str]:
        """The status with its style, and the styles of number and message; few of them differ."""
        known = self._tones.get((mark.tone, mark.status_word))
        if known is None:
            text, number = (self._styles.tinted(mark.tone, text=text) for text in (True, False))
            known = f' s="{text}"{text_of(mark.status_word)}', f' s="{number}"', f' s="{text}"'
            self._tones[mark.tone, mark.status_word] = known
        return known


def _row(mark: RowMark) -> int:
    return mark.row
