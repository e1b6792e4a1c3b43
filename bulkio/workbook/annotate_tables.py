"""Tables and filter names that reach over the result columns, so that a header's filter works there too."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from bulkio.workbook.addresses import Area, area_of, letters_of
from bulkio.workbook.draft import Draft
from bulkio.workbook.package import child, children, local, relations

FILTER_NAME = "_xlnm._FilterDatabase"
BEFORE_NAMES = frozenset(
    {
        "fileVersion",
        "fileSharing",
        "workbookPr",
        "workbookProtection",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
    }
)


def tables_at(draft: Draft, sheet: str, header_row: int) -> dict[str, Area]:
    """The tables of a sheet that meet a row, by part."""
    found = {}
    for relation in relations(draft.archive, sheet).values():
        if relation.type == "table" and not relation.external and relation.target in draft.archive:
            area = area_of(draft.peek(relation.target).get("ref", ""))
            if area is not None and area.top <= header_row <= area.bottom:
                found[relation.target] = area
    return found


def grow_tables(draft: Draft, tables: Mapping[str, Area], header_row: int, headings: Mapping[int, str]) -> None:
    """Let a table whose header is that row, and which ends where our columns begin, reach over them; columns of ours inside one get their names."""
    first, last = min(headings), max(headings)
    for part, area in tables.items():
        root = draft.peek(part)
        if area.top != header_row or root.get("headerRowCount") == "0":
            continue
        if area.left <= first and last <= area.right:
            _rename(draft.tree(part), area, headings)
        elif area.right == first - 1:
            _grow(draft.tree(part), Area(area.left, area.top, last, area.bottom), headings)


def _rename(root: etree._Element, area: Area, headings: Mapping[int, str]) -> None:
    columns = children(child(root, "tableColumns"), "tableColumn")
    for column, heading in headings.items():
        if column - area.left < len(columns):
            columns[column - area.left].set("name", heading)


def _grow(root: etree._Element, area: Area, headings: Mapping[int, str]) -> None:
    columns = child(root, "tableColumns")
    if columns is None:
        return
    root.set("ref", str(area))
    own_filter = child(root, "autoFilter")
    inner = area_of(own_filter.get("ref", "")) if own_filter is not None else None
    if own_filter is not None and inner is not None:
        own_filter.set("ref", str(Area(inner.left, inner.top, area.right, inner.bottom)))
    number = max((int(one.get("id", "0")) for one in columns), default=0)
    for order, (_, heading) in enumerate(sorted(headings.items()), start=1):
        column = etree.SubElement(columns, columns.tag.replace("tableColumns", "tableColumn"))
        column.set("id", str(number + order))
        column.set("name", heading)
    columns.set("count", str(len(columns)))


def name_filter(draft: Draft, title: str, area: Area) -> None:
    """Excel keeps a hidden name for the range of each sheet's filter, and trusts it more than the sheet."""
    root = draft.tree(draft.workbook)
    titles = [element.get("name", "") for element in children(child(root, "sheets"), "sheet")]
    place = str(titles.index(title))
    names = defined_names(root)
    known = (one for one in names if one.get("name") == FILTER_NAME and one.get("localSheetId") == place)
    name = next(known, None)
    if name is None:
        name = etree.SubElement(names, names.tag.replace("definedNames", "definedName"))
        name.set("name", FILTER_NAME)
        name.set("localSheetId", place)
        name.set("hidden", "1")
    start, end = f"${letters_of(area.left)}${area.top}", f"${letters_of(area.right)}${area.bottom}"
    name.text = f"{quoted(title)}!{start}:{end}"


def defined_names(root: etree._Element) -> etree._Element:
    """The workbook's list of names, made in its place where there is none."""
    names = child(root, "definedNames")
    if names is None:
        names = etree.Element(root.tag.replace("workbook", "definedNames"))
        place = sum(local(one) in BEFORE_NAMES for one in root)
        root.insert(place, names)
    return names


def quoted(title: str) -> str:
    """A sheet's title as formulas name it."""
    return "'" + title.replace("'", "''") + "'"
