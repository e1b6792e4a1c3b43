"""Many rows of a sheet at once, where nothing about them needs a closer look: the way that nearly every row goes."""

from __future__ import annotations

import re
from collections import Counter
from operator import ge

from bulkio.workbook.addresses import number_of

OPENED = re.compile(r'<row(?: [^<>]*?)? r="([0-9]{1,7})"[^<>]*(?<!/)>')
SPANS = re.compile(r'<row [^<>]*?( spans="[0-9]+:([0-9]+)")')
LETTERS = re.compile(r"[A-Z]{1,3}")
CELL = '<c r="'
CLOSED = "</row>"


def rows_of(chunk: str) -> tuple[list[int], list[str]] | None:
    """Row numbers, ascending, and the text of each row without its end tag, what follows the last row coming last.

    None where a row is closed in its own tag, has no number, or is out of order.
    """
    pieces = chunk.split(CLOSED)
    numbers = list(map(int, OPENED.findall(chunk)))
    whole = len(numbers) == len(pieces) - 1 == chunk.count("<row") and not pieces[-1].strip()
    return (numbers, pieces) if whole and numbers and not any(map(ge, numbers, numbers[1:])) else None


def last_column(pieces: list[str]) -> int:
    """The column of the rightmost cell of these rows; 0 where they hold none."""
    letters = set()
    for piece in pieces:
        at = piece.rfind(CELL)
        found = LETTERS.match(piece, at + len(CELL)) if at >= 0 else None
        if found is not None:
            letters.add(found[0])
    return max(map(number_of, letters), default=0)


def spanned(chunk: str, last: int) -> str | None:
    """The chunk with rows that span the columns up to `last`; None where that is not plain to see."""
    found = SPANS.findall(chunk)
    for (text, end), count in Counter(found).items():
        if chunk.count(text) != count:
            return None
        if int(end) < last:
            chunk = chunk.replace(text, text.rpartition(":")[0] + f':{last}"')
    return chunk
