"""Cells that name an entry of the agreement, by number or by name, become its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bulkio.checking.directory import Directory, Entry, directory, folded, number_key
from bulkio.checking.draft import Draft
from bulkio.checking.failures import allowed_range, listed
from bulkio.checking.finding import Fault, Finding
from bulkio.checking.numbers import WHOLE
from bulkio.checking.reading import Values
from bulkio.checking.rules import is_within
from bulkio.entities import Field
from bulkio.model.snapshot import Lookup, Snapshot

UNKNOWN: Mapping[Lookup, str] = MappingProxyType(
    {
        Lookup.CUSTOMER_GROUP: "unknown_group",
        Lookup.CURRENCY: "unknown_currency",
        Lookup.PAYMENT_TERMS: "unknown_payment_terms",
        Lookup.VAT_ZONE: "unknown_vat_zone",
        Lookup.EMPLOYEE: "unknown_employee",
        Lookup.LAYOUT: "unknown_layout",
        Lookup.ACCOUNT: "unknown_account",
    }
)
BARRED: Mapping[Lookup, str] = MappingProxyType(
    {
        Lookup.VAT_ZONE: "vat_zone_not_for_customers",
        Lookup.EMPLOYEE: "barred_employee",
        Lookup.LAYOUT: "deleted_layout",
        Lookup.ACCOUNT: "account_barred",
    }
)
Found = Entry | Fault | int | str
"""What a text names, or why it names nothing; the plain number or text where the entries cannot be known."""
DEBTOR_ACCOUNTS = frozenset({"profitAndLoss", "status"})
"""Account types that a customer group may book its debt on."""
SUGGESTIONS = 50
"""Names that get a suggestion each; comparing thousands of misspelt names with hundreds of entries would take seconds."""


def resolve_lookups(table: Draft, snapshot: Snapshot | None, groups: Draft | None) -> None:
    """Replace the texts of a table's look-up columns by numbers, and note which group's row a customer hangs on."""
    for column in table.table.columns:
        field = table.entity.field(column.field)
        if field.lookup is None:
            continue
        own = _own_groups(groups) if field.lookup is Lookup.CUSTOMER_GROUP and groups is not None else []
        _resolve_column(table, field, directory(field.lookup, snapshot, own))


def _own_groups(groups: Draft) -> list[tuple[str, Entry]]:
    """The groups of the workbook's own sheet, each with its number as it stands in the cell."""
    shown = groups.cells.shown
    blank: list[str | None] = [None] * len(groups.cells.rows)
    numbers, names = shown.get("group_number", blank), shown.get("name", blank)
    return [
        (number or "", Entry(int(number) if number and WHOLE.fullmatch(number) else None, name or "", row=row))
        for row, number, name in zip(groups.cells.rows, numbers, names, strict=True)
    ]


def _resolve_column(table: Draft, field: Field, entries: Directory) -> None:
    """Look up each distinct text of a column once."""
    texts = table.values[field.name]
    found = {text: resolve(field, entries, text) for text in dict.fromkeys(texts) if isinstance(text, str)}
    _advise(found, entries)
    values: dict[object, object] = {text: _value(one, text) for text, one in found.items()}
    table.values[field.name] = [values.get(text) for text in texts]
    faults = {text: one for text, one in found.items() if isinstance(one, Fault)}
    hanging = {text: one.row for text, one in found.items() if isinstance(one, Entry) and one.row is not None}
    if hanging:
        table.parents.update((row, hanging[text]) for row, text in _cells(table, texts) if text in hanging)
    if faults:
        told = ((row, faults[text]) for row, text in _cells(table, texts) if text in faults)
        table.add([Finding(row, field.name, fault.code, fault.parameters) for row, fault in told])


def _cells(table: Draft, texts: Values) -> Iterator[tuple[int, str]]:
    """The texts of a column that are no blanks, with their rows."""
    return ((row, text) for row, text in zip(table.cells.rows, texts, strict=True) if isinstance(text, str))


def _value(found: Found, text: str) -> object:
    """What the cell holds from now on: a number, or the text where no number is known."""
    if isinstance(found, Entry):
        return text if found.number is None else found.number
    return found


def resolve(field: Field, entries: Directory, text: str) -> Found:
    """The entry that a text names; where the entries cannot be known, the number, or the text itself (a currency in capitals)."""
    assert field.lookup is not None
    whole = int(text) if WHOLE.fullmatch(text) else None
    if whole is not None and not is_within(whole, field.minimum, field.maximum):
        return Fault("out_of_range", {"range": allowed_range(field)})
    numbered = entries.by_number.get(number_key(text))
    if numbered is not None:
        return _usable(field.lookup, numbered)
    named = entries.by_name.get(folded(text), ())
    if named:
        return _only(field.lookup, named)
    if entries.complete:
        return Fault(UNKNOWN[field.lookup])
    return whole if whole is not None else _unresolved(field.lookup, text)


def _unresolved(lookup: Lookup, text: str) -> str:
    """A text that only the agreement can resolve."""
    return text.upper() if lookup is Lookup.CURRENCY else text


def _only(lookup: Lookup, entries: tuple[Entry, ...]) -> Entry | Fault:
    """The one usable entry of a name; barred ones step aside for it."""
    usable = [entry for entry in entries if not isinstance(_usable(lookup, entry), Fault)]
    if len(usable) > 1:
        return Fault("ambiguous_name", {"numbers": _numbers(usable)})
    return usable[0] if usable else _usable(lookup, entries[0])


def _usable(lookup: Lookup, entry: Entry) -> Entry | Fault:
    """The entry, or why it may not be chosen."""
    if lookup is Lookup.ACCOUNT and entry.detail and entry.detail not in DEBTOR_ACCOUNTS:
        return Fault("account_type", {"name": entry.name, "type": entry.detail})
    if entry.barred and lookup in BARRED:
        return Fault(BARRED[lookup], {"name": entry.name})
    return entry


def _numbers(entries: list[Entry]) -> str:
    """The numbers that share a name; a group without a number is named by its row."""
    numbers = [str(entry.number) for entry in entries if entry.number is not None]
    return ", ".join(numbers) or listed([entry.row for entry in entries if entry.row is not None])


def _advise(found: dict[str, Found], entries: Directory) -> None:
    """Give the faults of unknown texts the entries that come nearest."""
    unknown = [(text, one) for text, one in found.items() if isinstance(one, Fault) and one.code in UNKNOWN.values()]
    usual = entries.nearest("") if unknown else ""
    for count, (text, fault) in enumerate(unknown):
        found[text] = Fault(fault.code, {"options": entries.nearest(text) if count < SUGGESTIONS else usual})
