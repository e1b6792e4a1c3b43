"""Writes down an unexpected fault where support can read it: where in the program, never anybody's data."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from bulkio import __version__
from bulkio.errors import BulkioError
from bulkio.settings.folders import folders


def write_down(fault: BaseException) -> str:
    """Append the fault's type and the lines it passed to the log; answers the log's path, or why there is none.

    The fault's own text is left out: it may quote a cell.
    """
    try:
        log = folders().log
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as stream:
            stream.write(describe(fault))
    except (OSError, BulkioError) as hindrance:
        return f"({hindrance})"
    return str(log)


def describe(fault: BaseException) -> str:
    """Time, version, type and the path through the program, without the fault's own text."""
    frames = "".join(traceback.format_tb(fault.__traceback__))
    return f"{datetime.now(UTC).isoformat()} bulkio {__version__} {type(fault).__qualname__}\n{frames}\n"
