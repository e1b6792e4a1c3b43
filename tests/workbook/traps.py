"""Every trap that fast readers lose, one a row of one workbook, with what it must be read as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulkio.model.table import CellKind
from tests.workbook.parts import customers, string


@dataclass(frozen=True, slots=True)
class Trap:
    """A cell of column B: its XML with `{cell}` for its address, and what it shows and stores. `kept` is false for a row that is none."""

    name: str
    xml: str
    text: str | None
    kind: CellKind
    hidden: bool = False
    kept: bool = True


def _written(name: str, text: str) -> Trap:
    return Trap(name, string("{cell}", text), text, CellKind.TEXT)


TRAPS = dict(
    enumerate(
        (
            Trap("error cell", '<c r="{cell}" t="e"><v>#N/A</v></c>', "#N/A", CellKind.ERROR),
            _written("text digits", "0900"),
            _written("text digits that all parse", "12345678"),
            Trap("zero by format", '<c r="{cell}" s="1"><v>900</v></c>', "0900", CellKind.NUMBER),
            Trap("whole number", '<c r="{cell}"><v>12345678.0</v></c>', "12345678", CellKind.NUMBER),
            Trap("long number", '<c r="{cell}"><v>5.798000123456E+12</v></c>', "5798000123456", CellKind.NUMBER),
            Trap("empty row", "", None, CellKind.BLANK, kept=False),
            Trap("row of space", string("{cell}", "  "), None, CellKind.BLANK, kept=False),
            Trap("hidden row", string("{cell}", "Skjult"), "Skjult", CellKind.TEXT, hidden=True),
            Trap("boolean", '<c r="{cell}" t="b"><v>1</v></c>', "TRUE", CellKind.BOOLEAN),
            _written("name NA", "NA"),
            _written("name None", "None"),
            _written("name nan", "nan"),
            Trap("date", '<c r="{cell}" s="2"><v>45351</v></c>', "2024-02-29", CellKind.DATE),
            Trap("percent", '<c r="{cell}" s="3"><v>0.25</v></c>', "25%", CellKind.NUMBER),
            Trap("formula", '<c r="{cell}"><f>1+1</f><v>2</v></c>', "2", CellKind.NUMBER),
            Trap("formula without a result", '<c r="{cell}"><f>1+1</f></c>', None, CellKind.UNCALCULATED),
            Trap("escape", string("{cell}", "_x0041_B"), "AB", CellKind.TEXT),
            Trap("shared rich text", '<c r="{cell}" t="s"><v>0</v></c>', "Ærø A/S", CellKind.TEXT),
        ),
        2,
    )
)
RICH = '<r><t xml:space="preserve">Ærø </t></r><r><t>A/S</t></r>'


def trap_workbook(path: Path) -> Path:
    """The workbook of all traps."""
    rows = "".join(
        f'<row r="{row}"{" hidden=" + chr(34) + "1" + chr(34) if trap.hidden else ""}>{trap.xml.replace("{cell}", f"B{row}")}</row>'
        for row, trap in TRAPS.items()
    )
    return customers(rows, strings=[RICH], formats=("0000", "yyyy-mm-dd", "0%")).save(path)
