"""The two tokens of an agreement: from the environment, else from the keyring, never from an argument."""

from __future__ import annotations

import os
from dataclasses import dataclass

from bulkio.errors import Misuse
from bulkio.model.secret import Secret
from bulkio.settings.folders import Folders

APP_VARIABLE = "BULKIO_APP_SECRET_TOKEN"
GRANT_VARIABLE = "BULKIO_AGREEMENT_GRANT_TOKEN"
_SERVICE = "bulkio"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens an agreement: the app's secret, and the grant that the agreement's owner gave it."""

    app_secret_token: Secret
    agreement_grant_token: Secret


def tokens(folders: Folders, name: str) -> Tokens:
    """The tokens of an agreement. Raises `Misuse` where there are none."""
    found = _from_environment() or _from_keyring(folders, name)
    if found is None:
        raise Misuse("no_tokens", name=name, app=APP_VARIABLE, grant=GRANT_VARIABLE)
    return found


def keep_tokens(folders: Folders, name: str, kept: Tokens) -> bool:
    """Put the tokens into the keyring; False where there is none to put them into."""
    if folders.own_home:
        return False
    import keyring  # 60 ms that --help need not pay
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, f"{name}/app", kept.app_secret_token.reveal())
        keyring.set_password(_SERVICE, f"{name}/grant", kept.agreement_grant_token.reveal())
    except KeyringError:
        return False
    return True


def forget_tokens(folders: Folders, name: str) -> None:
    """Take an agreement's tokens out of the keyring, where they are in it."""
    if folders.own_home:
        return
    import keyring  # 60 ms that --help need not pay
    from keyring.errors import KeyringError

    for part in ("app", "grant"):
        try:
            keyring.delete_password(_SERVICE, f"{name}/{part}")
        except KeyringError:
            return


def _from_environment() -> Tokens | None:
    app, grant = os.environ.get(APP_VARIABLE), os.environ.get(GRANT_VARIABLE)
    return Tokens(Secret(app), Secret(grant)) if app and grant else None


def _from_keyring(folders: Folders, name: str) -> Tokens | None:
    if folders.own_home:
        return None
    import keyring  # 60 ms that --help need not pay
    from keyring.errors import KeyringError

    try:
        app = keyring.get_password(_SERVICE, f"{name}/app")
        grant = keyring.get_password(_SERVICE, f"{name}/grant")
    except KeyringError:
        return None
    return Tokens(Secret(app), Secret(grant)) if app and grant else None
