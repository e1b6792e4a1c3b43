"""Files that are written complete or not at all: beside their target first, then in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bulkio.errors import CannotWrite


@contextmanager
def refusals_said(target: Path) -> Iterator[None]:
    """Turns a disk that is full, or a place that refuses, into CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite("cannot_write", path=str(target), reason=error.strerror or str(error)) from error


@contextmanager
def complete_or_nothing(target: Path) -> Iterator[BinaryIO]:
    """A stream beside the target that takes its place when the block ends well.

    Raises CannotWrite; the target is then as it was. A folder, a device or a pipe is never replaced: a rename would take its name from it.
    """
    if not target.name or (target.exists() and not target.is_file()):
        raise CannotWrite("no_place_for_file", path=str(target))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with refusals_said(target):
            with unfinished.open("wb") as stream:
                yield stream
            unfinished.replace(target)
    finally:
        _discard(unfinished)


def _discard(unfinished: Path) -> None:
    """Nothing half written stays behind; a folder that refused the file refuses this too, which is no news."""
    with suppress(OSError):
        unfinished.unlink(missing_ok=True)
