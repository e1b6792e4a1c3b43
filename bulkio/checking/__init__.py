"""Local validation: a workbook as it was read becomes typed values and issues, without a network."""

from __future__ import annotations

from bulkio.checking.check import check

__all__ = ["check"]
