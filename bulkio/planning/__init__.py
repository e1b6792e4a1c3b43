"""What exists × what is asked: create, update, leave alone, skip or refuse, and in which order. Pure, no calls."""

from __future__ import annotations

from bulkio.planning.basis import ToValues
from bulkio.planning.comparing import changes
from bulkio.planning.existing import Existing
from bulkio.planning.planning import plan

__all__ = ["Existing", "ToValues", "changes", "plan"]
