"""`bulkio agreements add|list|remove NAME`: the agreements that bulkio may write to."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from bulkio.cli.arguments import Commands, add_command, add_json
from bulkio.cli.console import give, give_json, say
from bulkio.errors import Misuse
from bulkio.language import Language, translate
from bulkio.settings.agreements import OPENAPI_URL, REST_URL, SANDBOX, Agreement, add_agreement, agreements
from bulkio.settings.agreements import remove_agreement as forget_agreement


def add(commands: Commands[ArgumentParser], language: Language) -> None:
    """Declare the command and its three actions."""
    command = add_command(commands, "agreements", "add, list or remove the agreements that bulkio works with", language)
    actions = command.add_subparsers(required=True, metavar="add|list|remove")
    adding = add_command(actions, "add", "add an agreement; its tokens come from the environment", language)
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--rest-url", default=REST_URL, metavar="URL", help=translate("the classic host", language))
    adding.add_argument("--openapi-url", default=OPENAPI_URL, metavar="URL", help=translate("the newer host", language))
    adding.add_argument("--yes", action="store_true", help=translate("do not ask", language))
    add_json(adding, language)
    adding.set_defaults(run=run_add)
    listing = add_command(actions, "list", "list the agreements", language)
    add_json(listing, language)
    listing.set_defaults(run=run_list)
    removing = add_command(actions, "remove", "forget an agreement and its tokens", language)
    removing.add_argument("name", metavar="NAME")
    add_json(removing, language)
    removing.set_defaults(run=run_remove)


def run_add(arguments: Namespace) -> int:
    """Look at `/self`, show which agreement the tokens open, and remember it. Raises `NothingSent`, `Misuse`."""
    from bulkio.cli.wiring import look_at
    from bulkio.settings.folders import folders
    from bulkio.settings.tokens import keep_tokens, tokens

    where, name = folders(), arguments.name
    if name == SANDBOX:
        raise Misuse("reserved_name", name=name)
    opened_by = tokens(where, name)
    facts = look_at(arguments.rest_url, arguments.openapi_url, opened_by)
    _agree(facts.company, facts.number, arguments)
    added = Agreement(name, arguments.rest_url, arguments.openapi_url, facts.number, facts.company)
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


def run_list(arguments: Namespace) -> int:
    """List the built-in practice agreement and those that were added."""
    from bulkio.settings.folders import folders

    added = agreements(folders())
    if arguments.json:
        rows = [{"name": one.name, "number": one.number, "company": one.company} for one in added.values()]
        give_json({"agreements": [{"name": SANDBOX, "number": None, "company": None}, *rows]})
        return 0
    give(translate("sandbox (practice, on this machine)", arguments.language))
    for one in added.values():
        give(f"{one.name}  {one.number}  {one.company}")
    return 0


def run_remove(arguments: Namespace) -> int:
    """Forget an agreement and its tokens. Raises `Misuse` where none has that name."""
    from bulkio.settings.folders import folders
    from bulkio.settings.tokens import forget_tokens

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
