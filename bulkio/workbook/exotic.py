"""The signal that a part is spelled in a way the quick scanner does not vouch for."""

from __future__ import annotations


class Exotic(Exception):
    """The part may be sound, but must be read by a full XML parser."""
