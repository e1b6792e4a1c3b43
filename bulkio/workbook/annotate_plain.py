"""A sheet part of any sound spelling, respelled whole so that rows can be patched in it: nothing in it is left out.

Reading has a respelling of its own (`canonical`), which keeps only what reading needs. This one is for parts with prefixes, other encodings,
comments between rows, or rows and cells without an address; Excel, LibreOffice and openpyxl write none of these.
"""

from __future__ import annotations

import re

from lxml import etree

from bulkio.workbook.addresses import letters_of, number_of
from bulkio.workbook.archive import Archive
from bulkio.workbook.package import children, local

LETTERS = re.compile(r"[A-Za-z]{1,3}")


def plainly(archive: Archive, part: str) -> str:
    """The part with its own namespace as the default, every row and cell with its address first. Raises NotAWorkbook where it is no sound XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    for chunk in archive.stream(part):
        parser.feed(chunk)
    try:
        tree = parser.close()
    except etree.XMLSyntaxError as fault:
        raise archive.damaged(part) from fault
    if tree.getroottree().docinfo.internalDTD is not None:
        raise archive.has_dtd(part)
    root = _with_default_namespace(tree)
    _address(root)
    return etree.tostring(root, encoding="unicode").replace("<sheetData/>", "<sheetData></sheetData>")


def _with_default_namespace(tree: etree._Element) -> etree._Element:
    own = etree.QName(tree).namespace
    kept = {prefix: uri for prefix, uri in tree.nsmap.items() if uri != own and prefix is not None}
    spaces: dict[str, str] = kept | ({None: own} if own else {})  # type: ignore[assignment] # the stubs do not know None
    root = etree.Element(tree.tag, {str(name): str(value) for name, value in tree.attrib.items()}, nsmap=spaces)
    root.text = tree.text
    root.extend(list(tree))
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in kept if prefix])
    return root


def _address(root: etree._Element) -> None:
    number = 0
    for holder in children(root, "sheetData"):
        for row in children(holder, "row"):
            given = row.get("r", "")
            number = int(given) if given.isascii() and given.isdigit() else number + 1
            _lead_with(row, "r", str(number))
            _address_cells(row, number)


def _address_cells(row: etree._Element, number: int) -> None:
    column = 0
    for cell in row:
        if local(cell) == "c":
            letters = LETTERS.match(cell.get("r", "").lstrip("$"))
            column = number_of(letters[0].upper()) if letters else column + 1
            _lead_with(cell, "r", f"{letters_of(column)}{number}")


def _lead_with(element: etree._Element, name: str, value: str) -> None:
    rest = {key: one for key, one in element.attrib.items() if key != name}
    element.attrib.clear()
    element.set(name, value)
    for key, one in rest.items():
        element.set(key, one)
