"""The words of messages, in English and in Danish.

English texts are the sources' own where they have them. Of the Danish ones only "Perioden er spærret." is known; the
rest is the invention `danish-words`. Hints to developers stay English.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DANISH: dict[str, str] = {
    "Validation failed. 1 error found.": "Validering fejlede. 1 fejl fundet.",
    "Inspect validation errors and correct your request.": "Gennemse valideringsfejlene og ret forespørgslen.",
    "JSON schema validation failed.": "Validering mod JSON-skemaet fejlede.",
    "Could not parse query string filter.": "Filteret i adressen kunne ikke læses.",
    "Could not parse query string sort parameter": "Sorteringen i adressen kunne ikke læses",
    "The period is barred.": "Perioden er spærret.",
    "Resource not found.": "Ressourcen blev ikke fundet.",
    "Access denied.": "Adgang nægtet.",
    "AppSecretToken does not correspond to the token.": "AppSecretToken passer ikke til den anden nøgle.",
    "The demo agreement is read only.": "Demoaftalen kan kun læses.",
    "Method not allowed.": "Metoden er ikke tilladt.",
    "Not acceptable.": "Svaret findes ikke i det format, der bedes om.",
    "Unsupported media type.": "Medietypen understøttes ikke.",
    "The request body is not valid JSON.": "Forespørgslens indhold er ikke gyldig JSON.",
    "The request body is too large.": "Forespørgslens indhold er for stort.",
    "Internal server error.": "Intern serverfejl.",
    "Not implemented.": "Ikke implementeret.",
    "There is no such trouble.": "Den slags besvær findes ikke.",
    "You are over your quota. Need to wait a bit. Check info in the response headers.": "Kvoten er brugt op. Vent lidt. Se svarets hoveder.",
    "The idempotency key was used for another URL.": "Idempotensnøglen er brugt til en anden adresse.",
    "The idempotency key was used for another payload.": "Idempotensnøglen er brugt til et andet indhold.",
    "pagesize must be a positive whole number between 1 and 1000.": "pagesize skal være et positivt heltal mellem 1 og 1000.",
    "skippages must be a whole number, 0 or more.": "skippages skal være et helt tal, 0 eller derover.",
    "The entity cannot be created because the key already exists": "Posten kan ikke oprettes, da nøglen findes i forvejen",
    "The patch is not supported.": "Ændringen understøttes ikke.",
    "currency does not exist.": "valutaen findes ikke.",
    "Account(s) is not found or barred.": "Kontoen findes ikke eller er spærret.",
    "The name is null or empty.": "Navnet er tomt.",
    "This customer already has a contact with the same name.": "Kunden har allerede en kontaktperson med samme navn.",
    "The number in the body does not match the one in the URL.": "Nummeret svarer ikke til det i adressen.",
    "The customer number can not be changed.": "Kundenummeret kan ikke ændres.",
    "The customer is in use and cannot be deleted.": "Kunden er i brug og kan ikke slettes.",
    "The contact is in use and cannot be deleted.": "Kontaktpersonen er i brug og kan ikke slettes.",
    "The delivery location is in use and cannot be deleted.": "Leveringsstedet er i brug og kan ikke slettes.",
    "The customer group is in use and cannot be deleted.": "Kundegruppen er i brug og kan ikke slettes.",
    "The product is in use and cannot be deleted.": "Varen er i brug og kan ikke slettes.",
    "The unit is in use and cannot be deleted.": "Enheden er i brug og kan ikke slettes.",
    "The payment terms are in use and cannot be deleted.": "Betalingsbetingelsen er i brug og kan ikke slettes.",
    "The type and the days of credit of payment terms cannot be changed.": "Betalingsbetingelsens type og kreditdage kan ikke ændres.",
    "An accounting year may last 18 months at most.": "Et regnskabsår kan højst vare 18 måneder.",
    "The accounting year must follow on the previous one.": "Regnskabsåret skal følge lige efter det forrige.",
    "Mismatching customer number for customer and customer contact": "Kontaktpersonen hører til en anden kunde",
    "Mismatching customer number for invoice and customer contact": "Kontaktpersonen hører til en anden kunde end fakturaen",
    "Payment terms type does not match the type on the payment terms specified.": "Betalingsbetingelsens type svarer ikke til den angivne.",
    "Property dueDate is missing a value.": "Egenskaben dueDate mangler en værdi.",
    "dueDate may not be set to an earlier date than property `date`": "dueDate må ikke ligge før datoen i `date`",
}
_THINGS = {
    "Account": "Konto",
    "Currency": "Valuta",
    "Customer": "Kunde",
    "CustomerContact": "Kontaktperson",
    "CustomerGroup": "Kundegruppe",
    "DeliveryLocation": "Leveringssted",
    "DepartmentalDistribution": "Fordeling",
    "DraftInvoice": "Fakturakladde",
    "Employee": "Medarbejder",
    "Layout": "Layout",
    "PaymentTerms": "Betalingsbetingelse",
    "Product": "Vare",
    "ProductGroup": "Varegruppe",
    "Unit": "Enhed",
    "VatZone": "Momszone",
}


def _of_thing(words: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{_THINGS.get(found[1], found[1])} '{found[2]}' {words}"


_DANISH_PATTERNS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^Validation failed\. (\d+) errors found\.$"), r"Validering fejlede. \1 fejl fundet."),
    (re.compile(r"^(\w+) '(.*)' not found\.$", re.DOTALL), _of_thing("blev ikke fundet.")),
    (re.compile(r"^(\w+) '(.*)' is barred\.$", re.DOTALL), _of_thing("er spærret.")),
    (re.compile(r"^(\w+) '(.*)' is deleted\.$", re.DOTALL), _of_thing("er slettet.")),
    (re.compile(r"^(\w+) '(.*)' is not enabled for customers\.$", re.DOTALL), _of_thing("gælder ikke for kunder.")),
    (re.compile(r"^(\w+) '(.*)' belongs to another customer\.$", re.DOTALL), _of_thing("hører til en anden kunde.")),
    (re.compile(r"^(\w+) '(.*)' is of a type that is not allowed\.$", re.DOTALL), _of_thing("er af en forkert type.")),
    (re.compile(r"^'(.*)' is not a valid EAN number\.$", re.DOTALL), r"'\1' er ikke et gyldigt EAN-nummer."),
    (re.compile(r"^'(.*)' is not a valid date\.$", re.DOTALL), r"'\1' er ikke en gyldig dato."),
    (
        re.compile(r"^'(.*)' is no part of the amount that is left to pay\.$", re.DOTALL),
        r"'\1' er ikke en del af det, der mangler at blive betalt.",
    ),
    (re.compile(r"^(\w+) is too large\.$"), r"\1 er for stor."),
    (re.compile(r"^(\w+) scale cannot be greater then two decimal places\.$"), r"\1 må højst have to decimaler."),
    (
        re.compile(r"^No identifiers present on (\w+)\. Please include either a self link or a (\w+)\.$"),
        r"Der er ingen nøgle i \1. Angiv enten et link i self eller \2.",
    ),
    (
        re.compile(r"^Property (\w+) must have a value when (\w+) is set\.$"),
        r"Egenskaben \1 skal have en værdi, når \2 er sat.",
    ),
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
