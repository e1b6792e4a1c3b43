"""The reference sheet: the agreement's own lists, side by side, which the drop-downs show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.entities import ENTITIES, Field, Type
from bulkio.language import Language, translate
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Choice, Lookup, Snapshot
from bulkio.workbook.styles import FAINT, FOG, INK, MIST, NAVY, RULED, fill, font
from bulkio.workbook.template_words import words_of

TITLE = "Reference"
FIRST_ROW = 4
GROUPS_FED = 200
"""So many rows of the Customer groups sheet appear in the drop-down of customers."""

BOOLEAN = Type.BOOLEAN
WORDS = Type.LIST
ListName = Lookup | Type

_TITLES: Mapping[ListName, str] = {
    Lookup.CUSTOMER_GROUP: "Customer groups",
    Lookup.CURRENCY: "Currencies",
    Lookup.PAYMENT_TERMS: "Payment terms",
    Lookup.VAT_ZONE: "VAT zones",
    Lookup.EMPLOYEE: "Sales persons",
    Lookup.LAYOUT: "Layouts",
    Lookup.ACCOUNT: "Accounts",
    BOOLEAN: "Yes or no",
    WORDS: "Email copies",
}
_BY_NUMBER = frozenset({Lookup.CURRENCY, Lookup.LAYOUT, Lookup.ACCOUNT})
"""Listed by number (a currency by its code): their headers ask for a number, and account names often repeat."""
_ACCOUNT_TYPES = {"status": "balance sheet", "profitAndLoss": "profit and loss"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A drop-down list: the formula of its cells, and its entries as (listed, beside it)."""

    formula: str
    entries: tuple[tuple[int | str, str], ...]
    by_number: bool


def list_of(field: Field) -> ListName | None:
    """Which list a column's drop-down shows."""
    if field.type in {BOOLEAN, WORDS}:
        return field.type
    return field.lookup


def offered(lookup: Lookup, snapshot: Snapshot) -> tuple[Choice, ...]:
    """The choices that a row may name, in the order of a drop-down: debtor accounts are balance sheet accounts, so those lead."""
    choices = [choice for choice in snapshot.choices.get(lookup, ()) if not choice.barred]
    if lookup is Lookup.ACCOUNT:
        choices = [choice for choice in choices if choice.detail in _ACCOUNT_TYPES]
        return tuple(sorted(choices, key=lambda choice: (choice.detail != "status", choice.number)))
    if lookup is Lookup.CURRENCY:
        return tuple(sorted(choices, key=lambda choice: (choice.number != snapshot.base_currency, choice.number)))
    return tuple(sorted(choices, key=lambda choice: choice.number))


def write_reference(
    sheet: Worksheet, kinds: Sequence[Kind], snapshot: Snapshot, language: Language
) -> dict[ListName, Listing]:
    """Fill the reference sheet with the lists that the kinds need, and say where each stands."""
    sheet["A1"] = translate("The agreement's own lists, which the drop-downs show. Nothing to fill in here.", language)
    sheet["A1"].font = font(color=FAINT, italic=True)
    listings: dict[ListName, Listing] = {}
    column = 1
    for name in _needed(kinds):
        block = _Block(sheet, column, name, language)
        listings[name] = block.write(snapshot, fed=name is Lookup.CUSTOMER_GROUP and Kind.CUSTOMER_GROUPS in kinds)
        column += block.breadth + 1
    sheet.freeze_panes = f"A{FIRST_ROW}"
    longest = max((len(listing.entries) for listing in listings.values()), default=0)
    sheet.print_area = f"A1:{get_column_letter(max(column - 2, 1))}{FIRST_ROW + longest}"
    return listings


def _needed(kinds: Iterable[Kind]) -> list[ListName]:
    asked = {list_of(field) for kind in kinds for field in ENTITIES[kind].fields}
    return [name for name in _TITLES if name in asked]


@dataclass(frozen=True, slots=True)
class _Block:
    """One list of the sheet, from its first column on."""

    sheet: Worksheet
    column: int
    name: ListName
    language: Language

    @property
    def heads(self) -> tuple[str, ...]:
        if self.name in {BOOLEAN, WORDS}:
            return ("Word",)
        number = "Code" if self.name is Lookup.CURRENCY else "Number"
        return (number, "Name", "Type") if self.name is Lookup.ACCOUNT else (number, "Name")

    @property
    def breadth(self) -> int:
        return len(self.heads)

    def write(self, snapshot: Snapshot, *, fed: bool) -> Listing:
        rows = self._rows(snapshot)
        for index, row in enumerate(rows, FIRST_ROW):
            self._write_row(index, row)
        listed = self._listed_column(rows)
        self._write_head(listed, rows)
        entries = tuple((row[listed], str(row[0 if listed else min(1, len(row) - 1)])) for row in rows)
        if fed:
            self._feed(FIRST_ROW + len(rows))
        return Listing(self._formula(listed, len(rows), fed=fed), entries, by_number=listed == 0 and self.breadth > 1)

    def _rows(self, snapshot: Snapshot) -> list[tuple[int | str, ...]]:
        if not isinstance(self.name, Lookup):
            return [(word,) for word in self._words()]
        choices = offered(self.name, snapshot)
        if self.name is Lookup.ACCOUNT:
            kind = {detail: translate(word, self.language) for detail, word in _ACCOUNT_TYPES.items()}
            return [(choice.number, choice.name, kind[choice.detail]) for choice in choices]
        return [(choice.number, choice.name) for choice in choices]

    def _words(self) -> tuple[str, ...]:
        if self.name is BOOLEAN:
            return translate("yes", self.language), translate("no", self.language)
        return words_of(ENTITIES[Kind.CONTACTS].field("email_copies"), self.language)

    def _listed_column(self, rows: list[tuple[int | str, ...]]) -> int:
        """Names where they say which one is meant; a name that repeats, is empty or looks like a number does not."""
        if self.name in _BY_NUMBER or self.breadth == 1:
            return 0
        names = [str(row[1]).strip().casefold() for row in rows]
        return int(len(set(names)) == len(names) and all(name and not name.isdecimal() for name in names))

    def _write_row(self, index: int, row: tuple[int | str, ...]) -> None:
        for offset, value in enumerate(row):
            cell = self.sheet.cell(index, self.column + offset)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.border, cell.font = RULED, font()
            cell.alignment = Alignment(horizontal="left")

    def _write_head(self, listed: int, rows: list[tuple[int | str, ...]]) -> None:
        title = self.sheet.cell(FIRST_ROW - 2, self.column, translate(_TITLES[self.name], self.language))
        title.font = font(bold=True, size=12, color=NAVY)
        for offset, head in enumerate(self.heads):
            cell = self.sheet.cell(FIRST_ROW - 1, self.column + offset, translate(head, self.language))
            cell.font = font(bold=True, color=INK)
            cell.fill = fill(MIST if offset == listed else FOG)
            widest = max([len(str(row[offset])) for row in rows] + [len(str(cell.value))])
            self._letter_width(offset, min(max(widest + 3, 10), 44))
        if self.breadth == 1:
            self._letter_width(0, 18)
        self.sheet.column_dimensions[get_column_letter(self.column + self.breadth)].width = 3

    def _letter_width(self, offset: int, width: int) -> None:
        self.sheet.column_dimensions[get_column_letter(self.column + offset)].width = width

    def _feed(self, first: int) -> None:
        """Groups that the person writes on the Customer groups sheet appear below those of the agreement."""
        groups = quote_sheetname(ENTITIES[Kind.CUSTOMER_GROUPS].sheet(self.language))
        for index in range(GROUPS_FED):
            for offset, letter in enumerate("AB"):
                source = f"INDEX({groups}!${letter}$2:${letter}${GROUPS_FED + 1},{index + 1})"
                cell = self.sheet.cell(first + index, self.column + offset, f'=IF({source}="","",{source})')
                cell.alignment, cell.font = Alignment(horizontal="left"), font()

    def _formula(self, listed: int, count: int, *, fed: bool) -> str:
        letter = get_column_letter(self.column + listed)
        title = quote_sheetname(self.sheet.title)
        start = f"{title}!${letter}${FIRST_ROW}"
        if not fed:
            return f"{start}:${letter}${FIRST_ROW + max(count, 1) - 1}"
        filled = f"SUMPRODUCT(--(LEN({start}:${letter}${FIRST_ROW + count + GROUPS_FED - 1})>0))"
        return f"OFFSET({start},0,0,MAX(1,{filled}),1)"
