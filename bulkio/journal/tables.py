"""The journal's tables: only types that SQLite and PostgreSQL share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, LargeBinary, MetaData, Table, Text

VERSION = 2
"""Of the tables below. A journal with a higher one belongs to a later bulkio."""

METADATA = MetaData()

SCHEMA = Table("schema_version", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))

RUNS = Table(
    "runs",
    METADATA,
    Column("run", Text, primary_key=True),
    Column("agreement", BigInteger, nullable=False),
    Column("workbook", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("started_at", Double, nullable=False),
    Column("ended_at", Double),
    Column("stopped", Integer),
    Column("fault", Text),
    Column("agreement_name", Text, nullable=False, server_default=""),
    Column("choices", Text, nullable=False, server_default="{}"),
    Column("attempts", Integer, nullable=False, server_default="1"),
    Column("forgotten_at", Double),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("run", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The workbook of a run as it was imported, so that the run can go on and tell its results without the user's file."""

INTENTS = Table(
    "intents",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("run", Text, nullable=False),
    Column("agreement", BigInteger, nullable=False),
    Column("identity", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("sheet_row", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("number", BigInteger),
    Column("customer_number", BigInteger),
    Column("reference", Text),
    Column("digest", Text, nullable=False),
    Column("posted_at", Double, nullable=False),
    Column("state", Text, nullable=False),
    Column("answered_at", Double),
    Column("status", Integer),
    Column("answer", LargeBinary),
    Column("before", LargeBinary),
)

ROWS = Table(
    "rows",
    METADATA,
    Column("run", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("sheet_row", Integer, primary_key=True, autoincrement=False),
    Column("sheet", Text, nullable=False),
    Column("agreement", BigInteger, nullable=False),
    Column("identity", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("number", BigInteger),
    Column("customer_number", BigInteger),
    Column("sort_key", BigInteger),
    Column("reference", Text),
    Column("digest", Text, nullable=False),
    Column("issues", Text),
    Column("settled_at", Double, nullable=False),
)

Index("intents_of_agreement", INTENTS.c.agreement, INTENTS.c.state)
Index("rows_of_agreement", ROWS.c.agreement, ROWS.c.settled_at)
