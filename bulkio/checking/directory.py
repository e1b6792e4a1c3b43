"""What a look-up cell may name: the agreement's entries, and for groups those of the workbook's own sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bulkio.checking.numbers import WHOLE
from bulkio.model.snapshot import Choice, Lookup, Snapshot

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its number (None where a group's own row has none that can be read), and the row it stands in, if it does."""

    number: int | str | None
    name: str
    barred: bool = False
    detail: str = ""
    row: int | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.number, self.name) if part is not None)


@dataclass(frozen=True, slots=True)
class Directory:
    """Entries by number and by name. `complete` says that what is not here does not exist."""

    by_number: Mapping[str, Entry]
    by_name: Mapping[str, tuple[Entry, ...]]
    complete: bool

    def nearest(self, text: str) -> str:
        """The entries that look most like a text, or else the first ones, for the words."""
        names = get_close_matches(folded(text), list(self.by_name), n=NEAREST, cutoff=0.6)
        near = [entry for name in names for entry in self.by_name[name] if not entry.barred]
        usable = [entry for entry in self.by_number.values() if not entry.barred]
        return ", ".join(str(entry) for entry in (near or usable)[:NEAREST]) or "–"


def folded(text: str) -> str:
    """A name as it is compared: case and the width of spaces do not matter."""
    return " ".join(text.split()).casefold()


def number_key(text: str) -> str:
    """A number or code as it is compared: `07` is 7, `dkk` is DKK."""
    return str(int(text)) if WHOLE.fullmatch(text) else folded(text)


def directory(lookup: Lookup, snapshot: Snapshot | None, own: Iterable[tuple[str, Entry]] = ()) -> Directory:
    """The entries of a look-up. `own` are entries of the workbook with their number as it stands; they go before the agreement's."""
    choices = None if snapshot is None else snapshot.choices.get(lookup)
    entries = [*own, *((str(choice.number), _entry(choice)) for choice in choices or ())]
    by_number: dict[str, Entry] = {}
    by_name: dict[str, tuple[Entry, ...]] = {}
    for number, entry in entries:
        if number:
            by_number.setdefault(number_key(number), entry)
        if entry.name:
            by_name[folded(entry.name)] = _joined(by_name.get(folded(entry.name), ()), entry)
    return Directory(by_number, by_name, complete=choices is not None)


def _entry(choice: Choice) -> Entry:
    return Entry(choice.number, choice.name, choice.barred, choice.detail)


def _joined(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """Entries of one name; the same number again is the same entry."""
    known = any(one.number == entry.number and one.number is not None for one in entries)
    return entries if known else (*entries, entry)
