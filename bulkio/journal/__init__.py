"""What was meant and what was answered, durable before and after each request: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from bulkio.journal.faults import JournalDamaged, JournalFault, JournalFull, JournalLocked, JournalTooNew
from bulkio.journal.holding import AgreementBusy, Hold
from bulkio.journal.intent import DoneRequest, Intent, OpenIntent
from bulkio.journal.journal import Journal
from bulkio.journal.runs import Progress, Run
from bulkio.journal.settled import Settled

__all__ = [
    "AgreementBusy",
    "DoneRequest",
    "Hold",
    "Intent",
    "Journal",
    "JournalDamaged",
    "JournalFault",
    "JournalFull",
    "JournalLocked",
    "JournalTooNew",
    "OpenIntent",
    "Progress",
    "Run",
    "Settled",
]
