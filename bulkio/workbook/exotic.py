"""The signal that a part is spelled in a way the quick scanner does not vouch for."""

from __future__ import annotations


class Exotic(Exception):  # noqa: N818 - a signal inside the room, never seen outside it
    """The part may be sound, but must be read by a full XML parser."""
