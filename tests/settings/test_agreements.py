"""What is remembered between commands, and who may read it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bulkio.errors import Misuse
from bulkio.model.secret import Secret
from bulkio.model.snapshot import Choice, Lookup, Snapshot
from bulkio.settings.agreements import Agreement, add_agreement, agreement, agreements, remove_agreement
from bulkio.settings.folders import Folders, folders
from bulkio.settings.snapshots import keep_snapshot, last_snapshot
from bulkio.settings.tokens import Tokens, keep_tokens, tokens

CLIENT = Agreement("client", "http://127.0.0.1:1", "http://127.0.0.1:1", 1234567, "Nordlys Handel ApS")
SNAPSHOT = Snapshot(
    agreement_number=1234567,
    company="Nordlys Handel ApS",
    base_currency="DKK",
    taken_at="2026-11-22T12:00:00Z",
    choices={Lookup.CURRENCY: (Choice("DKK", "Danske kroner"),), Lookup.LAYOUT: (Choice(22, "Udgået", barred=True),)},
    customers=frozenset({1, 2}),
)


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("BULKIO_HOME", str(tmp_path / "home"))
    return folders()


def test_an_agreement_added_is_there_for_the_next_command(where: Folders) -> None:
    add_agreement(where, CLIENT)

    assert agreements(where) == {"client": CLIENT}
    assert agreement(where, "client") == CLIENT


def test_an_agreement_removed_is_gone(where: Folders) -> None:
    add_agreement(where, CLIENT)
    remove_agreement(where, "client")

    assert agreements(where) == {}
    with pytest.raises(Misuse, match="unknown_agreement"):
        remove_agreement(where, "client")


def test_the_practice_agreements_name_is_taken(where: Folders) -> None:
    with pytest.raises(Misuse, match="reserved_name"):
        add_agreement(where, Agreement("sandbox", "", "", 1, ""))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"agreements": [{"name": "x"}]}', '{"agreements": 3}'])
def test_a_damaged_list_is_one_clear_fault(where: Folders, content: str) -> None:
    where.agreements.write_text(content)

    with pytest.raises(Misuse, match="settings_damaged"):
        agreements(where)


def test_what_is_kept_is_for_the_user_alone(where: Folders) -> None:
    add_agreement(where, CLIENT)
    keep_snapshot(where, SNAPSHOT)

    for path in (where.home, where.agreements, where.snapshots, *where.snapshots.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_home_that_cannot_be_made_is_one_clear_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BULKIO_HOME", str(tmp_path / "file" / "home"))

    with pytest.raises(Misuse, match="no_home"):
        folders()


def test_a_snapshot_comes_back_as_it_was_kept(where: Folders) -> None:
    keep_snapshot(where, SNAPSHOT)

    assert last_snapshot(where, 1234567) == SNAPSHOT
    assert last_snapshot(where, 7654321) is None


def test_a_damaged_snapshot_counts_as_none(where: Folders) -> None:
    keep_snapshot(where, SNAPSHOT)
    (where.snapshots / "1234567.json").write_text('{"version": 1}')

    assert last_snapshot(where, 1234567) is None


def test_tokens_come_from_the_environment_and_never_show(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKIO_APP_SECRET_TOKEN", "app-secret")
    monkeypatch.setenv("BULKIO_AGREEMENT_GRANT_TOKEN", "grant-secret")

    found = tokens(where, "client")

    assert found.app_secret_token.reveal() == "app-secret"
    assert "secret" not in repr(found).replace("app_secret_token", "")


def test_without_tokens_the_fault_names_the_variables(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BULKIO_APP_SECRET_TOKEN", raising=False)
    monkeypatch.delenv("BULKIO_AGREEMENT_GRANT_TOKEN", raising=False)

    with pytest.raises(Misuse) as caught:
        tokens(where, "client")

    assert caught.value.parameters["app"] == "BULKIO_APP_SECRET_TOKEN"


def test_a_home_of_its_own_leaves_the_keyring_alone(where: Folders) -> None:
    assert keep_tokens(where, "client", Tokens(Secret("a"), Secret("b"))) is False
