"""`bulkio agreements add|list|remove NAME`: the agreements that bulkio may write to."""

from __future__ import annotations

from argparse import ArgumentParser

from bulkio.cli.arguments import add_command, add_json
from bulkio.language import Language, translate


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its three actions."""
    actions = command.add_subparsers(required=True, metavar="add|list|remove")
    adding = add_command(actions, "add", "add an agreement; its tokens come from the environment", language)
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--rest-url", metavar="URL", help=translate("the classic host", language))
    adding.add_argument("--openapi-url", metavar="URL", help=translate("the newer host", language))
    adding.add_argument("--yes", action="store_true", help=translate("do not ask", language))
    add_json(adding, language)
    adding.set_defaults(run="agreements", action="add")
    listing = add_command(actions, "list", "list the agreements", language)
    add_json(listing, language)
    listing.set_defaults(run="agreements", action="list")
    removing = add_command(actions, "remove", "forget an agreement and its tokens", language)
    removing.add_argument("name", metavar="NAME")
    add_json(removing, language)
    removing.set_defaults(run="agreements", action="remove")
