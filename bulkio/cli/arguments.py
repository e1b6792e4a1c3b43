"""The parser of the command line: what is common, and each command's own."""

from __future__ import annotations

import argparse
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Sequence
from importlib import import_module

from bulkio import __version__
from bulkio.language import Language, translate

TYPE_CHECKING = False  # typing itself costs 3 ms, and --help must not pay it
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = {
    "demo": "the main job on a sample, nothing configured, nothing sent out",
    "template": "make a workbook to fill in, with this agreement's own choices",
    "check": "check a workbook: every fault at its cell, no network",
    "plan": "say what an import would create and update, and save it; nothing is sent",
    "import": "import a workbook: create and update what its rows say",
    "resume": "finish a run that was interrupted, from the journal alone",
    "runs": "list the runs, show one, or forget what it keeps of other people's data",
    "results": "write a run's results workbook again",
    "undo": "take back what a run did; what was changed or used since is kept",
    "verify": "read every record of a run again and compare it with its workbook",
    "review": "look at a workbook's faults on the screen, cell by cell",
    "export": "write the agreement to a workbook that can be imported again",
    "agreements": "add, list or remove the agreements that bulkio works with",
    "selftest": "do the whole job on this machine over a bad line, and count what was lost or doubled",
    "sandbox": "run the practice agreement as a server on this machine",
}
"""Every command with its summary; its options are in a file of its own under `commands`."""

MODULES = {"import": "import_file"}
"""Where a command's file cannot have its name."""

LANGUAGES = ("en", "da")

ARGPARSE = (
    "usage: ",
    "options",
    "positional arguments",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s",
    "ignored explicit argument %r",
)
"""What argparse itself says to a user; it looks each text up by its own `_`, with Python's placeholders."""

Commands = _SubParsersAction  # the type of what `add_subparsers` gives, which argparse does not name publicly


class Layout(RawDescriptionHelpFormatter):
    """The help's lay-out, as wide as the terminal; argparse's own way of asking brings 3 ms of archive modules."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or os.get_terminal_size(sys.stdout.fileno()).columns
    except (ValueError, OSError):
        return 80


def build_parser(words: Sequence[str], language: Language) -> ArgumentParser:
    """The parser for these words: every command with its summary, and the options of those that are named.

    A command that is not named is not built: `--help` names eight and uses none.
    """
    _let_argparse_speak(language)
    parser = ArgumentParser(
        prog="bulkio",
        description=translate("A workbook becomes records in an e-conomic agreement, and back.", language),
        formatter_class=Layout,
        add_help=False,
    )
    _add_common(parser, language)
    parser.add_argument("--version", action="version", version=f"bulkio {__version__}")
    commands = parser.add_subparsers(title=translate("commands", language), required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        if name in words:
            command = add_command(commands, name, summary, language)
            import_module(f"bulkio.cli.commands.{MODULES.get(name, name)}").add(command, language)
        else:
            _mention(commands, name, translate(summary, language))
    return parser


def _let_argparse_speak(language: Language) -> None:
    """Argparse asks gettext for its texts in a catalogue that Python does not bring; ours answers instead."""
    argparse._ = lambda text: translate(text, language)  # type: ignore[attr-defined]


def _mention(commands: Commands[ArgumentParser], name: str, summary: str) -> None:
    built, commands._parser_class = commands._parser_class, _Unbuilt  # noqa: SLF001 - no public way to name a command without building it (1 ms each)
    commands.add_parser(name, help=summary)
    commands._parser_class = built  # noqa: SLF001 - as above


class _Unbuilt(ArgumentParser):
    """A command that these words do not name."""

    def __init__(self, **options: object) -> None:
        """Nothing is built: argparse only takes a parser up when its command is named."""


def _add_common(parser: ArgumentParser, language: Language) -> None:
    parser.add_argument("-h", "--help", action="help", help=translate("show this help and leave", language))
    parser.add_argument("--lang", choices=LANGUAGES, help=translate("language of what is said", language))


def add_command(commands: Commands[ArgumentParser], name: str, summary: str, language: Language) -> ArgumentParser:
    """A command with the options that all of them share."""
    text = translate(summary, language)
    command = commands.add_parser(name, help=text, description=text, add_help=False, formatter_class=Layout)
    _add_common(command, language)
    command.set_defaults(shape="other", json=False)
    return command


def add_json(command: ArgumentParser, language: Language) -> None:
    """The option for one JSON document on stdout."""
    command.add_argument("--json", action="store_true", help=translate("one JSON document on stdout", language))


def add_agreement(command: ArgumentParser, language: Language) -> None:
    """The option that names the agreement."""
    command.add_argument(
        "-a",
        "--agreement",
        metavar="NAME",
        default="sandbox",
        help=translate("the agreement, by the name it was added under; the practice agreement if left out", language),
    )


def add_answers(command: ArgumentParser, language: Language) -> None:
    """The options that settle what a file alone leaves open."""
    command.add_argument(
        "--decimal",
        choices=(",", "."),
        metavar=",|.",
        help=translate("the decimal sign in cells that hold numbers as text", language),
    )
    command.add_argument(
        "--encoding",
        metavar="NAME",
        help=translate("how the letters of a text file are stored, such as cp1252", language),
    )
    command.add_argument(
        "--delimiter", metavar="SIGN", help=translate("what stands between the columns of a text file", language)
    )


def add_linear(command: ArgumentParser, language: Language) -> None:
    """The option for a conversation by lines instead of a screen."""
    command.add_argument(
        "--linear",
        action="store_true",
        help=translate("line by line, for screen readers and plain terminals", language),
    )


def path(text: str) -> Path:
    """A path, as argparse is to make it of an argument."""
    from pathlib import Path  # 4 ms that --help need not pay

    return Path(text)


def add_sending(command: ArgumentParser, language: Language) -> None:
    """The options of every command that writes to an agreement."""
    command.add_argument("--headless", action="store_true", help=translate("no screen, progress on stderr", language))
    add_linear(command, language)
    command.add_argument("--yes", action="store_true", help=translate("do not ask before sending", language))
    command.add_argument(
        "--confirm",
        metavar="NAME",
        help=translate("the company's name, to write to an agreement that was added by name", language),
    )
    command.add_argument(
        "--concurrency",
        type=whole_number(1, 32, language),
        default=16,
        metavar="N",
        help=translate("requests at a time, at most; 1 to 32", language),
    )
    command.add_argument(
        "--share",
        type=_percent,
        default=100,
        metavar="PERCENT",
        help=translate("how much of the agreement's rate limit to use, 1 to 100; the rest is left to others", language),
    )
    command.add_argument(
        "--until",
        type=_clock,
        metavar="HH:MM",
        help=translate("stop by itself at this time; bulkio resume goes on", language),
    )


def _percent(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100:
        raise ValueError(text)
    return number


def _clock(text: str) -> str:
    hour, minute = map(int, text.split(":"))
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError(text)
    return f"{hour:02}:{minute:02}"


def whole_number(least: int, most: int, language: Language) -> Callable[[str], int]:
    """Reads a whole number within bounds, as argparse is to make it of an argument; another text is refused in words."""

    def read(text: str) -> int:
        if text.isdecimal() and least <= int(text) <= most:
            return int(text)
        raise ArgumentTypeError(
            translate(
                "{word} is no whole number from {least} to {most}", language, word=repr(text), least=least, most=most
            )
        )

    return read
