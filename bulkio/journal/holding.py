"""One bulkio at a time on an agreement: held by the operating system or the database, so that a crash lets go of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text

from bulkio.errors import NothingSent
from bulkio.journal.faults import JournalFull


class AgreementBusy(NothingSent):
    """Another bulkio is at work on the agreement: two that plan from the same look at it would create the same records."""


class Hold(Protocol):
    """Held until released, or until the process ends in whatever way."""

    def release(self) -> None:
        """Let the next one in; releasing twice does no harm."""


def hold(engine: Engine, agreement: int) -> Hold:
    """Take an agreement for this process. Raises `AgreementBusy`."""
    if engine.dialect.name == "sqlite":
        return _FileHold(Path(f"{engine.url.database}.{agreement}.lock"), agreement)
    return _DatabaseHold(engine, agreement)


class _FileHold:
    """A lock on a file beside the journal."""

    def __init__(self, path: Path, agreement: int) -> None:
        try:
            self._descriptor: int | None = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as fault:
            raise JournalFull("journal_not_writable", journal=str(path)) from fault
        if not _locked(self._descriptor):
            os.close(self._descriptor)
            raise AgreementBusy("agreement_busy", number=agreement)

    def release(self) -> None:
        """Let the next one in."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _locked(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class _DatabaseHold:
    """An advisory lock of PostgreSQL, which lives as long as its connection."""

    def __init__(self, engine: Engine, agreement: int) -> None:
        self._connection: Connection | None = engine.connect()
        taken = self._connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": agreement}).scalar()
        self._connection.commit()
        if not taken:
            self.release()
            raise AgreementBusy("agreement_busy", number=agreement)

    def release(self) -> None:
        """Let the next one in."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
