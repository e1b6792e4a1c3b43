"""The shared strings of a workbook: rich text runs joined, phonetic runs left out, escapes resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulkio.workbook.archive import Archive
from bulkio.workbook.canonical import StringsWriter, canonical
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.pieces import decoded_text
from bulkio.workbook.text import decoded, unescaped

ITEM = re.compile(r"<si>(?:<t(?: xml:space=\"preserve\")?>([^<]*)</t></si>|(.*?)</si>)|<si/>", re.DOTALL)
PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
RUN = re.compile(r"<t(?: [^>]*)?(?:(?<=/)>|>([^<]*)</t>)|<t/>")
RUN_OPENED = re.compile(r"<t[ >/]")


def shared_strings(archive: Archive, part: str | None) -> list[str]:
    """All shared strings in their order; none where the workbook has no such part."""
    if part is None or part not in archive:
        return []
    try:
        return _scanned(decoded_text(archive.stream(part)), archive)
    except Exotic:
        pass
    try:
        return _scanned(canonical(archive, part, StringsWriter()), archive)
    except Exotic as fault:
        raise archive.damaged(f"the part {part} cannot be understood") from fault


def _scanned(texts: Iterable[str], archive: Archive) -> list[str]:
    strings: list[str] = []
    held = ""
    for text in texts:
        held += text
        cut = held.rfind("</si>") + len("</si>")
        if cut >= len("</si>"):
            strings += _items(held[:cut], archive)
            held = held[cut:]
    strings += _items(held, archive)
    if not held.rstrip().endswith(("</sst>", "<sst/>")) and not re.search(r"<sst\b[^>]*/>\s*$", held):
        raise Exotic
    return strings


def _items(chunk: str, archive: Archive) -> list[str]:
    found = ITEM.findall(chunk)
    if len(found) != chunk.count("<si") or "<!" in chunk:
        raise Exotic
    texts = [plain if not rich else joined(rich) for plain, rich in found]
    if "&" in chunk:
        texts = [unescaped(text) for text in texts]
    if "_x" in chunk:
        texts = [decoded(text) for text in texts]
    limit = archive.limits.text
    if len(chunk) > limit and (longest := max(map(len, texts), default=0)) > limit:
        raise archive.too_large("a text's length", longest, limit)
    return texts


def joined(rich: str) -> str:
    """The text of several runs, entities not yet resolved; raises Exotic where the runs are not plainly spelled."""
    rich = PHONETIC.sub("", rich)
    runs = RUN.findall(rich)
    if len(runs) != len(RUN_OPENED.findall(rich)):
        raise Exotic
    return "".join(runs)
