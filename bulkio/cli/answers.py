"""What the user said about the file on the command line."""

from __future__ import annotations

from argparse import Namespace

from bulkio.model.answers import Answers


def answers_of(arguments: Namespace) -> Answers:
    """The answers that `add_answers` asked for."""
    return Answers(arguments.decimal, arguments.encoding, arguments.delimiter)
