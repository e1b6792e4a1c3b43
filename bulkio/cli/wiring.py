"""Puts clock, client and journal together: which agreement, reached how, journalled where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bulkio.settings.agreements import SANDBOX, agreement
from bulkio.settings.folders import Folders, folders
from bulkio.settings.snapshots import keep_snapshot, last_snapshot

if TYPE_CHECKING:  # these rooms cost up to a second, and --help must not pay it
    from bulkio.economic import AgreementFacts, Economic
    from bulkio.flows.destination import Destination
    from bulkio.journal import Journal
    from bulkio.model.snapshot import Snapshot
    from bulkio.sandbox import Store
    from bulkio.settings.tokens import Tokens

IN_PROCESS = "http://127.0.0.1"
"""The address that links of the in-process twin carry; nothing is sent there."""


def destination(name: str) -> Destination:
    """The agreement of that name, ready to be reached.

    Raises `Misuse` where it is not known or has no tokens.
    """
    return practice_agreement(folders()) if name == SANDBOX else _added_agreement(folders(), name)


def practice_agreement(where: Folders) -> Destination:
    """The built-in agreement: the twin in this very process, its store in the bulkio home."""
    from bulkio.flows.destination import Destination

    return Destination(SANDBOX, practice=True, connect=partial(_connect_in_process, where))


def snapshot_of(name: str) -> Snapshot | None:
    """What is known of an agreement's look-ups without a network: the twin's own, or the last one taken."""
    where = folders()
    if name != SANDBOX:
        return last_snapshot(where, agreement(where, name).number)
    from bulkio.flows.take_snapshot import take_snapshot

    return take_snapshot(practice_agreement(where))


def remember(snapshot: Snapshot) -> None:
    """Keep a snapshot for the next check."""
    keep_snapshot(folders(), snapshot)


def open_journal() -> Journal:
    """The journal of every run, in the bulkio home."""
    from bulkio.journal import Journal

    return Journal.open(f"sqlite:///{folders().journal}")


def _added_agreement(where: Folders, name: str) -> Destination:
    from bulkio.economic import Economic, Target
    from bulkio.flows.destination import Destination
    from bulkio.settings.tokens import tokens

    added, opened_by = agreement(where, name), tokens(where, name)
    target = Target(added.rest_url, added.openapi_url, opened_by.app_secret_token, opened_by.agreement_grant_token)
    return Destination(name, practice=False, connect=partial(Economic, target), number=added.number)


@asynccontextmanager
async def _connect_in_process(where: Folders) -> AsyncIterator[Economic]:
    """A client of the twin in this process; the twin's store is closed with it."""
    from bulkio.economic import Economic, Target
    from bulkio.model.secret import Secret
    from bulkio.sandbox import create_application

    store = open_store(where.sandbox)
    target = Target(
        IN_PROCESS,
        IN_PROCESS,
        Secret(store.tokens.app_secret_token),
        Secret(store.tokens.agreement_grant_token),
    )
    try:
        async with Economic(target, app=create_application(store)) as api:
            yield api
    finally:
        store.close()


def look_at(rest_url: str, openapi_url: str, opened_by: Tokens) -> AgreementFacts:
    """Which agreement these tokens open. Raises `NothingSent`, `Misuse`."""
    import asyncio

    from bulkio.economic import Economic, Target

    target = Target(rest_url, openapi_url, opened_by.app_secret_token, opened_by.agreement_grant_token)

    async def ask() -> AgreementFacts:
        async with Economic(target) as api:
            return await api.agreement()

    return asyncio.run(ask())


def open_store(path: Path, *, fresh: bool = False) -> Store:
    """The twin's store in that file. Raises `Misuse` where the file is damaged or not to be opened."""
    from bulkio.errors import Misuse
    from bulkio.sandbox import Store, StoreDamaged

    try:
        return Store.open(path, fresh=fresh)
    except StoreDamaged as fault:
        if isinstance(fault.__cause__, OSError):
            raise _not_opened(path, fault.__cause__) from fault
        raise Misuse("sandbox_damaged", path=str(path)) from fault
    except OSError as fault:
        raise _not_opened(path, fault) from fault


def _not_opened(path: Path, fault: OSError) -> Exception:
    from bulkio.errors import Misuse

    return Misuse("sandbox_not_opened", path=str(path), reason=fault.strerror or "")


def own_references(agreement_number: int) -> Mapping[int, str]:
    """What earlier imports into an agreement called its customers, by number."""
    from bulkio.model.known import reference_identity

    prefix = reference_identity("")
    with open_journal() as journal:
        known = journal.known(agreement_number)
    return {one.number: name.removeprefix(prefix) for name, one in known.items() if name.startswith(prefix)}
