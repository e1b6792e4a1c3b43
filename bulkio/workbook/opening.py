"""Which reader a file needs, told by its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from bulkio.errors import NotAWorkbook
from bulkio.model.answers import Answers
from bulkio.workbook.archive import Archive, archive_of, open_file
from bulkio.workbook.binary import binary_pages
from bulkio.workbook.book import Book, Page
from bulkio.workbook.cells import Shapes, Strings
from bulkio.workbook.delimited import open_delimited
from bulkio.workbook.formats import shows
from bulkio.workbook.limits import Limits
from bulkio.workbook.opendocument import opendocument_pages
from bulkio.workbook.package import is_opendocument, main_part, open_package
from bulkio.workbook.scan import Scanned, scan
from bulkio.workbook.sniff import Form, form_of
from bulkio.workbook.strings import shared_strings


@contextmanager
def open_book(path: Path, answers: Answers, limits: Limits) -> Iterator[Book]:
    """The pages of a workbook of any kind, to be scanned within the block.

    Raises NotAWorkbook where the file is none, is damaged, unsafe or too large, NoKnownSheet where a text file names no columns of ours.
    """
    with open_file(path, limits) as (stream, digest):
        form = form_of(stream, path)
        if form is Form.ARCHIVE:
            with archive_of(stream, path, digest, limits) as archive:
                yield Book(digest, _pages(archive))
        elif form is Form.TEXT:
            yield open_delimited(path, _whole(stream, path, limits), digest, answers, limits)
        else:
            yield Book(digest, _old_pages(path, _whole(stream, path, limits), limits))


def _pages(archive: Archive) -> tuple[Page, ...]:
    if is_opendocument(archive):
        return opendocument_pages(archive)
    part = main_part(archive)
    if part is not None and part.endswith(".bin"):
        return binary_pages(archive, part)
    return _xml_pages(archive)


def _xml_pages(archive: Archive) -> tuple[Page, ...]:
    package = open_package(archive)
    cache: list[Shapes] = []

    def scanned(part: str) -> Scanned:
        if not cache:
            strings = Strings(shared_strings(archive, package.strings))
            cache.append(Shapes(strings, shows(archive, package.styles, package.since_1904)))
        return scan(archive, part, cache[0])

    return tuple(Page(sheet.title, partial(scanned, sheet.part), sheet.hidden) for sheet in package.sheets)


def _old_pages(path: Path, data: bytes, limits: Limits) -> tuple[Page, ...]:
    from bulkio.workbook.old_excel import old_pages

    return old_pages(path, data, limits)


def _whole(stream: BinaryIO, path: Path, limits: Limits) -> bytes:
    """The bytes of a file that cannot be read piece by piece."""
    try:
        data = stream.read(limits.text_file_bytes + 1)
    except OSError as fault:
        raise NotAWorkbook("cannot_read", path=str(path), reason=fault.strerror or str(fault)) from fault
    if len(data) > limits.text_file_bytes:
        raise NotAWorkbook("too_large", path=str(path), what="bytes", found=len(data), limit=limits.text_file_bytes)
    return data
