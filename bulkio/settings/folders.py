"""Where bulkio keeps things: the user's own folders, or all of it under `BULKIO_HOME` when that is set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bulkio.errors import Misuse

HOME_VARIABLE = "BULKIO_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """The bulkio home: 0700, with everything the product keeps inside."""

    home: Path
    own_home: bool
    """True when `BULKIO_HOME` says where; the keyring is not used then."""

    @property
    def journal(self) -> Path:
        """The journal of every run."""
        return self.home / "journal.sqlite"

    @property
    def sandbox(self) -> Path:
        """The practice agreement, as the twin keeps it."""
        return self.home / "sandbox.sqlite"

    @property
    def agreements(self) -> Path:
        """The agreements that were added by name."""
        return self.home / "agreements.json"

    @property
    def snapshots(self) -> Path:
        """The last snapshot of each agreement's look-ups."""
        return self.home / "snapshots"

    @property
    def results(self) -> Path:
        """Where a results workbook goes that could not be written where it belongs; made when it is asked for."""
        folder = self.home / "results"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    @property
    def log(self) -> Path:
        """Where an unexpected fault of the program is written down, without anybody's data."""
        return self.home / "bulkio.log"


def folders() -> Folders:
    """The folders of this user, made if they are not there yet.

    Raises `Misuse` where the home cannot be made.
    """
    asked = os.environ.get(HOME_VARIABLE)
    home = Path(asked).expanduser() if asked else _platform_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)
    except OSError as fault:
        raise Misuse("no_home", path=str(home), reason=fault.strerror or "") from fault
    return Folders(home, own_home=bool(asked))


def _platform_home() -> Path:
    import platformdirs  # 15 ms that --help need not pay

    return Path(platformdirs.user_data_dir("bulkio", appauthor=False))


def write_private(path: Path, text: str) -> None:
    """Write a file that only the user can read, complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    draft.replace(path)
