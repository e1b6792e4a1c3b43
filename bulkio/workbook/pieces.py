"""A sheet part cut into what stands before its rows, the rows in chunks, and what stands after them; shared by reader and annotator."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from bulkio.workbook.exotic import Exotic

HEAD_LIMIT = 1 << 24
ROW_LIMIT = 1 << 26
TAIL_LIMIT = 1 << 28
"""Characters before the rows, of one row, after the rows: what is larger is no sheet, and would be held whole."""
DECLARED = re.compile(r"""^\ufeff?<\?xml[^>]*?encoding=["']([^"']+)["']""")
QUICK_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii"})
CLOSED = "</sheetData>"
OPENED = re.compile(r"<sheetData(?: [^>]*)?>|<sheetData/>")


class Section(Enum):
    """Where in the sheet part a piece stands."""

    HEAD = auto()
    """Everything through the opening `<sheetData>`."""
    ROWS = auto()
    """Whole rows."""
    TAIL = auto()
    """Everything from the closing `</sheetData>`."""


def decoded_text(chunks: Iterable[bytes]) -> Iterator[str]:
    """The chunks as text, line ends as XML has them. Raises Exotic for other encodings than UTF-8, and for what is not UTF-8.

    A NUL, which XML forbids, is what later steps part texts with, so it must not come through.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = True
    held = ""
    try:
        for chunk in chunks:
            if b"\0" in chunk:
                raise Exotic
            text = held + decoder.decode(chunk)
            held = "\r" if text.endswith("\r") else ""
            text = text[: len(text) - len(held)]
            if first:
                _check_encoding(text)
                first = False
            yield text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        yield held.replace("\r", "\n") + decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        raise Exotic from fault


def _check_encoding(start: str) -> None:
    declared = DECLARED.match(start)
    if declared is not None and declared[1].lower() not in QUICK_ENCODINGS:
        raise Exotic


def sections(texts: Iterable[str]) -> Iterator[tuple[Section, str]]:
    """Head, chunks of whole rows, tail. Raises Exotic where the part is spelled otherwise than Excel and its kin do."""
    texts = iter(texts)
    head, held = _head(texts)
    yield Section.HEAD, head
    searched = 0
    while (end := held.find(CLOSED, searched)) < 0:
        cut = held.rfind("<row", searched)
        if cut > 0:
            yield Section.ROWS, held[:cut]
            held = held[cut:]
        if len(held) > ROW_LIMIT:
            raise Exotic
        searched = max(len(held) - len(CLOSED), 0)
        held += _next(texts)
    if end:
        yield Section.ROWS, held[:end]
    yield Section.TAIL, _tail(held[end:], texts)


def _next(texts: Iterator[str]) -> str:
    text = next(texts, None)
    if text is None:
        raise Exotic
    return text


def _tail(start: str, texts: Iterator[str]) -> str:
    pieces, size = [start], len(start)
    for text in texts:
        pieces.append(text)
        size += len(text)
        if size > TAIL_LIMIT:
            raise Exotic
    tail = "".join(pieces)
    if not tail.rstrip().endswith("</worksheet>"):
        raise Exotic
    return tail


def _head(texts: Iterator[str]) -> tuple[str, str]:
    held = ""
    while len(held) < HEAD_LIMIT:
        held += _next(texts)
        opened = OPENED.search(held)
        if opened is not None:
            return _opened(held, opened)
    raise Exotic


def _opened(held: str, opened: re.Match[str]) -> tuple[str, str]:
    head, rest = held[: opened.start()], held[opened.end() :]
    if "<!" in head:
        raise Exotic
    if opened[0].endswith("/>"):
        return head + "<sheetData>", CLOSED + rest
    return head + opened[0], rest
