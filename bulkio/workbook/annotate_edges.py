"""What stands before and after the rows of a sheet part, with room made for our columns, notes and filter.

Elements of a worksheet have a fixed order (ECMA-376 part 1, 18.3.1.99); what is there stays as it is spelled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat

from bulkio.workbook.addresses import Area, area_of
from bulkio.workbook.exotic import Exotic
from bulkio.workbook.package import RELATIONS, STRICT_RELATIONS

ORDER = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews",
    "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
ROOT = re.compile(r"<worksheet\b[^>]*>")
DIMENSION = re.compile(r'(<dimension\b[^>]*\bref=")([^"]*)(")')
COLUMNS = re.compile(r"<cols\b[^>]*>(.*?)</cols>", re.DOTALL)
COLUMN = re.compile(r"<col\b([^>]*?)/?>(?:</col>)?")
BOUNDS = re.compile(r'\b(min|max)="([0-9]+)"')
STYLE = re.compile(r'\bstyle="([0-9]+)"')
REFERENCE = re.compile(r'\bref="([^"]*)"')
CLOSED = "</sheetData>"


@dataclass(frozen=True, slots=True)
class _Column:
    """A `<col>`: the columns it speaks for, and its other attributes as they are spelled."""

    first: int
    last: int
    rest: str

    def xml(self) -> str:
        return f'<col min="{self.first}" max="{self.last}"{self.rest}/>'


def widened(head: str, used: Area, widths: Sequence[tuple[int, int]]) -> str:
    """The head with a dimension that takes in `used`, and these columns set to these widths (in characters)."""
    head = DIMENSION.sub(lambda found: f"{found[1]}{_united(found[2], used)}{found[3]}", head, count=1)
    if not widths:
        return head
    columns = _columns(head)
    for column, width in widths:
        columns = _without(columns, column)
        columns.append(_Column(column, column, f' width="{width}" customWidth="1"'))
    spelled = "".join(column.xml() for column in sorted(columns, key=lambda one: one.first))
    found = COLUMNS.search(head)
    if found is not None:
        return f"{head[: found.start()]}<cols>{spelled}</cols>{head[found.end() :]}"
    place = head.rindex("<sheetData")
    return f"{head[:place]}<cols>{spelled}</cols>{head[place:]}"


def column_styles(head: str) -> dict[int, int]:
    """The style of each column that has one, by column."""
    styles: dict[int, int] = {}
    for column in _columns(head):
        found = STYLE.search(column.rest)
        if found is not None:
            styles |= dict.fromkeys(range(column.first, column.last + 1), int(found[1]))
    return styles


def _columns(head: str) -> list[_Column]:
    found = COLUMNS.search(head)
    return [] if found is None else [_column(attributes) for attributes in COLUMN.findall(found[1])]


def _column(attributes: str) -> _Column:
    bounds = {name: int(number) for name, number in BOUNDS.findall(attributes)}
    if bounds.keys() != {"min", "max"}:
        raise Exotic
    rest = BOUNDS.sub("", attributes).strip()
    return _Column(bounds["min"], bounds["max"], f" {rest}" if rest else "")


def _without(columns: Sequence[_Column], taken: int) -> list[_Column]:
    """The columns with one taken out; what spoke for more than it is split."""
    kept = []
    for one in columns:
        if not one.first <= taken <= one.last:
            kept.append(one)
            continue
        parts = (_Column(one.first, taken - 1, one.rest), _Column(taken + 1, one.last, one.rest))
        kept += [part for part in parts if part.first <= part.last]
    return kept


def _united(reference: str, used: Area) -> str:
    area = area_of(reference)
    if area is None:
        return reference
    return str(
        Area(
            min(area.left, used.left),
            min(area.top, used.top),
            max(area.right, used.right),
            max(area.bottom, used.bottom),
        )
    )


class Tail:
    """The elements after the rows, to which some are added in their place."""

    def __init__(self, head: str, tail: str) -> None:
        found = ROOT.search(head)
        if found is None or not tail.startswith(CLOSED):
            raise Exotic
        self._pieces, self._end = _pieces(found[0], tail.removeprefix(CLOSED))

    def text(self) -> str:
        """The tail as it is to be written."""
        return CLOSED + "".join(text for _, text in self._pieces) + self._end

    def merged(self) -> list[Area]:
        """The ranges whose cells are merged."""
        found = map(area_of, REFERENCE.findall(self._of("mergeCells")))
        return [area for area in found if area is not None]

    def filter_area(self) -> Area | None:
        """The range of the sheet's filter."""
        found = REFERENCE.search(self._of("autoFilter"))
        return area_of(found[1]) if found is not None else None

    def set_filter(self, area: Area) -> None:
        """Let the filter reach over `area`; a new one where the sheet has none."""
        old = self._of("autoFilter")
        if not old:
            self._insert("autoFilter", f'<autoFilter ref="{area}"/>')
            return
        new = REFERENCE.sub(f'ref="{area}"', old, count=1)
        self._pieces = [(name, new if text == old else text) for name, text in self._pieces]

    def point_at_notes(self, relation: str, *, strict: bool) -> None:
        """Name the drawing that shows the sheet's notes."""
        namespace = STRICT_RELATIONS if strict else RELATIONS
        self._insert("legacyDrawing", f'<legacyDrawing xmlns:r="{namespace}" r:id="{relation}"/>')

    def _of(self, name: str) -> str:
        return next((text for one, text in self._pieces if one == name), "")

    def _insert(self, name: str, text: str) -> None:
        after = ORDER[ORDER.index(name) :]
        place = next((at for at, (one, _) in enumerate(self._pieces) if one in after), len(self._pieces))
        self._pieces.insert(place, (name, text))


def _pieces(root: str, tail: str) -> tuple[list[tuple[str, str]], str]:
    """The tail's elements by name, as they are spelled, and what closes the sheet."""
    content = (root + tail).encode()
    starts: list[tuple[str, int]] = []
    end = len(content)
    depth = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 2:
            starts.append((name, parser.CurrentByteIndex))

    def finish(_name: str) -> None:
        nonlocal depth, end
        depth -= 1
        if depth == 0:
            end = parser.CurrentByteIndex

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, finish
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise Exotic from fault
    bounds = [place for _, place in starts] + [end]
    lead = content[len(root.encode()) : bounds[0]].decode()
    pieces = [
        (name, content[place:following].decode()) for (name, place), following in zip(starts, bounds[1:], strict=True)
    ]
    return [("", lead), *pieces] if lead else pieces, content[end:].decode()
