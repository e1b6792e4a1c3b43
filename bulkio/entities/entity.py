"""The shape of an entity's description: a kind of record, its sheet and its columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bulkio.model.kind import Kind
from bulkio.model.snapshot import Lookup


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    LIST = "list"
    """Several words out of `options`, separated by comma, semicolon or space."""
    REFERENCE = "reference"
    """Names a row of another sheet; set in the second pass."""
    KEY = "key"
    """The agreement's own id of the record; written by exports and results."""
    SHOWN = "shown"
    """Written by exports for people, never sent."""


class Rule(StrEnum):
    """A rule of the field's own, beyond type and length."""

    EMAIL = "email"
    EMAILS = "emails"
    """Several addresses separated by a space."""
    CVR = "cvr"
    EAN = "ean"


class Target(StrEnum):
    """What a reference between sheets points at."""

    CUSTOMER = "customer"
    """A customer's number, or its own reference."""
    CONTACT = "contact"
    """A contact of the same customer, by name."""
    DELIVERY_LOCATION = "delivery_location"
    """A delivery location of the same customer, by location number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its headers, what it holds, its limits, and where it goes in the API.

    Lengths are characters. `api` is the dotted path of the classic host's property, empty where nothing is sent. `lookup` is
    the agreement's list that the value names by number or by name. `as_text` marks columns that Excel must treat
    as text, since it would eat a zero or a plus. `guidance_en` and `guidance_da` are one line for the person who fills it in.
    """

    name: str
    header_en: str
    header_da: str
    api: str
    type: Type
    guidance_en: str
    guidance_da: str
    required: bool = False
    max_length: int | None = None
    exact_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    decimals: int | None = None
    warn_above: int | None = None
    unique: bool = False
    lookup: Lookup | None = None
    target: Target | None = None
    rule: Rule | None = None
    options: tuple[tuple[str, str], ...] = ()
    """API word and Danish word of each choice of a list."""
    second_pass: bool = False
    as_text: bool = False
    example: str = ""
    """A value that fits, for the template; empty where the agreement or the type offers one."""
    width: int = 16

    def header(self, language: str) -> str:
        """The header in `en` or `da`."""
        return self.header_da if language == "da" else self.header_en

    def guidance(self, language: str) -> str:
        """What belongs in the column, in `en` or `da`."""
        return self.guidance_da if language == "da" else self.guidance_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One kind of record: its sheet, its columns in their order, and the fields that name a record."""

    kind: Kind
    sheet_en: str
    sheet_da: str
    key: str
    """The field that holds the record's number or id in the agreement."""
    fields: tuple[Field, ...]
    natural_key: tuple[str, ...] = ()
    """Fields that name a record where its key is empty."""

    def sheet(self, language: str) -> str:
        """The sheet's title in `en` or `da`."""
        return self.sheet_da if language == "da" else self.sheet_en

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)
