"""Where the notes of a header row stand: openpyxl puts every note at the sheet's first cell, so their drawing is ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

NOTE_WIDTH = 300
"""Pixels; about 42 characters to a line."""
_LINE_HEIGHT = 18
_MARGIN = 16
_ROW = 20
_CHARACTER = 7
_BEYOND = 8
"""Columns after the last one, for the notes that reach over the edge."""

_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{sheet}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:{left}pt;margin-top:2pt;'
    'width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#fffdf0" strokecolor="#b8c4d3" '
    'o:insetmode="auto"><v:fill color2="#fffdf0"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>0</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def note_height(text: str) -> int:
    """Pixels that a note needs to show its whole text."""
    lines = sum(max(1, -(-len(line) // 42)) for line in text.split("\n"))
    return _LINE_HEIGHT * lines + _MARGIN


def note_drawings(sheets: Sequence[Worksheet]) -> Iterator[tuple[str, bytes]]:
    """The drawing part of each sheet's header notes, under the name that openpyxl gave it."""
    for number, sheet in enumerate(sheets, 1):
        shapes = "".join(_shapes(sheet, number))
        yield f"xl/drawings/commentsDrawing{number}.vml", f"{_HEAD.format(sheet=number)}{shapes}</xml>".encode()


def _shapes(sheet: Worksheet, number: int) -> Iterator[str]:
    edges = _edges(sheet)
    for column, cell in enumerate(sheet[1]):
        if cell.comment is None:
            continue
        left = edges[column + 1] + 8
        height = note_height(cell.comment.text)
        yield _SHAPE.format(
            number=1024 * number + column + 1,
            order=column + 1,
            column=column,
            left=left * 0.75,
            width=NOTE_WIDTH * 0.75,
            height=height * 0.75,
            anchor=_anchor(edges, column + 1, height),
        )


def _edges(sheet: Worksheet) -> list[int]:
    """The left edge of each column in pixels."""
    edges = [0]
    for index in range(1, sheet.max_column + _BEYOND):
        width = sheet.column_dimensions[get_column_letter(index)].width if index <= sheet.max_column else 8.43
        edges.append(edges[-1] + round(width * _CHARACTER) + 5)
    return edges


def _anchor(edges: Sequence[int], first: int, height: int) -> str:
    """The two corners as cells and pixels within them: the note begins beside its header, and ends some rows below."""
    right = edges[first] + 8 + NOTE_WIDTH
    last = max(index for index, edge in enumerate(edges) if edge <= right)
    below = height - 42
    return f"{first}, 8, 0, 2, {last}, {right - edges[last]}, {1 + below // _ROW}, {below % _ROW}"
