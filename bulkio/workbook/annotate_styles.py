"""Styles for what is drawn: clones of the user's own that differ in their fill, and the way back to the originals.

A painted cell keeps number format, font and border. The fill we draw is solid in a colour of our own; its background colour, which a solid fill
does not show, keeps the colour of the fill that was there, so that a later annotation can restore it also after Excel renumbered every style.
LibreOffice writes another background colour; a cell that was painted over a fill comes back without one from there.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from bulkio.workbook.annotation import Tone
from bulkio.workbook.draft import Draft
from bulkio.workbook.package import child, children, local

COLOURS = {Tone.GOOD: "FFC6EFCF", Tone.NEUTRAL: "FFEDEDEE", Tone.WARNING: "FFFFEB9D", Tone.BAD: "FFFFC7CF"}
"""Excel's own colours for good, neutral and bad, one step off, so that they can be told from a user's."""
HEADING = "FFD9E1F3"
OVER_A_FILL = {Tone.GOOD: "FFC6EFD0", Tone.NEUTRAL: "FFEDEDEF", Tone.WARNING: "FFFFEB9E", Tone.BAD: "FFFFC7D0"}
"""The same, one step further off, over a cell that had a fill of its own: the background colour then remembers it."""
OURS = frozenset((*COLOURS.values(), *OVER_A_FILL.values(), HEADING))
REMEMBERED_AS = {colour: OVER_A_FILL[tone] for tone, colour in COLOURS.items()}
NOTHING_BEFORE = "FF00B01C"
"""Background colour of our fill over a cell that had none."""

APPLICATION = "docProps/app.xml"
ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
MINIMAL = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
NORMAL = (
    f'<fonts count="1">{MINIMAL["fonts"]}</fonts><fills count="2">{MINIMAL["fills"]}</fills><borders count="1">{MINIMAL["borders"]}</borders>'
    f'<cellStyleXfs count="1">{MINIMAL["cellXfs"]}</cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
"""What every workbook has at least; for one that has no styles at all."""
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The workbook's styles and the clones added to them; ids are those that a cell's `s` names."""

    def __init__(self, draft: Draft, part: str | None) -> None:
        self._draft = draft
        part = part if part is not None and part in draft else _new_part(draft)
        draft.write_last(part)
        self._root = draft.tree(part)
        self._fonts, self._fills, _, self._styles = (self._list(name) for name in MINIMAL)
        self._forgetful = APPLICATION in draft.archive and b"LibreOffice" in draft.archive.read(APPLICATION)
        self._clones: dict[tuple[int, str], int] = {}
        self._originals: dict[int, int] = {}
        self.painted_before = frozenset(number for number, style in enumerate(self._styles) if self._is_ours(style))

    def painted(self, style: int, tone: Tone) -> int:
        """The style with our fill in it; the style itself where it has a fill that could not be restored."""
        return self._clone(self.original(style), COLOURS[tone])

    def original(self, style: int) -> int:
        """The style that an earlier annotation painted over; the style itself where none did."""
        if style not in self.painted_before:
            return style
        if style not in self._originals:
            self._originals[style] = self._original(self._styles[style])
        return self._originals[style]

    def tinted(self, tone: Tone, text: bool) -> int:
        """The style of a result cell; of text, one that Excel keeps as text when the cell is edited."""
        return self._clone(0, COLOURS[tone], ("quotePrefix", "1") if text else ("quotePrefix", "0"))

    def heading(self) -> int:
        """The style of the headings of the result columns, and of the summary's first column."""
        key = (-1, HEADING)
        if key not in self._clones:
            style = deepcopy(self._styles[0])
            style.set("fontId", str(self._bold()))
            style.set("applyFont", "1")
            self._clones[key] = self._filled(style, HEADING)
        return self._clones[key]

    def wrapped(self) -> int:
        """The style of the summary's second column: from the left, long lines broken."""
        key = (-2, HEADING)
        if key not in self._clones:
            style = deepcopy(self._styles[0])
            for old in children(style, "alignment"):
                style.remove(old)
            style.insert(0, self._draft.element("alignment", horizontal="left", vertical="top", wrapText="1"))
            style.set("applyAlignment", "1")
            self._clones[key] = _kept(self._styles, style)
        return self._clones[key]

    def _clone(self, style: int, colour: str, extra: tuple[str, str] | None = None) -> int:
        key = (style, colour + (extra[1] if extra else ""))
        if key not in self._clones:
            source = self._styles[style if style < len(self._styles) else 0]
            if extra is None and self._before(source) is None:
                return style
            clone = deepcopy(source)
            if extra is not None:
                clone.set(*extra)
            self._clones[key] = self._filled(clone, colour)
        return self._clones[key]

    def _filled(self, style: etree._Element, colour: str) -> int:
        before = self._before(style)
        remembers = before is not None and before.get("rgb") != NOTHING_BEFORE
        style.set("fillId", str(self._fill(REMEMBERED_AS.get(colour, colour) if remembers else colour, before)))
        style.set("applyFill", "1")
        return _kept(self._styles, style)

    def _before(self, style: etree._Element) -> etree._Element | None:
        """The colour of a style's fill as a background colour; None where the fill is more than a colour."""
        fill = self._fill_of(style)
        pattern = child(fill, "patternFill")
        kind = "none" if fill is None else pattern.get("patternType", "none") if pattern is not None else "gradient"
        if kind == "none" or (kind == "gray125" and style.get("fillId") == "1"):
            return self._draft.element("bgColor", rgb=NOTHING_BEFORE)
        colour = child(pattern, "fgColor")
        if kind != "solid" or colour is None:
            return None
        return self._draft.element("bgColor", **{str(name): str(value) for name, value in colour.attrib.items()})

    def _fill_of(self, style: etree._Element) -> etree._Element | None:
        number = int(style.get("fillId", "0"))
        return self._fills[number] if number < len(self._fills) else None

    def _fill(self, colour: str, before: etree._Element | None) -> int:
        fill = self._draft.element("fill")
        pattern = etree.SubElement(fill, self._tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, self._tag("fgColor"), rgb=colour)
        if before is not None:
            pattern.append(before)
        return _kept(self._fills, fill)

    def _bold(self) -> int:
        font = deepcopy(self._fonts[0])
        if child(font, "b") is None:
            font.insert(0, self._draft.element("b"))
        return _kept(self._fonts, font)

    def _is_ours(self, style: etree._Element) -> bool:
        colour = child(child(self._fill_of(style), "patternFill"), "fgColor")
        return colour is not None and colour.get("rgb") in OURS

    def _original(self, style: etree._Element) -> int:
        """The style without our fill: one that is there already, or a new one."""
        pattern = child(self._fill_of(style), "patternFill")
        colour, before = child(pattern, "fgColor"), child(pattern, "bgColor")
        remembers = colour is not None and colour.get("rgb") in REMEMBERED_AS.values()
        plain = not remembers or self._forgetful or before is None
        fill = "0" if before is None or plain else str(self._solid(before))
        restored = deepcopy(style)
        restored.set("fillId", fill)
        for number, other in enumerate(self._styles):
            if other.get("fillId", "0") == fill and _facts(other) == _facts(restored):
                return number
        return _append(self._styles, restored)

    def _solid(self, before: etree._Element) -> int:
        """The fill that is solid in that colour; one that is there with any background, or a new one."""
        wanted = _attributes(before)
        for number, fill in enumerate(self._fills):
            pattern = child(fill, "patternFill")
            colour = child(pattern, "fgColor")
            if (
                colour is not None
                and pattern is not None
                and pattern.get("patternType") == "solid"
                and _attributes(colour) == wanted
            ):
                return number
        fill = self._draft.element("fill")
        pattern = etree.SubElement(fill, self._tag("patternFill"), patternType="solid")
        colour = etree.SubElement(pattern, self._tag("fgColor"))
        for name, value in before.attrib.items():
            colour.set(name, value)
        return _append(self._fills, fill)

    def _list(self, name: str) -> etree._Element:
        """One of the lists of the styles part, made where it is missing."""
        found = child(self._root, name)
        if found is None:
            found = self._draft.element(name)
            self._root.insert(self._place_for(name), found)
        if not len(found):
            for element in etree.fromstring(f'<x xmlns="{self._draft.namespace}">{MINIMAL[name]}</x>'):
                found.append(element)
            found.set("count", str(len(found)))
        return found

    def _place_for(self, name: str) -> int:
        before = ORDER[: ORDER.index(name)]
        return sum(local(element) in before for element in self._root)

    def _tag(self, name: str) -> str:
        return f"{{{self._draft.namespace}}}{name}"


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _append(parent: etree._Element, element: etree._Element) -> int:
    parent.append(element)
    parent.set("count", str(len(parent)))
    return len(parent) - 1


def _kept(parent: etree._Element, element: etree._Element) -> int:
    """The number of an element that says the same; it is appended where there is none."""
    said = _said(element)
    for number, other in enumerate(parent):
        if _said(other) == said:
            return number
    return _append(parent, element)


def _said(element: etree._Element) -> tuple[object, ...]:
    return local(element), tuple(sorted(map(tuple, element.attrib.items()))), tuple(_said(one) for one in element)


def _facts(style: etree._Element) -> tuple[object, ...]:
    """What makes two styles the same, apart from their fill."""
    numbers = tuple(style.get(name, "0") for name in ("numFmtId", "fontId", "borderId", "xfId", "quotePrefix"))
    inner = tuple(
        sorted(
            (local(one), *sorted(map(str, one.attrib.items())))
            for one in children(style, "alignment") + children(style, "protection")
        )
    )
    return numbers + inner


def _new_part(draft: Draft) -> str:
    part = "xl/styles.xml" if "xl/styles.xml" not in draft else draft.free_name("xl/styles{}.xml")
    draft.put(part, etree.fromstring(f'<styleSheet xmlns="{draft.namespace}">{NORMAL}</styleSheet>'))
    draft.relate(draft.workbook, "styles", part)
    draft.declare(part, TYPE)
    return part
