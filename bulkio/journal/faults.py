"""What can be wrong with the journal itself, and how the database's own words become one of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

from bulkio.errors import Misuse


class JournalFault(Misuse):
    """The journal cannot be used, so nothing may be sent: what was sent could not be remembered."""


class JournalDamaged(JournalFault):
    """The journal's file is no database, or is broken."""


class JournalLocked(JournalFault):
    """Another process holds the journal."""


class JournalFull(JournalFault):
    """There is no room to write, or no permission to."""


class JournalTooNew(JournalFault):
    """The journal was written by a later version of bulkio."""


_SIGNS: tuple[tuple[str, type[JournalFault], str], ...] = (
    ("locked", JournalLocked, "journal_locked"),
    ("busy", JournalLocked, "journal_locked"),
    ("full", JournalFull, "journal_full"),
    ("no space", JournalFull, "journal_full"),
    ("readonly", JournalFull, "journal_not_writable"),
    ("unable to open", JournalFull, "journal_not_writable"),
    ("disk i/o", JournalFull, "journal_not_writable"),
)


def fault_of(error: DatabaseError, where: str) -> JournalFault:
    """The journal's fault behind a database error; what no sign matches is damage."""
    words = str(error.orig).lower()
    for sign, kind, code in _SIGNS:
        if sign in words:
            return kind(code, journal=where)
    return JournalDamaged("journal_damaged", journal=where, reason=str(error.orig))


@contextmanager
def journal_faults(where: str) -> Iterator[None]:
    """Turns the database's errors inside into faults of the journal at `where`."""
    try:
        yield
    except DatabaseError as error:
        raise fault_of(error, where) from error
