"""`bulkio sandbox`: the twin as a real server on loopback."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from textwrap import fill

from bulkio.cli.arguments import LANGUAGES, add_json, path, whole_number
from bulkio.language import Language, translate
from bulkio.sandbox import KINDS, PROFILES


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "--port",
        type=whole_number(0, 65535, language),
        default=8765,
        metavar="P",
        help=translate("the port; 0 takes any free one", language),
    )
    command.add_argument(
        "--data",
        type=path,
        metavar="FILE",
        help=translate("the file that keeps the agreement; the practice agreement's own if left out", language),
    )
    command.add_argument("--fresh", action="store_true", help=translate("begin with a fresh agreement", language))
    command.add_argument(
        "--seed-from",
        metavar="AGREEMENT",
        help=translate(
            "copy look-ups and customer groups of an agreement that was added; nothing is written there", language
        ),
    )
    command.add_argument(
        "--language", dest="spoken", choices=LANGUAGES, default="en", help=translate("of its messages", language)
    )
    command.add_argument(
        "--change-of-numbers",
        action=BooleanOptionalAction,
        help=translate("let customers' numbers be changed, as the agreement's setting does", language),
    )
    command.add_argument(
        "--chaos",
        metavar="PROFILE[:SEED]",
        help=translate("trouble on purpose, see below; the same seed brings the same trouble again", language),
    )
    command.add_argument(
        "--rate-limit", action="store_true", help=translate("enforce the token bucket and the daily quota", language)
    )
    command.add_argument(
        "--inventions",
        action="store_true",
        help=translate("list what the sources of the API leave open and how this server answers there", language),
    )
    command.add_argument("--verbose", action="store_true", help=translate("log every request", language))
    add_json(command, language)
    command.set_defaults(run="sandbox")
    command.epilog = _profiles(language)


def _profiles(language: Language) -> str:
    lines = [f"  {profile.name:7}{translate(profile.summary, language)}" for profile in PROFILES.values()]
    kinds = fill(", ".join(KINDS), 76, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(
        [
            translate("trouble of --chaos:", language),
            *lines,
            "",
            translate(
                "trouble of one request, by the header X-Sandbox-Trouble; X-Sandbox-No-Trouble: 1 spares a request:",
                language,
            ),
            kinds,
            translate(
                "  a number of seconds may follow, and a wait stand before: 429=3, delay=0.5+reset-after", language
            ),
        ]
    )
