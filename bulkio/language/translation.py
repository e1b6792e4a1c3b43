"""gettext catalogues, one domain a room, so that each room's words stand in a file of their own."""

from __future__ import annotations

import gettext
from enum import StrEnum
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent / "catalogues"


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
    for compiled in sorted((CATALOGUES / language).glob("LC_MESSAGES/*.mo")):
        with compiled.open("rb") as stream:
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
