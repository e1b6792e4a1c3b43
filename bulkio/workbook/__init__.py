"""Everything that knows .xlsx: read, template, export, annotate.

The names are fetched when first asked for, so that `bulkio --help` pays neither for pandas (0.7 s) nor for openpyxl (0.3 s).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bulkio.workbook.annotation import Annotation, CellMark, RowMark, Tone
from bulkio.workbook.limits import LIMITS, Limits
from bulkio.workbook.words import headings, status_word

if TYPE_CHECKING:
    from bulkio.workbook.annotate import annotate
    from bulkio.workbook.export import ExportSheet, write_export
    from bulkio.workbook.patch import CellValue, patch_cells
    from bulkio.workbook.read import read
    from bulkio.workbook.respelled import annotatable
    from bulkio.workbook.template import write_template

__all__ = [
    "LIMITS",
    "Annotation",
    "CellMark",
    "CellValue",
    "ExportSheet",
    "Limits",
    "RowMark",
    "Tone",
    "annotatable",
    "annotate",
    "headings",
    "patch_cells",
    "read",
    "status_word",
    "write_export",
    "write_template",
]

_HOMES = {
    "annotatable": "bulkio.workbook.respelled",
    "annotate": "bulkio.workbook.annotate",
    "CellValue": "bulkio.workbook.patch",
    "patch_cells": "bulkio.workbook.patch",
    "read": "bulkio.workbook.read",
    "ExportSheet": "bulkio.workbook.export",
    "write_export": "bulkio.workbook.export",
    "write_template": "bulkio.workbook.template",
}


def __getattr__(name: str) -> object:
    """Fetch a function from its file when it is first used, and keep it."""
    home = _HOMES.get(name)
    if home is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found: object = getattr(import_module(home), name)
    globals()[name] = found
    return found
