"""Cells that hold words out of a fixed set: yes and no, and lists of options."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulkio.checking.finding import Fault

YES = frozenset({"yes", "ja", "x", "1", "true", "sand"})
NO = frozenset({"no", "nej", "0", "false", "falsk"})
SEPARATORS = re.compile(r"[,;\s\u200b]+")


def read_boolean(text: str) -> bool | Fault:
    """True or False in English, Danish, or as Excel writes it; else `not_a_boolean`."""
    word = text.casefold()
    if word in YES:
        return True
    return False if word in NO else Fault("not_a_boolean")


def read_list(text: str, options: Sequence[tuple[str, str]]) -> tuple[str, ...] | Fault | None:
    """The API's words for the words of the cell, in the order of the options and each once; else `not_in_list`.

    None where the cell holds separators alone.
    """
    known = {word.casefold(): api for pair in options for word, api in zip(pair, (pair[0], pair[0]), strict=True)}
    words = [word for word in SEPARATORS.split(text) if word]
    strangers = [word for word in words if word.casefold() not in known]
    if strangers:
        return _stranger(strangers, options)
    chosen = {known[word.casefold()] for word in words}
    return tuple(api for api, _ in options if api in chosen) or None


def _stranger(strangers: list[str], options: Sequence[tuple[str, str]]) -> Fault:
    """The words that are no options, and what the options are in both languages."""
    return Fault(
        "not_in_list",
        {
            "words": ", ".join(dict.fromkeys(strangers)),
            "options": ", ".join(english for english, _ in options),
            "options_da": ", ".join(danish for _, danish in options),
        },
    )
