"""Deflate, the compression inside every workbook: by ISA-L where it is installed, else by zlib.

ISA-L packs several times as fast (`performance.md` §3), at files a fifth larger. What either packs, every program unpacks.
"""

from __future__ import annotations

import zlib
from typing import Protocol

LEVEL = 6
"""Zlib's own middle way between speed and size."""
QUICK_LEVEL = 2
"""The like of it in ISA-L, whose levels go from 0 to 3."""


class Packer(Protocol):
    """Takes bytes piece by piece and gives what is ready of their compressed form."""

    def compress(self, data: bytes, /) -> bytes:
        """What is ready after these bytes."""
        ...

    def flush(self) -> bytes:
        """The rest."""
        ...


def packer() -> Packer:
    """A raw deflate stream at the speed that this machine has."""
    try:
        from isal import isal_zlib
    except ImportError:  # a platform without its wheel
        return zlib_packer()
    return isal_zlib.compressobj(QUICK_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)


def zlib_packer() -> Packer:
    """A raw deflate stream by zlib at level 6."""
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
