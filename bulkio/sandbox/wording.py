"""The words of messages, in English and in Danish.

English texts are the sources' own where they have them. Of the Danish ones only "Perioden er spærret." is known; the
rest is the invention `danish-words`.
"""

from __future__ import annotations

import re

_DANISH: dict[str, str] = {
    "Validation failed. 1 error found.": "Validering fejlede. 1 fejl fundet.",
    "Inspect validation errors and correct your request.": "Gennemse valideringsfejlene og ret forespørgslen.",
    "The period is barred.": "Perioden er spærret.",
    "Resource not found.": "Ressourcen blev ikke fundet.",
    "Account(s) is not found or barred.": "Kontoen findes ikke eller er spærret.",
    "The name is null or empty.": "Navnet er tomt.",
    "This customer already has a contact with the same name.": "Kunden har allerede en kontaktperson med samme navn.",
    "The number in the body does not match the one in the URL.": "Nummeret svarer ikke til det i adressen.",
    "The customer number can not be changed.": "Kundenummeret kan ikke ændres.",
    "The customer is in use and cannot be deleted.": "Kunden er i brug og kan ikke slettes.",
    "The contact is in use and cannot be deleted.": "Kontaktpersonen er i brug og kan ikke slettes.",
    "The delivery location is in use and cannot be deleted.": "Leveringsstedet er i brug og kan ikke slettes.",
    "The customer group is in use and cannot be deleted.": "Kundegruppen er i brug og kan ikke slettes.",
    "The entity cannot be created because the key already exists": "Posten kan ikke oprettes, da nøglen findes i forvejen",
    "currency does not exist.": "valutaen findes ikke.",
}

_DANISH_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^Validation failed\. (\d+) errors found\.$"), r"Validering fejlede. \1 fejl fundet."),
    (re.compile(r"^CustomerGroup '(.*)' not found\.$", re.DOTALL), r"Kundegruppe '\1' blev ikke fundet."),
    (re.compile(r"^PaymentTerms '(.*)' not found\.$", re.DOTALL), r"Betalingsbetingelse '\1' blev ikke fundet."),
    (re.compile(r"^Account '(.*)' not found\.$", re.DOTALL), r"Konto '\1' blev ikke fundet."),
    (re.compile(r"^VatZone '(.*)' not found\.$", re.DOTALL), r"Momszone '\1' blev ikke fundet."),
    (re.compile(r"^Employee '(.*)' is barred\.$", re.DOTALL), r"Medarbejder '\1' er spærret."),
    (re.compile(r"^Customer '(.*)' is barred\.$", re.DOTALL), r"Kunde '\1' er spærret."),
    (re.compile(r"^(\w+) '(.*)' not found\.$", re.DOTALL), r"\1 '\2' blev ikke fundet."),
    (re.compile(r"^'(.*)' is not a valid EAN number\.$", re.DOTALL), r"'\1' er ikke et gyldigt EAN-nummer."),
    (re.compile(r"^(\w+) scale cannot be greater then two decimal places\.$"), r"\1 må højst have to decimaler."),
)


def worded(text: str, language: str) -> str:
    """The message in the agreement's language; a text without a translation stays English."""
    if language != "da":
        return text
    return _DANISH.get(text) or _worded_by_pattern(text)


def _worded_by_pattern(text: str) -> str:
    for pattern, danish in _DANISH_PATTERNS:
        if pattern.match(text):
            return pattern.sub(danish, text)
    return text
