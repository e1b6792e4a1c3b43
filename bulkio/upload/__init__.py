"""The engine: a plan becomes a stream of events, every row settles once, and nothing is sent that the journal does not hold."""

from __future__ import annotations

from bulkio.upload.engine import upload
from bulkio.upload.stop import Stop

__all__ = ["Stop", "upload"]
