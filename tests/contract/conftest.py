"""A bulkio as a user has it: a real process, a home of its own, and the twin's own word for what was written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Bulkio:
    """The command, with `BULKIO_HOME` set to a folder of the test's own."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BULKIO", "LC_", "LANG"))}
        return kept | {"BULKIO_HOME": str(self.home), "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8"}

    def __call__(self, *words: object, folder: Path | None = None, more: dict[str, str] | None = None) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "bulkio", *map(str, words)],
            env=self.environment | (more or {}),
            cwd=folder or self.home.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert "Traceback" not in done.stdout, done.stdout
        return Answer(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def sandbox(self, *words: str, more: dict[str, str] | None = None) -> Iterator[Twin]:
        """The twin as a real server over this home's practice agreement."""
        server = subprocess.Popen(
            [sys.executable, "-m", "bulkio", "sandbox", "--port", "0", "--json", *words],
            env=self.environment | (more or {}),
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stdout is not None
            yield Twin(**json.loads(server.stdout.readline()))
        finally:
            server.terminate()
            server.wait(20)
            if server.stdout is not None:
                server.stdout.close()


@dataclass(frozen=True)
class Twin:
    """A running twin, read with nothing but the standard library."""

    rest_url: str
    openapi_url: str
    app_secret_token: str
    agreement_grant_token: str

    @property
    def tokens(self) -> dict[str, str]:
        return {
            "BULKIO_APP_SECRET_TOKEN": self.app_secret_token,
            "BULKIO_AGREEMENT_GRANT_TOKEN": self.agreement_grant_token,
        }

    def get(self, path: str) -> Any:
        headers = {"X-AppSecretToken": self.app_secret_token, "X-AgreementGrantToken": self.agreement_grant_token}
        address = path if path.startswith("http") else self.rest_url + path
        with urlopen(Request(address, headers=headers), timeout=30) as answer:
            return json.load(answer)

    def all(self, path: str) -> list[dict[str, Any]]:
        """A whole collection, following its own links."""
        records: list[dict[str, Any]] = []
        address: str | None = f"{path}?pagesize=1000"
        while address:
            page = self.get(address)
            records += page["collection"]
            address = page["pagination"].get("nextPage")
        return records


@pytest.fixture
def bulkio(tmp_path: Path) -> Bulkio:
    home = tmp_path / "home"
    return Bulkio(home)


@pytest.fixture
def shared_data() -> Path:
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not beside this checkout")
    return folder
