"""`bulkio template [KIND…] -o FILE`: a workbook to fill in."""

from __future__ import annotations

from argparse import Namespace

from bulkio.cli.console import give_json, say
from bulkio.cli.wiring import destination, remember
from bulkio.entities import ENTITIES
from bulkio.errors import Misuse
from bulkio.flows.make_template import make_template
from bulkio.flows.take_snapshot import take_snapshot
from bulkio.language import translate
from bulkio.model.kind import Kind


def run(arguments: Namespace) -> int:
    """Write the template with the look-ups as they are now. Raises `Misuse`, `CannotWrite`, `NothingSent`."""
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
    asked = word.casefold().replace("-", " ").replace("_", " ").strip()
    for kind, entity in ENTITIES.items():
        names = (kind.value.replace("_", " "), entity.sheet_en, entity.sheet_da)
        if asked in {name.casefold() for name in names}:
            return kind
    raise Misuse("unknown_kind", word=word, known=", ".join(Kind))
