"""The house's floors and rooms, held by import-linter; each contract is seen to fail before it is trusted."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_every_room_keeps_to_its_floor_and_every_library_to_its_room() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


def planted(contract: dict[str, object]) -> tuple[str, str]:
    """A module and an import in it that the contract must refuse."""
    if contract["type"] == "layers":
        return "bulkio.errors", "bulkio.model.place"
    sources, forbidden = contract["source_modules"], contract["forbidden_modules"]
    assert isinstance(sources, list)
    assert isinstance(forbidden, list)
    return sources[0], forbidden[0]


@pytest.fixture(scope="module")
def broken_house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the house with one sin against each contract."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "bulkio", folder / "bulkio", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for contract in CONTRACTS:
        module, imported = planted(contract)
        path = folder / Path(*module.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        file.write_text(file.read_text() + f"\nimport {imported}\n")
    return lint(folder).stdout


@pytest.mark.parametrize("name", [str(contract["name"]) for contract in CONTRACTS])
def test_a_contract_fails_when_it_is_sinned_against(broken_house: str, name: str) -> None:
    unwrapped = " ".join(broken_house.split())

    assert f"{name} BROKEN" in unwrapped
