"""How the parts of a workbook hang together: relations, content types, the list of sheets."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from bulkio.errors import NotAWorkbook
from bulkio.workbook.archive import Archive

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass(frozen=True, slots=True)
class Relation:
    """One part pointing at another: `type` is the last word of the relation's address, `target` the part's full name."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its title, its part, its `r:id` in the workbook part."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The workbook part and what it points at. `strings` and `styles` are None where the workbook has none."""

    workbook: str
    sheets: tuple[Sheet, ...]
    strings: str | None
    styles: str | None
    since_1904: bool


def parse(archive: Archive, part: str) -> etree._Element:
    """The tree of a small part; no document type, no entities, no network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(archive.read(part), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise archive.damaged(part) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise archive.has_dtd(part)
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; comments and instructions have none."""
    tag: object = element.tag  # a function where the node is a comment
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Child elements of that name, in any namespace (transitional and strict files differ in it)."""
    return [] if element is None else [child for child in element if local(child) == name]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child element of that name."""
    return next(iter(children(element, name)), None)


def relations_part(part: str) -> str:
    """The name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """A part's relations by id; none where it has no relations part. The empty name is the package itself."""
    holder = relations_part(part)
    if holder not in archive:
        return {}
    found = (_relation(element, part) for element in children(parse(archive, holder), "Relationship"))
    return {relation.id: relation for relation in found}


def _relation(element: etree._Element, part: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = resolve(part, target)
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external)


def resolve(part: str, target: str) -> str:
    """The full name of a part that a relation of `part` points at."""
    target = unquote(target).replace("\\", "/")
    base = "/" if target.startswith("/") else "/" + posixpath.dirname(part)
    return posixpath.normpath(posixpath.join(base, target)).lstrip("/")


def open_package(archive: Archive) -> Package:
    """Find the workbook part and its sheets; raises NotAWorkbook where the archive holds something else."""
    workbook = _workbook_part(archive)
    root = parse(archive, workbook)
    related = relations(archive, workbook)
    by_type = {relation.type: relation.target for relation in reversed(related.values()) if not relation.external}
    return Package(
        workbook=workbook,
        sheets=tuple(_sheets(root, related)),
        strings=by_type.get("sharedStrings"),
        styles=by_type.get("styles"),
        since_1904=_flag(child(root, "workbookPr"), "date1904"),
    )


def _flag(element: etree._Element | None, name: str) -> bool:
    return element is not None and element.get(name) in {"1", "true", "on"}


def _sheets(root: etree._Element, related: dict[str, Relation]) -> list[Sheet]:
    found = []
    for element in children(child(root, "sheets"), "sheet"):
        relation = related.get(relation_id(element))
        if relation is not None and relation.type == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            found.append(Sheet(element.get("name", ""), relation.target, hidden))
    return found


def relation_id(element: etree._Element) -> str:
    """The `r:id` of an element, in the transitional or the strict namespace."""
    return element.get(f"{{{RELATIONS}}}id") or element.get(f"{{{STRICT_RELATIONS}}}id") or ""


def _workbook_part(archive: Archive) -> str:
    path = str(archive.path)
    if is_opendocument(archive):
        raise NotAWorkbook("ods_workbook", path=path)
    part = main_part(archive)
    if part is None:
        raise NotAWorkbook("not_a_workbook", path=path)
    if part.endswith(".bin"):
        raise NotAWorkbook("xlsb_workbook", path=path)
    if not _is_spreadsheet(archive, part):
        raise NotAWorkbook("not_a_workbook", path=path)
    return part


def is_opendocument(archive: Archive) -> bool:
    """Whether the archive is an OpenDocument spreadsheet."""
    return "mimetype" in archive and b"opendocument.spreadsheet" in archive.read("mimetype")


def main_part(archive: Archive) -> str | None:
    """The part that the package says is its document, whatever kind of document; None where it says nothing."""
    if "[Content_Types].xml" not in archive and "_rels/.rels" not in archive:
        return None
    found = (one.target for one in relations(archive, "").values() if one.type == "officeDocument")
    return next(found, None) or next((name for name in ("xl/workbook.xml", "xl/workbook.bin") if name in archive), None)


def _is_spreadsheet(archive: Archive, part: str) -> bool:
    """Whether the main part is a workbook: a Word file is a package too."""
    return part in archive and local(parse(archive, part)) == "workbook"
