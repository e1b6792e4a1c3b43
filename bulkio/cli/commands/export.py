"""`bulkio export -o FILE`: the agreement as a workbook."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError

from bulkio.cli.arguments import add_agreement, add_json, path, whole_number
from bulkio.language import Language, translate

TYPE_CHECKING = False  # typing itself costs 3 ms, and --help must not pay it
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def add(command: ArgumentParser, language: Language) -> None:
    """Declare its options."""
    command.add_argument(
        "-o",
        "--output",
        type=path,
        metavar="FILE",
        required=True,
        help=translate("the workbook to write, or the new folder for another format", language),
    )
    command.add_argument(
        "--entities",
        metavar="NAME,…",
        help=translate("only these parts, by their English words or their sheets' names; all if left out", language),
    )
    command.add_argument(
        "--columns",
        metavar="NAME,…",
        help=translate("only these columns and each record's number; a sheet that has none of them is whole", language),
    )
    command.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="[NAME=]FILTER",
        help=translate(
            "only records that meet this filter in the API's own language; of the customers, and what is theirs, where no part is named",
            language,
        ),
    )
    command.add_argument(
        "--format",
        choices=("xlsx", "csv", "jsonl"),
        default="xlsx",
        help=translate("a workbook, or a folder with one text file a part", language),
    )
    command.add_argument(
        "--safe-for-excel",
        action="store_true",
        help=translate("csv to be opened in Excel: nothing in it becomes a formula", language),
    )
    _add_period(command, language)
    add_agreement(command, language)
    add_json(command, language)
    command.set_defaults(run="export")


def _add_period(command: ArgumentParser, language: Language) -> None:
    command.add_argument(
        "--year",
        type=whole_number(1900, 2100, language),
        metavar="Y",
        help=translate("invoices of this calendar year only", language),
    )
    command.add_argument(
        "--from", dest="first", type=day(language), metavar="D", help=translate("invoices from this day on", language)
    )
    command.add_argument(
        "--to",
        dest="last",
        type=day(language),
        metavar="D",
        help=translate("invoices up to and with this day", language),
    )
    command.add_argument(
        "--since",
        type=day(language),
        metavar="D",
        help=translate("only customers, contacts and delivery locations changed since this day", language),
    )


def day(language: Language) -> Callable[[str], date]:
    """Reads a day, 2026-12-31 or as Danes write it; another text is refused in words."""
    from datetime import datetime  # 2 ms that --help need not pay

    def read(text: str) -> date:
        for shape in ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                return datetime.strptime(text, shape).date()
            except ValueError:
                continue
        raise ArgumentTypeError(translate("{word} is no day; write it as 2026-12-31", language, word=repr(text)))

    return read
