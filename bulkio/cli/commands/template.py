"""`bulkio template [KIND…] -o FILE`: a workbook to fill in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from bulkio.cli.arguments import Commands, add_agreement, add_command, add_json
from bulkio.cli.console import give_json, say
from bulkio.errors import Misuse
from bulkio.language import Language, translate
from bulkio.model.kind import Kind


def add(commands: Commands[ArgumentParser], language: Language) -> None:
    """Declare the command."""
    command = add_command(
        commands, "template", "make a workbook to fill in, with this agreement's own choices", language
    )
    command.add_argument(
        "kinds",
        nargs="*",
        metavar="KIND",
        help=translate("customer_groups, customers, contacts, delivery_locations; all if left out", language),
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", required=True, help=translate("the workbook to write", language)
    )
    add_agreement(command, language)
    add_json(command, language)
    command.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Write the template with the look-ups as they are now. Raises `Misuse`, `CannotWrite`, `NothingSent`."""
    from bulkio.cli.wiring import destination, remember
    from bulkio.flows.make_template import make_template
    from bulkio.flows.take_snapshot import take_snapshot

    kinds = tuple(dict.fromkeys(_kind(word) for word in arguments.kinds))
    snapshot = take_snapshot(destination(arguments.agreement))
    remember(snapshot)
    make_template(arguments.output, kinds, snapshot, arguments.language)
    if arguments.json:
        give_json({"template": str(arguments.output), "agreement": arguments.agreement, "kinds": kinds or tuple(Kind)})
    else:
        say(translate("The template is {path}", arguments.language, path=arguments.output))
    return 0


def _kind(word: str) -> Kind:
    """A kind by its own word, or by the sheet's name in either language, whatever the case."""
    from bulkio.entities import ENTITIES

    asked = word.casefold().replace("-", " ").replace("_", " ").strip()
    for kind, entity in ENTITIES.items():
        names = (kind.value.replace("_", " "), entity.sheet_en, entity.sheet_da)
        if asked in {name.casefold() for name in names}:
            return kind
    raise Misuse("unknown_kind", word=word, known=", ".join(Kind))
