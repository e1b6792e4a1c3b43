"""What an agreement's earlier runs know of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.engine import RowMapping

from bulkio.journal.intent import State
from bulkio.journal.tables import INTENTS, ROWS
from bulkio.model.known import KnownRow, reference_identity
from bulkio.model.outcome import Status
from bulkio.model.plan import Action

_LANDED = (Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.REFUSED, Status.PENDING)
_KNOWN_COLUMNS = (
    INTENTS.c.identity,
    INTENTS.c.reference,
    INTENTS.c.number,
    INTENTS.c.customer_number,
    INTENTS.c.digest,
    INTENTS.c.posted_at,
    INTENTS.c.state,
    INTENTS.c.action,
)


def settled_rows(agreement: int) -> Select[Any]:
    """Rows that reached a checkpoint and stand for a record."""
    landed = [status.value for status in _LANDED]
    return select(ROWS).where(ROWS.c.agreement == agreement, ROWS.c.number.is_not(None), ROWS.c.status.in_(landed))


def telling_intents(agreement: int) -> Select[Any]:
    """Requests that stand for a record, or may."""
    told = INTENTS.c.state.in_((State.SENT.value, State.ACCEPTED.value))
    superseded = and_(INTENTS.c.state == State.RECONCILED.value, INTENTS.c.action == Action.UPDATE.value)
    return select(*_KNOWN_COLUMNS).where(
        INTENTS.c.agreement == agreement, or_(told, superseded), INTENTS.c.number.is_not(None)
    )


def known_rows(rows: Iterable[RowMapping], intents: Iterable[RowMapping]) -> Mapping[str, KnownRow]:
    """The latest word on each identity wins.

    A customer is found under its own reference too, as `customers:reference:…`, even where its identity is its number.
    """
    found = [
        *((row["settled_at"], row, Status(row["status"])) for row in rows),
        *((row["posted_at"], row, _intent_status(row)) for row in intents),
    ]
    known: dict[str, KnownRow] = {}
    for _, row, status in sorted(found, key=lambda entry: entry[0]):
        one = KnownRow(row["number"], row["customer_number"], row["digest"], status)
        known[row["identity"]] = one
        if row["reference"]:
            known[reference_identity(row["reference"])] = one
    return known


def _intent_status(row: RowMapping) -> Status:
    """An update meets a record that exists, so only a create without an answer is in doubt."""
    if row["action"] == Action.UPDATE.value:
        return Status.UPDATED
    return Status.CREATED if row["state"] == State.ACCEPTED.value else Status.IN_DOUBT
