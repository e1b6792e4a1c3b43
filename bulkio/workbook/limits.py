"""How much of a file is read before it is refused; checked on what really comes out, never on declared sizes alone."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from bulkio.errors import Misuse

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest workbook that is read. Sizes are bytes after unzipping unless said otherwise.

    `ratio` is the largest growth of a part over `ratio_from` bytes: deflate cannot pass 1032, and sheets of formatted blank rows stay
    under 100. `text_file_bytes` holds for csv and for .xls, which are held whole. `small_part_bytes` holds for parts that are read whole
    (relations, styles, workbook). `rows` and `columns` are Excel's own; `text` is far above Excel's 32,767 characters, since other programs write more.
    """

    file_bytes: int = 512 * MEBIBYTE
    entries: int = 10_000
    total_bytes: int = 4096 * MEBIBYTE
    part_bytes: int = 2048 * MEBIBYTE
    small_part_bytes: int = 64 * MEBIBYTE
    text_file_bytes: int = 128 * MEBIBYTE
    ratio: int = 200
    ratio_from: int = 4 * MEBIBYTE
    rows: int = 1_048_576
    columns: int = 16_384
    cells: int = 40_000_000
    text: int = 1_000_000


VARIABLE = "BULKIO_LIMITS"
"""Other limits than these, as `cells=80000000 text=2000000`."""


def limits_of(text: str) -> Limits:
    """The limits with some of them set anew; raises Misuse for a name that is none, or a value that is no whole number above zero."""
    known = {field.name for field in fields(Limits)}
    given: dict[str, int] = {}
    for setting in text.replace(",", " ").split():
        name, _, value = setting.partition("=")
        if name not in known or not (value.isascii() and value.isdigit() and int(value[:18]) > 0):
            raise Misuse("bad_limit", setting=setting, known=", ".join(sorted(known)))
        given[name] = int(value[:18])
    return Limits(**given)


LIMITS = limits_of(os.environ.get(VARIABLE, ""))
