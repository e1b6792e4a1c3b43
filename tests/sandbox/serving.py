"""The twin as a process of its own on a loopback port."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bulkio.sandbox import Store

_SERVER = """
import sys
from pathlib import Path
from bulkio.sandbox import PROFILES, Scripted, Seeded, Store, serve
serve(Store.open(Path(sys.argv[1])), port=int(sys.argv[2]), trouble=eval(sys.argv[3]), page_key=sys.argv[4] or None,
      on_ready=lambda root: print(root, flush=True))
"""


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    process: subprocess.Popen[str]
    root: str

    @property
    def port(self) -> int:
        return int(self.root.rpartition(":")[2])

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def start(path: Path, *, port: int = 0, trouble: str = "None", page_key: str = "") -> Running:
    """Start it; `trouble` is the Python text of a schedule."""
    # The tests' folder is not the package's: the checkout is named for runs that have nothing installed.
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", _SERVER, str(path), str(port), trouble, page_key]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    return Running(process, process.stdout.readline().strip())


@contextmanager
def running(path: Path, *, trouble: str = "None", page_key: str = "") -> Iterator[Running]:
    """Start it, and end it after the block."""
    server = start(path, trouble=trouble, page_key=page_key)
    try:
        yield server
    finally:
        server.kill()


def headers_of(path: Path) -> dict[str, str]:
    """The headers that open the agreement in a file."""
    store = Store.open(path)
    tokens = store.tokens
    store.close()
    return {"X-AppSecretToken": tokens.app_secret_token, "X-AgreementGrantToken": tokens.agreement_grant_token}
