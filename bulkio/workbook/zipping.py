"""Writing an archive: parts copied as they lie in another one, byte for byte and still compressed, or compressed anew while they come."""

from __future__ import annotations

import struct
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipInfo

from bulkio.workbook.archive import CHUNK, Archive
from bulkio.workbook.codec import Packer, packer

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
AHEAD = 4
"""Pieces that may wait for the compressor."""
UTF8_NAME = 0x800
VERSION = 20
"""Zip 2.0 is enough: the limits of reading keep every size below what needs zip64."""


@dataclass(slots=True)
class _Entry:
    name: bytes
    flags: int
    method: int
    time: int
    date: int
    checksum: int
    packed: int
    size: int
    offset: int
    attributes: int

    def facts(self) -> tuple[int, ...]:
        return self.flags, self.method, self.time, self.date, self.checksum, self.packed, self.size


class ZipWriter:
    """An archive that is being written to a seekable stream; `close` completes it."""

    def __init__(self, stream: BinaryIO, pack: Callable[[], Packer] = packer) -> None:
        self._stream = stream
        self._packer = pack
        self._entries: list[_Entry] = []

    def copy(self, archive: Archive, info: ZipInfo) -> None:
        """Copy a part without unpacking it."""
        entry = _entry_of(info, self._stream.tell())
        self._stream.write(_local_header(entry))
        for piece in _packed(archive, info):
            self._stream.write(piece)
        self._entries.append(entry)

    def add(self, info: ZipInfo, pieces: Iterable[bytes]) -> None:
        """Write a part under the name and date of `info`. It is compressed in a thread while the next pieces are made."""
        entry = _entry_of(info, self._stream.tell())
        entry.method, entry.checksum, entry.packed, entry.size = ZIP_DEFLATED, 0, 0, 0
        self._stream.write(_local_header(entry))
        one = self._packer()
        with ThreadPoolExecutor(1) as thread:
            waiting: deque[Future[None]] = deque()
            for piece in pieces:
                waiting.append(thread.submit(self._pack, entry, one, piece))
                if len(waiting) > AHEAD:
                    waiting.popleft().result()
            for packed in waiting:
                packed.result()
        entry.packed += self._stream.write(one.flush())
        self._rewrite(entry)
        self._entries.append(entry)

    def _pack(self, entry: _Entry, one: Packer, piece: bytes) -> None:
        entry.checksum = zlib.crc32(piece, entry.checksum)
        entry.size += len(piece)
        entry.packed += self._stream.write(one.compress(piece))

    def _rewrite(self, entry: _Entry) -> None:
        """Sizes and checksum are known only now."""
        end = self._stream.tell()
        self._stream.seek(entry.offset)
        self._stream.write(_local_header(entry))
        self._stream.seek(end)

    def close(self) -> None:
        """Write the directory."""
        start = self._stream.tell()
        for entry in self._entries:
            self._stream.write(_central_header(entry))
        count, size = len(self._entries), self._stream.tell() - start
        self._stream.write(END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))


def _entry_of(info: ZipInfo, offset: int) -> _Entry:
    year, month, day, hour, minute, second = info.date_time
    flags = info.flag_bits & UTF8_NAME
    return _Entry(
        name=info.orig_filename.encode("utf-8" if flags else "cp437"),
        flags=flags,
        method=info.compress_type,
        time=hour << 11 | minute << 5 | second // 2,
        date=max(year - 1980, 0) << 9 | month << 5 | day,
        checksum=info.CRC,
        packed=info.compress_size,
        size=info.file_size,
        offset=offset,
        attributes=info.external_attr,
    )


def _local_header(entry: _Entry) -> bytes:
    return LOCAL.pack(b"PK\x03\x04", VERSION, *entry.facts(), len(entry.name), 0) + entry.name


def _central_header(entry: _Entry) -> bytes:
    head = (b"PK\x01\x02", VERSION, VERSION, *entry.facts(), len(entry.name))
    return CENTRAL.pack(*head, 0, 0, 0, 0, entry.attributes, entry.offset) + entry.name


def _packed(archive: Archive, info: ZipInfo) -> Iterator[bytes]:
    """The compressed bytes of a part as they lie in the archive."""
    stream = archive.file
    stream.seek(info.header_offset)
    header = stream.read(LOCAL.size)
    if len(header) < LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise archive.damaged(info.filename)
    name, extra = LOCAL.unpack(header)[-2:]
    stream.seek(name + extra, 1)
    left = info.compress_size
    while left:
        piece = stream.read(min(left, CHUNK))
        if not piece:
            raise archive.damaged(info.filename)
        left -= len(piece)
        yield piece
