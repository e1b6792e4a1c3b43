"""What a start costs: `--help` and `--version` import none of the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY: tuple[str, ...] = (
    "pandas",
    "pandera",
    "numpy",
    "openpyxl",
    "lxml",
    "httpx",
    "aiohttp",
    "sqlalchemy",
    "textual",
    "rich",
)
HEAVY += ("starlette", "uvicorn", "jsonschema", "keyring", "platformdirs", "babel", "asyncio", "stdnum")

PROBE = """
import sys
from bulkio.cli.main import main
try:
    main({words!r})
except SystemExit as leaving:
    assert leaving.code == 0, leaving.code
print(sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["--help"], ["--lang", "da", "--help"], ["--version"], ["import", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    if words[0] == "--lang":
        words = ["check", *words]
    probe = PROBE.format(words=words, heavy=HEAVY)
    result = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert result.stderr.strip() == "[]"
    assert "bulkio" in result.stdout
