"""The sheet that sums up a run: made once, replaced by the next annotation, known by a hidden name that Excel and LibreOffice keep."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from bulkio.workbook.annotate_cells import text_of
from bulkio.workbook.annotate_styles import Styles
from bulkio.workbook.annotate_tables import defined_names, quoted
from bulkio.workbook.draft import Draft
from bulkio.workbook.package import RELATIONS, STRICT_RELATIONS, Package, child, children

NAME = "_bulkio_summary"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
DIGITS = 9
"""A count has no more digits; what has more is a number of something."""
TITLE_LIMIT = 31

Lines = Sequence[tuple[str, str]]


def summary_sheet(root: etree._Element) -> str | None:
    """The title of the sheet that an earlier annotation added to the workbook."""
    for name in children(child(root, "definedNames"), "definedName"):
        if name.get("name") == NAME:
            return (name.text or "").rpartition("!")[0].strip("$").strip("'").replace("''", "'")
    return None


def write_summary(draft: Draft, package: Package, styles: Styles, title: str, lines: Lines) -> None:
    """Put the lines on the summary sheet, which is added as the last one where there is none yet."""
    known = {sheet.title: sheet.part for sheet in package.sheets}
    earlier = summary_sheet(draft.tree(draft.workbook))
    part = known.get(earlier) if earlier is not None else None
    if part is None:
        part = _new_sheet(draft, title)
    draft.put_bytes(part, _sheet(draft, styles, lines).encode())


def _new_sheet(draft: Draft, title: str) -> str:
    root = draft.tree(draft.workbook)
    sheets = child(root, "sheets")
    if sheets is None:
        raise draft.archive.damaged(draft.workbook)
    title = _free_title(title, {element.get("name", "").casefold() for element in sheets})
    part = draft.free_name("xl/worksheets/sheet{}.xml")
    draft.declare(part, TYPE)
    sheet = etree.SubElement(sheets, sheets.tag.replace("sheets", "sheet"))
    sheet.set("name", title)
    sheet.set("sheetId", str(1 + max((int(one.get("sheetId", "0")) for one in sheets), default=0)))
    namespace = STRICT_RELATIONS if draft.strict else RELATIONS
    sheet.set(f"{{{namespace}}}id", draft.relate(draft.workbook, "worksheet", part))
    _name(root, title)
    return part


def _free_title(title: str, taken: set[str]) -> str:
    candidate, number = title, 2
    while candidate.casefold() in taken:
        ending = f" {number}"
        candidate, number = title[: TITLE_LIMIT - len(ending)] + ending, number + 1
    return candidate


def _name(root: etree._Element, title: str) -> None:
    names = defined_names(root)
    for name in children(names, "definedName"):
        if name.get("name") == NAME:
            names.remove(name)
    name = etree.SubElement(names, names.tag.replace("definedNames", "definedName"))
    name.set("name", NAME)
    name.set("hidden", "1")
    name.text = f"{quoted(title)}!$A$1"


def _sheet(draft: Draft, styles: Styles, lines: Lines) -> str:
    heading, plain = styles.heading(), styles.wrapped()
    rows = "".join(
        f'<row r="{row}">{_text(f"A{row}", label, heading)}{_value(f"B{row}", value, plain)}</row>'
        for row, (label, value) in enumerate(lines, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{draft.namespace}"><dimension ref="A1:B{max(len(lines), 1)}"/>'
        '<cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="110" customWidth="1"/></cols>'
        f'<sheetData>{rows}</sheetData><pageSetup orientation="landscape"/></worksheet>'
    )


def _value(address: str, value: str, style: int) -> str:
    if value.isascii() and value.isdigit() and len(value) <= DIGITS and str(int(value)) == value:
        return f'<c r="{address}" s="{style}"><v>{value}</v></c>'
    return _text(address, value, style)


def _text(address: str, text: str, style: int) -> str:
    return f'<c r="{address}" s="{style}"{text_of(text)}'
