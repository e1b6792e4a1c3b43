"""`bulkio sandbox`: the twin as a real server on loopback."""

from __future__ import annotations

from argparse import Namespace

from bulkio.cli.console import give, give_json_line, say
from bulkio.cli.wiring import open_store
from bulkio.errors import Misuse
from bulkio.language import translate
from bulkio.sandbox import serve
from bulkio.settings.folders import folders


def run(arguments: Namespace) -> int:
    """Serve until interrupted. Raises `Misuse` where the data file or the port does not serve."""
    store = open_store(arguments.data or folders().sandbox, fresh=arguments.fresh)

    def ready(root: str) -> None:
        _announce(root, store.tokens.app_secret_token, store.tokens.agreement_grant_token, arguments)

    try:
        serve(store, port=arguments.port, language=arguments.spoken, on_ready=ready, verbose=arguments.verbose)
    except OSError as fault:
        raise Misuse("port_taken", port=arguments.port, reason=fault.strerror or "") from fault
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
    say(translate("Ctrl-C ends it.", language))
