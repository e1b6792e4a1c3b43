"""`bulkio agreements add|list|remove NAME`: the agreements that bulkio may write to."""

from __future__ import annotations

import sys
from argparse import Namespace

from bulkio.cli.console import give, give_json, say
from bulkio.cli.wiring import look_at
from bulkio.errors import Misuse
from bulkio.language import translate
from bulkio.settings.agreements import OPENAPI_URL, REST_URL, SANDBOX, Agreement, add_agreement, agreements
from bulkio.settings.agreements import remove_agreement as forget_agreement
from bulkio.settings.folders import folders
from bulkio.settings.tokens import forget_tokens, keep_tokens, tokens


def run(arguments: Namespace) -> int:
    """Add, list or remove. Raises `Misuse`, `NothingSent`."""
    return {"add": _add, "list": _list, "remove": _remove}[arguments.action](arguments)


def _add(arguments: Namespace) -> int:
    """Look at `/self`, show which agreement the tokens open, and remember it. Raises `NothingSent`, `Misuse`."""
    where, name = folders(), arguments.name
    if name == SANDBOX:
        raise Misuse("reserved_name", name=name)
    opened_by = tokens(where, name)
    rest_url, openapi_url = arguments.rest_url or REST_URL, arguments.openapi_url or OPENAPI_URL
    facts = look_at(rest_url, openapi_url, opened_by)
    _agree(facts.company, facts.number, arguments)
    added = Agreement(name, rest_url, openapi_url, facts.number, facts.company)
    add_agreement(where, added)
    kept = keep_tokens(where, name, opened_by)
    if arguments.json:
        give_json({"agreement": name, "number": facts.number, "company": facts.company, "tokens_kept": kept})
        return 0
    told = "{name} is {company}, agreement {number}."
    say(translate(told, arguments.language, name=name, company=facts.company, number=facts.number))
    if not kept:
        say(translate("Its tokens stay in the environment: there is no keyring to keep them in.", arguments.language))
    return 0


def _agree(company: str, number: int, arguments: Namespace) -> None:
    if arguments.yes or arguments.json or not sys.stdin.isatty():
        return
    question = "These tokens open {company}, agreement {number}. Add it? [y/N]"
    say(translate(question, arguments.language, company=company, number=number))
    if sys.stdin.readline().strip().casefold() not in {"y", "yes", "j", "ja"}:
        raise Misuse("not_added", name=arguments.name)


def _list(arguments: Namespace) -> int:
    """List the built-in practice agreement and those that were added."""
    added = agreements(folders())
    if arguments.json:
        rows = [{"name": one.name, "number": one.number, "company": one.company} for one in added.values()]
        give_json({"agreements": [{"name": SANDBOX, "number": None, "company": None}, *rows]})
        return 0
    give(translate("sandbox (practice, on this machine)", arguments.language))
    for one in added.values():
        give(f"{one.name}  {one.number}  {one.company}")
    return 0


def _remove(arguments: Namespace) -> int:
    """Forget an agreement and its tokens. Raises `Misuse` where none has that name."""
    where = folders()
    forget_agreement(where, arguments.name)
    forget_tokens(where, arguments.name)
    if arguments.json:
        give_json({"removed": arguments.name})
    else:
        say(
            translate(
                "{name} is forgotten; the agreement itself is untouched.", arguments.language, name=arguments.name
            )
        )
    return 0
