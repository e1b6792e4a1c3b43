"""An earlier bulkio's journal becomes one of ours: one step a version, all of them in the transaction that opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Column, Connection, Table, text, update
from sqlalchemy.schema import CreateColumn

from bulkio.journal.tables import DOCUMENTS, INTENTS, RUNS, SCHEMA, VERSION


def migrate(connection: Connection, version: int) -> None:
    """Bring tables of `version` to ours, keeping every row."""
    for step in range(version, VERSION):
        _STEPS[step](connection)
    connection.execute(update(SCHEMA).values(version=VERSION))


def _runs_can_be_resumed(connection: Connection) -> None:
    for name in ("agreement_name", "choices", "attempts", "forgotten_at"):
        _add(connection, RUNS, RUNS.c[name])
    _add(connection, INTENTS, INTENTS.c.before)
    DOCUMENTS.create(connection)


def _add(connection: Connection, table: Table, column: Column[object]) -> None:
    spelled = CreateColumn(column).compile(dialect=connection.dialect)
    connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {spelled}"))


_STEPS: Mapping[int, Callable[[Connection], None]] = {1: _runs_can_be_resumed}
"""What leads on from each version."""
