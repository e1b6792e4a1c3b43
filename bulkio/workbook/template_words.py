"""What a template says about a column: required or not, its limit, an example. English here, Danish in the catalogue."""

from __future__ import annotations

from bulkio.entities import Field, Target, Type
from bulkio.language import Language, translate
from bulkio.model.snapshot import Lookup

WHOLE_NUMBER = "whole number"
_TARGET_LIMITS = {
    Target.CUSTOMER: "customer number or own reference",
    Target.CONTACT: "a name from the Contacts sheet",
    Target.DELIVERY_LOCATION: "a location number of the customer",
}
_LOOKUP_LIMITS = {
    Lookup.CURRENCY: "code from the drop-down list",
    Lookup.ACCOUNT: "number from the drop-down list",
}
_TYPE_LIMITS = {
    Type.INTEGER: WHOLE_NUMBER,
    Type.BOOLEAN: "yes or no",
    Type.LIST: "one or more of the words",
    Type.KEY: "written by bulkio",
    Type.SHOWN: "written by bulkio",
    Type.TEXT: "text",
    Type.REFERENCE: "text",
}


def required_word(field: Field, language: Language) -> str:
    """Whether every row needs a value."""
    return translate("Required" if field.required else "Optional", language)


def limit_of(field: Field, language: Language) -> str:
    """The column's limit in a few words."""
    limit = _plain_limit(field, language)
    return f"{limit}, {translate('each only once', language)}" if _told_unique(field) else limit


def note_of(field: Field, example: str, language: Language) -> str:
    """The note on a header: what belongs there, whether it must, its limit, and an example."""
    limit = limit_of(field, language)
    lines = [field.guidance(language), "", f"{required_word(field, language)}: {limit}."]
    return "\n".join([*lines, f"{translate('Example', language)}: {example}"] if example else lines)


def words_of(field: Field, language: Language) -> tuple[str, ...]:
    """The choices of a list column in the language."""
    return tuple(danish if language is Language.DANISH else word for word, danish in field.options)


def grouped(number: int, language: Language) -> str:
    """A number with its thousands apart, as the language writes it."""
    return f"{number:,}".replace(",", ".") if language is Language.DANISH else f"{number:,}"


def _told_unique(field: Field) -> bool:
    return field.unique and field.type is not Type.KEY


def _plain_limit(field: Field, language: Language) -> str:
    if field.target is not None:
        return translate(_TARGET_LIMITS[field.target], language)
    if field.lookup is not None:
        return translate(_LOOKUP_LIMITS.get(field.lookup, "number or name from the drop-down list"), language)
    if field.type in {Type.KEY, Type.SHOWN}:
        return translate(_TYPE_LIMITS[field.type], language)
    return _measured(field, language) or translate(_TYPE_LIMITS[field.type], language)


def _measured(field: Field, language: Language) -> str:
    if field.exact_length is not None:
        return translate("exactly {count} characters", language, count=field.exact_length)
    if field.max_length is not None:
        return translate("at most {count} characters", language, count=grouped(field.max_length, language))
    if field.decimals is not None:
        return translate("number with at most {count} decimals", language, count=field.decimals)
    return _ranged(field, language)


def _ranged(field: Field, language: Language) -> str:
    if field.maximum is not None and field.minimum is not None:
        bounds = {"least": grouped(field.minimum, language), "most": grouped(field.maximum, language)}
        return translate("whole number from {least} to {most}", language, **bounds)
    if field.minimum is not None:
        return translate("whole number, {least} or more", language, least=grouped(field.minimum, language))
    return ""
