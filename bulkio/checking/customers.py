"""Whom a contact or delivery location belongs to: a customer of the sheet or of the agreement, by number or own reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bulkio.checking.cells import Texts
from bulkio.checking.draft import Draft
from bulkio.checking.finding import Fault, Finding
from bulkio.checking.numbers import WHOLE
from bulkio.checking.rules import is_within
from bulkio.entities import ENTITIES
from bulkio.model.kind import Kind

NUMBER = ENTITIES[Kind.CUSTOMERS].field("customer_number")


@dataclass(frozen=True, slots=True)
class Owner:
    """The customer that a text names: the row where it stands in the workbook, else its number in the agreement."""

    row: int | None = None
    number: int | None = None
    also_row: int | None = None
    """Another row that has the same text as its own reference; the number goes before it."""


@dataclass(frozen=True, slots=True)
class CustomerBook:
    """The customers a text may name. Faulty rows are in it too: what hangs on them is skipped, not faulty itself.

    `in_agreement` are the agreement's customer numbers, None where they are not known.
    """

    by_number: Mapping[str, int]
    by_reference: Mapping[str, int]
    in_agreement: frozenset[int] | None


def customer_book(customers: Draft | None, in_agreement: frozenset[int] | None) -> CustomerBook:
    """The customers of the workbook's sheet, by their numbers and own references as they stand there."""
    if customers is None:
        return CustomerBook({}, {}, in_agreement)
    rows, shown = customers.cells.rows, customers.cells.shown
    by_number = _first_rows(rows, shown.get("customer_number", []))
    by_reference = _first_rows(rows, shown.get("own_reference", []))
    for text, row in [(text, row) for text, row in by_number.items() if text[0] in "+-0"]:
        by_number.setdefault(_plain(text), row)
    return CustomerBook(by_number, by_reference, in_agreement)


def _first_rows(rows: list[int], texts: Texts) -> dict[str, int]:
    """The first row of each text; the last one put into a dictionary stays, hence backwards."""
    found = dict(zip(reversed(texts), reversed(rows), strict=False)) if texts else {}
    return {text: row for text, row in found.items() if text is not None}


def resolve_owners(table: Draft, book: CustomerBook) -> dict[int, Owner]:
    """The owner of each row whose customer is known; the others are told, and the parents noted."""
    texts = table.column("customer")
    found = {text: owner(book, text) for text in dict.fromkeys(texts) if isinstance(text, str)}
    owners: dict[int, Owner] = {}
    findings = []
    for row, text in zip(table.cells.rows, texts, strict=True):
        one = found[text] if isinstance(text, str) else None
        if isinstance(one, Fault):
            findings.append(Finding(row, "customer", one.code))
        elif one is not None:
            owners[row] = one
            findings += _doubt(row, one)
    table.parents.update({row: one.row for row, one in owners.items() if one.row is not None})
    table.add(findings)
    return owners


def owner(book: CustomerBook, text: str) -> Owner | Fault:
    """The customer that a text names. A number as it stands goes before an own reference, that before a number with zeros in front."""
    number = _number(text)
    if text in book.by_number:
        return Owner(book.by_number[text], number, _other(book, text, book.by_number[text]))
    known = number is not None and book.in_agreement is not None and number in book.in_agreement
    if known and text == str(number):
        return Owner(None, number, book.by_reference.get(text))
    if text in book.by_reference:
        return Owner(book.by_reference[text])
    if _plain(text) in book.by_number:
        return Owner(book.by_number[_plain(text)], number)
    if known or (number is not None and book.in_agreement is None):
        return Owner(None, number)
    return Fault("unknown_customer")


def _doubt(row: int, one: Owner) -> list[Finding]:
    """A warning where the text is another customer's own reference too."""
    if one.also_row is None:
        return []
    return [Finding(row, "customer", "number_and_reference", {"row": one.also_row})]


def _other(book: CustomerBook, text: str, row: int) -> int | None:
    other = book.by_reference.get(text)
    return None if other == row else other


def _plain(text: str) -> str:
    """A whole number without zeros in front; any other text as it is."""
    return str(int(text)) if WHOLE.fullmatch(text) else text


def _number(text: str) -> int | None:
    """A text as a customer number, where it can be one."""
    if not WHOLE.fullmatch(text) or not is_within(int(text), NUMBER.minimum, NUMBER.maximum):
        return None
    return int(text)
