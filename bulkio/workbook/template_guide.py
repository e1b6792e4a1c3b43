"""The how-to sheet: the way of the workbook in six steps, what the colours mean, and every column in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from bulkio.entities import ENTITIES, Entity, Field
from bulkio.language import Language, translate
from bulkio.model.kind import Kind
from bulkio.model.snapshot import Snapshot
from bulkio.workbook.styles import (
    AMBER,
    CODE_FONT,
    FAINT,
    INDENTED,
    INK,
    MIST,
    NAVY,
    ROSE,
    RULED,
    WRAPPED,
    Role,
    fill,
    font,
    header_fill,
    header_font,
    role_of,
)
from bulkio.workbook.template_words import limit_of

TITLE = "How to"
STEPS: tuple[tuple[str, str], ...] = (
    ("", "Fill in the sheets from left to right; leave a sheet empty if you have nothing for it. Save the workbook."),
    ("bulkio check FILE.xlsx", "finds every fault at once. Nothing is sent."),
    ("bulkio review FILE.xlsx", "shows the faults beside the rows, one after another."),
    ("bulkio import FILE.xlsx", "shows what will be created and updated, asks, and sends it."),
    ("", "Open the results workbook: it is your own file, with status, number and message beside each row."),
    ("", "Correct what was refused, in the results workbook, and import that one: only what is not in yet is sent."),
)
ADVICE = (
    "Customer number may be left empty: bulkio gives the next free one and writes it back.",
    "Give such a customer an own reference, and use that in Contacts and Delivery locations.",
    "Columns may be moved, hidden or left out, as long as the required ones stay. Columns of your own are left alone.",
    "Where the customer exists already, an empty cell keeps what the agreement holds.",
    "When you paste, paste values only: colours, limits and drop-downs then stay as they are.",
)
COLOURS = {
    Role.REQUIRED: ("Required", "Every row needs it; the header has an asterisk as well."),
    Role.OPTIONAL: ("Optional", "Fill in what you have."),
    Role.SET_LAST: ("Set last", "Said about a customer once its contacts and delivery locations are in."),
    Role.WRITTEN: ("Left empty", "bulkio writes it in exports and results; leave it empty in new rows."),
}
MARKS = {
    AMBER: ("Still missing", "The row has begun, and this required cell is empty."),
    ROSE: ("Twice", "The same number or reference stands in another row."),
}
WIDTHS = {"A": 4, "B": 30, "C": 12, "D": 62, "E": 40, "F": 30}
LINE = 15.5
"""Points for one line of text."""


def taken(snapshot: Snapshot, language: Language) -> str:
    """When the lists were fetched, as the language writes it."""
    at = datetime.fromisoformat(snapshot.taken_at)
    return f"{at:%d-%m-%Y %H.%M} UTC" if language is Language.DANISH else f"{at:%Y-%m-%d %H:%M} UTC"


def write_guide(
    sheet: Worksheet,
    kinds: Sequence[Kind],
    snapshot: Snapshot,
    examples: Mapping[tuple[Kind, str], str],
    language: Language,
) -> None:
    """Fill the how-to sheet."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    page = _Page(sheet, language)
    page.title("How to fill in this workbook")
    page.facts(snapshot)
    page.steps()
    page.colours()
    page.advice()
    for kind in kinds:
        page.columns(ENTITIES[kind], examples)


@dataclass(slots=True)
class _Page:
    """The sheet and the row that is written next."""

    sheet: Worksheet
    language: Language
    row: int = 1

    def title(self, text: str) -> None:
        self._put("A", self._say(text), font(bold=True, size=18, color=NAVY))
        self._height(28)

    def facts(self, snapshot: Snapshot) -> None:
        agreement = f"{snapshot.company} ({snapshot.agreement_number})"
        for label, value in (("Agreement", agreement), ("Lists fetched", taken(snapshot, self.language))):
            self._put("B", self._say(label), font(color=FAINT))
            self._put("C", value, font(color=INK))
            self.row += 1

    def heading(self, text: str) -> None:
        self.row += 1
        for letter in WIDTHS:
            self.sheet[f"{letter}{self.row}"].border = Border(bottom=Side("medium", color=NAVY))
        self._put("A", text, font(bold=True, size=13, color=NAVY))
        self._height(22)

    def steps(self) -> None:
        self.heading(self._say("In six steps"))
        for number, (command, text) in enumerate(STEPS, 1):
            self._put("A", number, font(bold=True, color=NAVY)).alignment = Alignment("center", "top")
            if command:
                self._put("B", self._say(command), font(name=CODE_FONT, color=INK)).alignment = WRAPPED
            self._across("C" if command else "B", self._say(text))

    def colours(self) -> None:
        self.heading(self._say("What the colours mean"))
        for role, (word, text) in COLOURS.items():
            cell = self._put("B", self._say(word) + (" *" if role is Role.REQUIRED else ""), header_font(role))
            cell.fill, cell.alignment = header_fill(role), INDENTED
            self._across("C", self._say(text))
        for colour, (word, text) in MARKS.items():
            cell = self._put("B", self._say(word))
            cell.fill, cell.alignment = fill(colour), INDENTED
            self._across("C", self._say(text))

    def advice(self) -> None:
        self.heading(self._say("Good to know"))
        for text in ADVICE:
            self._put("A", "•", font(color=NAVY)).alignment = Alignment("center", "top")
            self._across("B", self._say(text))

    def columns(self, entity: Entity, examples: Mapping[tuple[Kind, str], str]) -> None:
        self.heading(entity.sheet(self.language))
        for letter, head in zip(
            "BCDEF", ("Column", "Required?", "What belongs there", "Limit", "Example"), strict=True
        ):
            self._put(letter, self._say(head), font(bold=True, color=INK)).fill = fill(MIST)
        self.row += 1
        for field in entity.fields:
            self._column(field, examples.get((entity.kind, field.name), ""))

    def _column(self, field: Field, example: str) -> None:
        role = role_of(field)
        chip = self.sheet[f"A{self.row}"]
        chip.fill = header_fill(role)
        texts = (
            field.header(self.language),
            self._say("yes") if field.required else "",
            field.guidance(self.language),
            limit_of(field, self.language),
            example,
        )
        for letter, text in zip("BCDEF", texts, strict=True):
            cell = self._put(letter, text, font(bold=letter == "B", color=INK))
            cell.border, cell.alignment = RULED, WRAPPED
        self._height(max(_lines(text, WIDTHS[letter]) for letter, text in zip("BCDEF", texts, strict=True)) * LINE)

    def _say(self, text: str) -> str:
        return translate(text, self.language)

    def _put(self, letter: str, value: str | int, ink: Font | None = None):  # type: ignore[no-untyped-def]  # openpyxl's stubs name two cell types
        cell = self.sheet[f"{letter}{self.row}"]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.font = ink or font()
        return cell

    def _across(self, letter: str, text: str) -> None:
        """A text over the columns from here to the last, and on to the next row."""
        self._put(letter, text, font(color=INK)).alignment = WRAPPED
        self.sheet.merge_cells(f"{letter}{self.row}:F{self.row}")
        room = sum(width for name, width in WIDTHS.items() if name >= letter)
        self._height(_lines(text, room) * LINE)

    def _height(self, points: float) -> None:
        self.sheet.row_dimensions[self.row].height = points
        self.row += 1


def _lines(text: str, width: int) -> int:
    return max(1, ceil(len(text) * 0.97 / width))
