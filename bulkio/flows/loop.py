"""How a flow runs what it does on an event loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """As `asyncio.run`, but the loop's task never holds the result.

    Where SIGINT has Python's own handler, `asyncio.run` looks its handler up in an enumeration when it ends, and the error that this raises inside
    spells out the task with its result: seconds, where that is a plan of many thousand rows.
    """
    kept: list[T] = []

    async def keep() -> None:
        kept.append(await work)

    asyncio.run(keep())
    return kept[0]
