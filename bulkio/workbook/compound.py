"""OLE compound files: the one stream in them that is an old workbook (MS-CFB)."""

from __future__ import annotations

import struct

from bulkio.workbook.exotic import Exotic

HEADER = 512
LAST = 0xFFFFFFFA
"""Sector numbers from here on mean an end, a free sector, a table."""
ENTRY = 128
STREAM, ROOT = 2, 5
NAMES = ("Workbook", "Book")


def workbook_stream(data: bytes) -> bytes | None:
    """The workbook's stream, or None where there is none; raises Exotic where the file is damaged."""
    try:
        return _Compound(data).stream()
    except (struct.error, IndexError) as fault:
        raise Exotic from fault


class _Compound:
    """The chains of sectors of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if not 7 <= shift <= 16 or not 4 <= small_shift <= shift:
            raise Exotic
        self._size, self._small_size = 1 << shift, 1 << small_shift
        self._directory, self._cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
        self._table = self._numbers(b"".join(map(self._sector, self._table_sectors())))
        self._small_table = self._numbers(self._chain(struct.unpack_from("<I", data, 60)[0]))

    def stream(self) -> bytes | None:
        """The content of the workbook's stream."""
        directory = self._chain(self._directory)
        if len(directory) % ENTRY:
            raise Exotic
        entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
        root = next((entry for entry in entries if entry[66] == ROOT), None)
        named = {_name(entry): entry for entry in entries if entry[66] == STREAM}
        found = next((named[name] for name in NAMES if name in named), None)
        if found is None or root is None:
            return None
        start, size = struct.unpack_from("<II", found, 116)
        if size >= self._cutoff:
            return self._chain(start)[:size]
        small = self._chain(struct.unpack_from("<I", root, 116)[0])
        places = self._places(start, self._small_table)
        return b"".join(small[at * self._small_size : (at + 1) * self._small_size] for at in places)[:size]

    def _table_sectors(self) -> list[int]:
        """The sectors that hold the table of chains: 109 named in the header, more in sectors of their own."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        (after,) = struct.unpack_from("<I", self._data, 68)
        seen = set()
        while after < LAST and after not in seen:
            seen.add(after)
            *more, following = self._numbers(self._sector(after))
            sectors += more
            after = following
        return [sector for sector in sectors if sector < LAST]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._places(start, self._table)))

    def _places(self, start: int, table: tuple[int, ...]) -> list[int]:
        places = []
        while start < LAST:
            places.append(start)
            start = table[start]
            if len(places) > len(table):
                raise Exotic
        return places

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
