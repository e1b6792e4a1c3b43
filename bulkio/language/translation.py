"""gettext catalogues, one domain a room, so that each room's words stand in a file of their own."""

from __future__ import annotations

import gettext
import os
from enum import StrEnum
from functools import cache

CATALOGUES = os.path.join(os.path.dirname(__file__), "catalogues")  # noqa: PTH118, PTH120 - pathlib costs 4 ms of every start


class Language(StrEnum):
    """The languages that every word comes in."""

    ENGLISH = "en"
    DANISH = "da"


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    """All domains of one language chained; English needs none, since the messages are English."""
    chain = gettext.NullTranslations()
    if language is Language.ENGLISH:
        return chain
    folder = f"{CATALOGUES}/{language}/LC_MESSAGES"
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - pathlib costs 4 ms of every start
        if not name.endswith(".mo"):
            continue
        with open(f"{folder}/{name}", "rb") as stream:  # noqa: PTH123 - as above
            domain = gettext.GNUTranslations(stream)
        domain.add_fallback(chain)
        chain = domain
    return chain


def translate(message: str, language: Language, **parameters: object) -> str:
    """A message in the language, its `{names}` filled in.

    The filled-in values are never translated nor read as placeholders themselves.
    """
    text = _catalogue(language).gettext(message) if message else ""
    return text.format_map(parameters) if parameters else text
