"""Agreements by name: the built-in practice agreement, and those that the user added."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bulkio.errors import Misuse
from bulkio.settings.folders import Folders, write_private

SANDBOX = "sandbox"
"""The name of the built-in practice agreement, the target until another one is chosen."""

REST_URL = "https://restapi.e-conomic.com"
OPENAPI_URL = "https://apis.e-conomic.com"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement that was added by name. `number` and `company` are as `/self` told when it was added."""

    name: str
    rest_url: str
    openapi_url: str
    number: int
    company: str


def agreements(folders: Folders) -> dict[str, Agreement]:
    """Every agreement that was added, by name. Raises `Misuse` where the file is damaged."""
    if not folders.agreements.exists():
        return {}
    try:
        stored = json.loads(folders.agreements.read_text(encoding="utf-8"))
        return {entry["name"]: Agreement(**entry) for entry in stored["agreements"]}
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise Misuse("settings_damaged", path=str(folders.agreements)) from fault


def agreement(folders: Folders, name: str) -> Agreement:
    """One agreement. Raises `Misuse` where none has that name."""
    known = agreements(folders)
    if name not in known:
        raise Misuse("unknown_agreement", name=name, known=", ".join([SANDBOX, *sorted(known)]))
    return known[name]


def add_agreement(folders: Folders, added: Agreement) -> None:
    """Remember an agreement; one of the same name is replaced."""
    if added.name == SANDBOX:
        raise Misuse("reserved_name", name=SANDBOX)
    _keep(folders, agreements(folders) | {added.name: added})


def remove_agreement(folders: Folders, name: str) -> None:
    """Forget an agreement. Raises `Misuse` where none has that name."""
    agreement(folders, name)
    _keep(folders, {other: kept for other, kept in agreements(folders).items() if other != name})


def _keep(folders: Folders, kept: dict[str, Agreement]) -> None:
    stored = {"version": 1, "agreements": [asdict(one) for one in kept.values()]}
    write_private(folders.agreements, json.dumps(stored, ensure_ascii=False, indent=1))
