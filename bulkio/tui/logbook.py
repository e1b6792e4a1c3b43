"""Where an unexpected fault is written down: where in the code it happened, never what stood in a cell."""

from __future__ import annotations

import traceback
from pathlib import Path


def record(error: BaseException, log: Path | None) -> Path | None:
    """Append the fault's kind and its lines of code; the message is left out, since it may quote a cell. None where it cannot be written."""
    if log is None:
        return None
    try:
        with log.open("a", encoding="utf-8") as stream:
            stream.write(described(error))
    except OSError:
        return None
    return log


def described(error: BaseException) -> str:
    """The kinds of the fault and its causes, each with its frames."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    return "".join(_one(link) for link in reversed(chain)) + "\n"


def _one(error: BaseException) -> str:
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    return f"{type(error).__module__}.{type(error).__qualname__}\n{frames}"
