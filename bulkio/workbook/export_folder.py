"""An export as text files, one a part in a folder: csv for machines or for people, or a JSON object a line. Complete or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from bulkio.errors import CannotWrite
from bulkio.language import Language, translate
from bulkio.workbook.export_cells import plain_number
from bulkio.workbook.export_columns import ExportColumn, ExportSheet
from bulkio.workbook.whole import refusals_said

_STARTS_A_FORMULA = re.compile("[=+\\-@\t\r]")
_PHONE_OR_NUMBER = re.compile(r"[+-][\d\s().,]+")
"""Signs that a spreadsheet could calculate nothing harmful from; a phone number keeps its plus."""


class Form(StrEnum):
    """How an export is written. `SAFE_CSV` is for a person's spreadsheet program: nothing in it becomes a formula."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    SAFE_CSV = "csv, safe for Excel"
    JSON_LINES = "jsonl"

    @property
    def ending(self) -> str:
        """What the files' names end in."""
        return "csv" if self is Form.SAFE_CSV else self.value


def write_folder(target: Path, sheets: Mapping[str, ExportSheet], form: Form, language: Language) -> None:
    """Write one file a sheet into a new folder, named by the keys. Raises CannotWrite; nothing of the folder is there then."""
    with _whole_folder(target) as folder:
        for name, sheet in sheets.items():
            path = folder / f"{name}.{form.ending}"
            with path.open("w", encoding="utf-8-sig" if form is Form.SAFE_CSV else "utf-8", newline="") as stream:
                _WRITERS[form](stream, sheet, language)


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    if not target.name or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise CannotWrite("folder_taken", path=str(target))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    with refusals_said(target):
        try:
            unfinished.mkdir()
            yield unfinished
            if target.exists():
                target.rmdir()
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _write_csv(stream: TextIO, sheet: ExportSheet, language: Language) -> None:
    """For machines: commas, points, ISO days, every text as it is."""
    lines = csv.writer(stream, lineterminator="\r\n")
    lines.writerow(column.header for column in sheet.columns)
    lines.writerows([_plain(value, language) for value in row] for row in sheet.rows)


def _write_safe_csv(stream: TextIO, sheet: ExportSheet, language: Language) -> None:
    """For people: the separators of the language, and an apostrophe before a text that would be calculated."""
    danish = language is Language.DANISH
    lines = csv.writer(stream, delimiter=";" if danish else ",", lineterminator="\r\n")
    lines.writerow(column.header for column in sheet.columns)
    lines.writerows([_safe(value, language, danish=danish) for value in row] for row in sheet.rows)


def _write_json(stream: TextIO, sheet: ExportSheet, _: Language) -> None:
    stream.writelines(f"{{{', '.join(_members(sheet.columns, row))}}}\n" for row in sheet.rows)


def _members(columns: Sequence[ExportColumn], row: Sequence[object]) -> Iterator[str]:
    """Numbers are spelled with every digit they have; `json` itself would make them binary."""
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, Decimal):
            spelled = plain_number(value)
        else:
            spelled = json.dumps(value.isoformat() if isinstance(value, date) else value, ensure_ascii=False)
        yield f"{json.dumps(column.header, ensure_ascii=False)}: {spelled}"


def _plain(value: object, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return translate("yes" if value else "no", language)
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _safe(value: object, language: Language, *, danish: bool) -> str:
    text = _plain(value, language)
    if isinstance(value, Decimal):
        return text.replace(".", ",") if danish else text
    if isinstance(value, str) and _STARTS_A_FORMULA.match(text) and not _PHONE_OR_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


_WRITERS = {Form.CSV: _write_csv, Form.SAFE_CSV: _write_safe_csv, Form.JSON_LINES: _write_json}
