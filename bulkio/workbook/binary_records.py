"""The binary workbook's (.xlsb) parts as records: number and content (MS-XLSB 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from bulkio.workbook.exotic import Exotic

LONGEST = 1 << 26
"""Bytes of one record; a cell's text ends long before."""


def records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part as it comes in; raises Exotic where it ends within one."""
    held = b""
    for chunk in chunks:
        held += chunk
        at = 0
        while (found := _record(held, at)) is not None:
            number, start, end = found
            yield number, held[start:end]
            at = end
        held = held[at:]
        if len(held) > LONGEST:
            raise Exotic
    if held:
        raise Exotic


def _record(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Number, start and end of the content of the record that begins here; None where it is not all there yet."""
    number = _varying(data, at, 2)
    if number is None:
        return None
    length = _varying(data, number[1], 4)
    if length is None or length[1] + length[0] > len(data):
        return None
    return number[0], length[1], length[1] + length[0]


def _varying(data: bytes, at: int, longest: int) -> tuple[int, int] | None:
    """A number of seven bits a byte, and where it ends."""
    value = 0
    for place in range(longest):
        if at + place >= len(data):
            return None
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + longest


def wide_string(data: bytes, at: int) -> str:
    """A text with its length before it (`XLWideString`); raises Exotic where it is cut."""
    (length,) = unpack("<I", data, at)
    end = at + 4 + 2 * length
    if end > len(data):
        raise Exotic
    return data[at + 4 : end].decode("utf-16-le", "replace")


def unpack(layout: str, data: bytes, at: int) -> tuple[int, ...]:
    """Whole numbers out of a record; raises Exotic where it is cut."""
    try:
        return struct.unpack_from(layout, data, at)
    except struct.error as fault:
        raise Exotic from fault


def packed_number(bits: int) -> float:
    """A number of 30 bits (`RkNumber`): an integer or the upper half of a double, perhaps times a hundred."""
    if bits & 2:
        value = float((bits >> 2) - (1 << 30) if bits & 0x80000000 else bits >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, bits & 0xFFFFFFFC))
    return value / 100 if bits & 1 else value
