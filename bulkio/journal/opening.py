"""Opening a journal: its file, its pragmas, its version."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import make_url

from bulkio.journal.faults import JournalFull, JournalTooNew, journal_faults
from bulkio.journal.migrating import migrate
from bulkio.journal.tables import METADATA, SCHEMA, VERSION

BUSY_SECONDS = 10
"""How long another process may hold the journal before it counts as locked."""


def open_engine(place: str | Path) -> Engine:
    """An engine whose tables are there and of our version. Raises the faults of `bulkio.journal.faults`."""
    url = make_url(_url(place))
    where = url.database or url.render_as_string()
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and url.database:
        _make_private(Path(url.database))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS} if sqlite else {})
    if sqlite:
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _begin)
    with journal_faults(where), _let_go_of(engine):
        _prepare(engine, where)
    return engine


@contextmanager
def _let_go_of(engine: Engine) -> Iterator[None]:
    """Closes the file of a journal that turns out not to be ours to use."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _url(place: str | Path) -> str:
    text = str(place)
    return text if "://" in text else f"sqlite:///{text}"


def _make_private(path: Path) -> None:
    """Creates the file with mode 0600 before SQLite would create it wider; its -wal and -shm take the same mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise JournalFull("journal_not_writable", journal=str(path)) from error


def _durable(connection: Any, _record: object) -> None:
    """FULL: a commit survives a power cut (NORMAL may lose the last ones in WAL mode)."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            cursor.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # SQLAlchemy knows it only once this has gone well
        raise
    finally:
        cursor.close()


def _begin(connection: Any) -> None:
    """The driver would begin only at the first write, after reads that another writer can have outdated."""
    connection.exec_driver_sql("BEGIN")


def _prepare(engine: Engine, where: str) -> None:
    with engine.begin() as connection:
        if not inspect(connection).has_table(SCHEMA.name):
            METADATA.create_all(connection)
            connection.execute(insert(SCHEMA).values(version=VERSION))
            return
        version = connection.execute(select(SCHEMA.c.version)).scalar_one()
        if version < VERSION:
            migrate(connection, version)
    if version > VERSION:
        raise JournalTooNew("journal_too_new", journal=where, version=version)
