"""The shared strings of a workbook: rich text runs joined, phonetic runs left out, escapes resolved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from bulkio.workbook.archive import Archive
from bulkio.workbook.canonical import StringsWriter, canonical
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.pieces import decoded_text
from bulkio.workbook.text import all_unescaped, decoded

ITEM = re.compile(
    r"<si>(?:<t(?: xml:space=\"preserve\")?>([^<]*)</t></si>|((?:[^<]*+<(?!/?si[ />]))*+[^<]*+)</si>)|<si/>"
)
ITEM_END = "</si>"
ITEM_LIMIT = 1 << 26
"""Characters of one item with all its markup; more than that is no text of a cell."""
CLOSED = re.compile(r"(?:</sst>|<sst\b[^>]*/>)\s*$")
PHONETIC = re.compile(r"<rPh\b(?:[^<]*+<(?!/?rPh\b))*+[^<]*+</rPh>")
RUN = re.compile(r"<t(?: [^<>]*)?(?:(?<=/)>|>([^<]*)</t>)|<t/>")
RUN_OPENED = re.compile(r"<t[ >/]")


def shared_strings(archive: Archive, part: str | None) -> list[str]:
    """All shared strings in their order; none where the workbook has no such part."""
    return [text for texts in _batches(archive, part) for text in texts]


def picked_strings(archive: Archive, part: str | None, wanted: Collection[int]) -> dict[int, str]:
    """Some shared strings by their number, without keeping the others."""
    picked: dict[int, str] = {}
    seen = 0
    last = max(wanted, default=-1)
    for texts in _batches(archive, part):
        if seen > last:
            break
        picked |= {number: texts[number - seen] for number in wanted if seen <= number < seen + len(texts)}
        seen += len(texts)
    return picked


def _batches(archive: Archive, part: str | None) -> Iterator[list[str]]:
    """The shared strings as they come; what was given before the quick way failed is not given twice."""
    if part is None or part not in archive:
        return
    given = 0
    try:
        for texts in _scanned(decoded_text(archive.stream(part)), archive):
            given += len(texts)
            yield texts
    except Exotic:
        pass
    else:
        return
    try:
        for texts in _scanned(canonical(archive, part, StringsWriter()), archive):
            yield texts[given:]
            given = max(given - len(texts), 0)
    except Exotic as fault:
        raise archive.damaged(part) from fault


def _scanned(texts: Iterable[str], archive: Archive) -> Iterator[list[str]]:
    held = ""
    for text in texts:
        held += text
        cut = held.rfind(ITEM_END) + len(ITEM_END)
        if cut >= len(ITEM_END):
            yield _items(held[:cut], archive)
            held = held[cut:]
        if len(held) > ITEM_LIMIT:
            raise archive.too_large("characters in a cell", len(held), archive.limits.text)
    yield _items(held, archive)
    if CLOSED.search(held) is None:
        raise Exotic


def _items(chunk: str, archive: Archive) -> list[str]:
    pieces = ITEM.split(chunk)
    if "<si" in "".join(pieces[::3]) or "<!" in "".join(pieces[::3]):
        raise Exotic
    texts = [
        plain or "" if rich is None else joined(rich) for plain, rich in zip(pieces[1::3], pieces[2::3], strict=True)
    ]
    if "&" in chunk:
        texts = all_unescaped(texts)
    if "_x" in chunk:
        texts = [decoded(text) for text in texts]
    limit = archive.limits.text
    if len(chunk) > limit and (longest := max(map(len, texts), default=0)) > limit:
        raise archive.too_large("characters in a cell", longest, limit)
    return texts


def joined(rich: str) -> str:
    """The text of several runs, entities not yet resolved; raises Exotic where the runs are not plainly spelled."""
    rich = PHONETIC.sub("", rich)
    runs = RUN.findall(rich)
    if len(runs) != len(RUN_OPENED.findall(rich)) or "<rPh" in rich:
        raise Exotic
    return "".join(runs)
