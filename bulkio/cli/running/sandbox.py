"""`bulkio sandbox`: the twin as a real server on loopback."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from dataclasses import asdict

from bulkio.cli.console import give, give_json, give_json_line, say
from bulkio.cli.wiring import destination, open_store
from bulkio.errors import Misuse
from bulkio.flows.take_likeness import take_likeness
from bulkio.language import translate
from bulkio.sandbox import INVENTIONS, PROFILES, Limits, Seeded, Store, serve
from bulkio.settings.folders import folders

_HIGHEST_PORT = 65_535


def run(arguments: Namespace) -> int:
    """Serve until interrupted. Raises `Misuse` where the data file, the port or the trouble does not serve."""
    if arguments.inventions:
        return _list_inventions(arguments)
    if not 0 <= arguments.port <= _HIGHEST_PORT:
        raise Misuse("port_taken", port=arguments.port, reason=f"0–{_HIGHEST_PORT}")
    trouble = _trouble(arguments.chaos)
    page_key = secrets.token_urlsafe(16)
    store = _store(arguments)
    if arguments.change_of_numbers is not None:
        store.set_change_of_numbers(allowed=arguments.change_of_numbers)

    def ready(root: str) -> None:
        _announce(root, store.tokens.app_secret_token, store.tokens.agreement_grant_token, arguments)
        if not arguments.json:
            give(translate("Look inside: {address}", arguments.language, address=f"{root}/?key={page_key}"))
            sys.stdout.flush()  # somebody waits for the address, also behind a pipe
            say(translate("Ctrl-C ends it.", arguments.language))
        if trouble is not None and not arguments.json:
            say(
                translate(
                    "Trouble: --chaos {name}:{seed}", arguments.language, name=trouble.profile.name, seed=trouble.seed
                )
            )

    try:
        serve(
            store,
            port=arguments.port,
            language=arguments.spoken,
            trouble=trouble,
            limits=Limits() if arguments.rate_limit else None,
            page_key=page_key,
            on_ready=ready,
            verbose=arguments.verbose,
        )
    except OSError as fault:
        raise Misuse("port_taken", port=arguments.port, reason=fault.strerror or "") from fault
    finally:
        store.close()
    return 0


def _store(arguments: Namespace) -> Store:
    """The store, opened only when what is to be copied is at hand: a network that fails must cost no agreement."""
    likeness = take_likeness(destination(arguments.seed_from)) if arguments.seed_from else None
    where = arguments.data or folders().sandbox
    store = open_store(where, fresh=arguments.fresh)
    if likeness is None:
        return store
    try:
        store.take_after(likeness)
    except ValueError as fault:
        store.close()
        raise Misuse("sandbox_in_use", path=str(where)) from fault
    say(
        translate(
            "Made in the likeness of {company}: {count} look-ups and groups copied.",
            arguments.language,
            company=likeness.company,
            count=sum(map(len, likeness.lookups.values())),
        )
    )
    return store


def _trouble(text: str | None) -> Seeded | None:
    if text is None:
        return None
    name, _, seed = text.partition(":")
    if name not in PROFILES or not (seed or "0").isdecimal():
        raise Misuse("unknown_chaos", word=text, known=", ".join(PROFILES))
    return Seeded(PROFILES[name], int(seed) if seed else secrets.randbelow(100_000))


def _list_inventions(arguments: Namespace) -> int:
    if arguments.json:
        give_json({"inventions": [asdict(entry) for entry in INVENTIONS.values()]})
        return 0
    for entry in INVENTIONS.values():
        give(f"{entry.id}: {entry.where}\n    {entry.answer} ({entry.why})")
    return 0


def _announce(root: str, app: str, grant: str, arguments: Namespace) -> None:
    """The address and the tokens of this practice agreement, which open nothing else."""
    if arguments.json:
        tokens = {"app_secret_token": app, "agreement_grant_token": grant}
        give_json_line({"rest_url": root, "openapi_url": root, **tokens})
        return
    language = arguments.language
    give(translate("The practice agreement answers at {root}", language, root=root))
    give(f"X-AppSecretToken: {app}")
    give(f"X-AgreementGrantToken: {grant}")
    give(f"curl -H 'X-AppSecretToken: {app}' -H 'X-AgreementGrantToken: {grant}' {root}/customers")
