"""An entity becomes a pandera schema: one declaration, one rule book."""

from __future__ import annotations

from functools import cache

from pandera.pandas import Column, DataFrameSchema

from bulkio.checking.rules import rules
from bulkio.entities import ENTITIES, Field, Type
from bulkio.model.kind import Kind


@cache
def schema(kind: Kind) -> DataFrameSchema:
    """The schema of a kind's typed values; building it takes longer than a small sheet, so it is built once.

    A column may be absent: a missing one is an issue of its sheet, told by the reader.
    """
    return DataFrameSchema(
        {field.name: _column(field) for field in ENTITIES[kind].fields if field.type is not Type.SHOWN}
    )


def _column(field: Field) -> Column:
    return Column(checks=rules(field), nullable=not field.required, required=False)
