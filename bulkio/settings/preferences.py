"""What the user chose for the screens: remembered from one start to the next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bulkio.settings.folders import Folders, write_private


@dataclass(frozen=True, slots=True)
class Preferences:
    """The colours of the screens, by the theme's name; None for the usual ones."""

    theme: str | None = None


def preferences(folders: Folders) -> Preferences:
    """What is remembered; the usual where there is nothing that can be read."""
    try:
        stored = json.loads(_path(folders).read_text(encoding="utf-8"))
        return Preferences(theme=str(stored["theme"]) if stored["theme"] is not None else None)
    except (OSError, ValueError, TypeError, KeyError):
        return Preferences()


def keep_preferences(folders: Folders, chosen: Preferences) -> None:
    """Remember a choice."""
    write_private(_path(folders), json.dumps(asdict(chosen)))


def _path(folders: Folders) -> Path:
    return folders.home / "preferences.json"
