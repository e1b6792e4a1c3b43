"""The twin: an application that answers as e-conomic's hosts do, over one SQLite file.

It judges for itself: what it knows is the published schemas and observed behaviour kept under `data/`, never the
client's own entities. Whatever the sources leave open is answered from `bulkio.sandbox.inventions`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulkio.sandbox.application import create_application
    from bulkio.sandbox.inventions import INVENTIONS, Invention
    from bulkio.sandbox.likeness import Likeness
    from bulkio.sandbox.rate import Limits
    from bulkio.sandbox.server import serve
    from bulkio.sandbox.store import Store, StoreDamaged, Tokens
    from bulkio.sandbox.trouble.fates import KINDS
    from bulkio.sandbox.trouble.profiles import PROFILES, Profile
    from bulkio.sandbox.trouble.schedules import Scripted, Seeded

__all__ = [
    "INVENTIONS",
    "KINDS",
    "PROFILES",
    "Invention",
    "Likeness",
    "Limits",
    "Profile",
    "Scripted",
    "Seeded",
    "Store",
    "StoreDamaged",
    "Tokens",
    "create_application",
    "serve",
]

_ROOMS = {
    "INVENTIONS": "inventions",
    "Invention": "inventions",
    "Likeness": "likeness",
    "Limits": "rate",
    "KINDS": "trouble.fates",
    "PROFILES": "trouble.profiles",
    "Profile": "trouble.profiles",
    "Scripted": "trouble.schedules",
    "Seeded": "trouble.schedules",
    "Store": "store",
    "StoreDamaged": "store",
    "Tokens": "store",
    "create_application": "application",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for, so that starlette and jsonschema load only when used (PEP 562)."""
    if name not in _ROOMS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
