"""The zip archive of a workbook: which parts it holds, and their bytes, within limits."""

from __future__ import annotations

import hashlib
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from bulkio.errors import NotAWorkbook
from bulkio.workbook.limits import Limits
from bulkio.workbook.sniff import refuse_foreign

CHUNK = 1 << 18
OUTSIDE = re.compile(r"(^/)|(^[A-Za-z]:)|(^|/)\.\.(/|$)")
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError)
"""What zipfile raises on damaged, cut or oddly packed archives."""

END_OF_ARCHIVE = "zip directory"
ENCRYPTED_ENTRY = 0x1


class Archive:
    """The parts of one workbook by name. Names are compared as the packaging standard does: case and slash direction do not matter."""

    def __init__(self, path: Path, digest: str, file: BinaryIO, entries: zipfile.ZipFile, limits: Limits) -> None:
        self.path = path
        self.digest = digest
        self.file = file
        self.zip = entries
        self.limits = limits
        self._read = 0
        self._infos = {_key(info.filename): info for info in entries.infolist()}
        self._check_entries()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos

    def names(self) -> tuple[str, ...]:
        """Names of all parts as the archive spells them."""
        return tuple(info.filename for info in self._infos.values())

    def entry(self, name: str) -> zipfile.ZipInfo:
        """The archive's entry of a part; NotAWorkbook where it is missing."""
        info = self._infos.get(_key(name))
        if info is None:
            raise self.damaged(name)
        return info

    def damaged(self, part: str) -> NotAWorkbook:
        """The error for a part that is not as it should be."""
        return NotAWorkbook("damaged_workbook", path=str(self.path), part=part)

    def has_dtd(self, part: str) -> NotAWorkbook:
        """The error for a part with a document type."""
        return NotAWorkbook("has_dtd", path=str(self.path), part=part)

    def too_large(self, what: str, found: object, limit: object) -> NotAWorkbook:
        """The error for what passes a limit."""
        return NotAWorkbook("too_large", path=str(self.path), what=what, found=found, limit=limit)

    def read(self, name: str) -> bytes:
        """A small part, whole."""
        return b"".join(self.stream(name, self.limits.small_part_bytes))

    def stream(self, name: str, limit: int | None = None) -> Iterator[bytes]:
        """The bytes of a part in pieces; size and growth are watched while they come, the checksum at the end."""
        info = self.entry(name)
        limit = self.limits.part_bytes if limit is None else limit
        if info.flag_bits & ENCRYPTED_ENTRY:
            raise NotAWorkbook("encrypted_workbook", path=str(self.path))
        if info.file_size > limit:
            raise self.too_large(name, info.file_size, limit)
        size = 0
        for piece in self._pieces(info):
            size += len(piece)
            self._watch(info, size, len(piece))
            yield piece

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self.zip.open(info) as stream:
                while piece := stream.read(CHUNK):
                    yield piece
        except UNREADABLE as fault:
            raise self.damaged(info.filename) from fault

    def _watch(self, info: zipfile.ZipInfo, size: int, more: int) -> None:
        self._read += more
        if size > self.limits.ratio_from and size > self.limits.ratio * max(info.compress_size, 1):
            raise NotAWorkbook("zip_bomb", path=str(self.path), part=info.filename)
        if self._read > self.limits.total_bytes:
            raise self.too_large("unpacked bytes", self._read, self.limits.total_bytes)

    def _check_entries(self) -> None:
        infos = self.zip.infolist()
        if len(infos) > self.limits.entries:
            raise self.too_large("parts", len(infos), self.limits.entries)
        for info in infos:
            if OUTSIDE.search(info.filename.replace("\\", "/")):
                raise NotAWorkbook("unsafe_path", path=str(self.path), part=info.filename)
        total = sum(info.file_size for info in infos)
        if total > self.limits.total_bytes:
            raise self.too_large("unpacked bytes", total, self.limits.total_bytes)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


@contextmanager
def open_archive(path: Path, limits: Limits) -> Iterator[Archive]:
    """The archive of a workbook, open for the time of the block; raises NotAWorkbook for anything else."""
    with open_file(path, limits) as (stream, digest):
        refuse_foreign(stream, path)
        with archive_of(stream, path, digest, limits) as archive:
            yield archive


@contextmanager
def open_file(path: Path, limits: Limits) -> Iterator[tuple[BufferedReader, str]]:
    """The bytes of a file, whatever they are, and their digest; raises NotAWorkbook where there are none to be had."""
    with _open_file(path) as stream:
        yield stream, _digest(stream, path, limits)


@contextmanager
def archive_of(stream: BinaryIO, path: Path, digest: str, limits: Limits) -> Iterator[Archive]:
    """The archive in an open file."""
    with _open_zip(stream, path) as entries:
        yield Archive(path, digest, stream, entries, limits)


def _open_file(path: Path) -> BufferedReader:
    try:
        _refuse_what_is_no_file(path)
        return path.open("rb")
    except FileNotFoundError as fault:
        raise NotAWorkbook("no_file", path=str(path)) from fault
    except (OSError, ValueError) as fault:
        raise NotAWorkbook("cannot_read", path=str(path), reason=_reason(fault)) from fault


def _refuse_what_is_no_file(path: Path) -> None:
    """A folder has no bytes; a pipe or a device may never end, and cannot be read twice."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise NotAWorkbook("is_a_folder", path=str(path))
    if not stat.S_ISREG(mode):
        raise NotAWorkbook("not_a_file", path=str(path))


def _digest(stream: BufferedReader, path: Path, limits: Limits) -> str:
    try:
        size = stream.seek(0, 2)
        if size > limits.file_bytes:
            raise NotAWorkbook("too_large", path=str(path), what="bytes", found=size, limit=limits.file_bytes)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
    except OSError as fault:
        raise NotAWorkbook("cannot_read", path=str(path), reason=_reason(fault)) from fault
    return digest


def _reason(fault: OSError | ValueError) -> str:
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)


def _open_zip(stream: BinaryIO, path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except UNREADABLE as fault:
        raise NotAWorkbook("damaged_workbook", path=str(path), part=END_OF_ARCHIVE) from fault
