"""The parser of the command line: what is common, and each command's own."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter, _SubParsersAction
from importlib import import_module

from bulkio import __version__
from bulkio.language import Language, translate

COMMANDS = ("demo", "template", "check", "import", "review", "export", "agreements", "sandbox")

Commands = _SubParsersAction  # the type of what `add_subparsers` gives, which argparse does not name publicly


def build_parser(language: Language) -> ArgumentParser:
    """The parser with every command; its own words are in the language too."""
    parser = ArgumentParser(
        prog="bulkio",
        description=translate("A workbook becomes records in an e-conomic agreement, and back.", language),
        formatter_class=RawDescriptionHelpFormatter,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help=translate("show this help and leave", language))
    parser.add_argument("--version", action="version", version=f"bulkio {__version__}")
    commands = parser.add_subparsers(title=translate("commands", language), required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"bulkio.cli.commands.{name.replace('import', 'import_file')}").add(commands, language)
    return parser


def add_command(commands: Commands[ArgumentParser], name: str, summary: str, language: Language) -> ArgumentParser:
    """A command with the options that all of them share."""
    text = translate(summary, language)
    command = commands.add_parser(name, help=text, description=text, add_help=False)
    command.add_argument("-h", "--help", action="help", help=translate("show this help and leave", language))
    command.add_argument("--lang", choices=tuple(Language), help=translate("language of what is said", language))
    command.set_defaults(shape={})
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


def add_decimal(command: ArgumentParser, language: Language) -> None:
    """The option that settles what a text's decimals look like."""
    command.add_argument(
        "--decimal",
        choices=(",", "."),
        help=translate("the decimal sign in cells that hold numbers as text", language),
    )
