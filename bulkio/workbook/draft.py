"""A workbook that is being changed: which parts are replaced, which are new; all others are copied as they lie."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from zipfile import ZipInfo

from lxml import etree

from bulkio.workbook.archive import Archive
from bulkio.workbook.package import RELATIONS, STRICT_RELATIONS, children, parse, relations_part
from bulkio.workbook.zipping import ZipWriter

TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Pieces = Callable[[], Iterator[bytes]]


class Draft:
    """The changed parts over an archive. Trees are parsed once and written back; streams are asked for when the archive is written."""

    def __init__(self, archive: Archive, workbook: str) -> None:
        self.archive = archive
        self.workbook = workbook
        self._trees: dict[str, etree._Element] = {}
        self._pieces: dict[str, Pieces] = {}
        self._last: set[str] = set()
        self.namespace = etree.QName(self.peek(workbook)).namespace or MAIN
        self.strict = self.namespace != MAIN

    def __contains__(self, part: str) -> bool:
        return part in self._trees or part in self._pieces or part in self.archive

    def tree(self, part: str) -> etree._Element:
        """The tree of a part, to be changed in place."""
        if part not in self._trees:
            self._trees[part] = parse(self.archive, part)
        return self._trees[part]

    def peek(self, part: str) -> etree._Element:
        """The tree of a part, to look at only: it is not written unless it is asked for as `tree` too."""
        return self._trees[part] if part in self._trees else parse(self.archive, part)

    def put(self, part: str, root: etree._Element) -> None:
        """A new tree for a part."""
        self._trees[part] = root

    def put_bytes(self, part: str, content: bytes) -> None:
        """New bytes for a part."""
        self._pieces[part] = lambda: iter((content,))

    def put_pieces(self, part: str, pieces: Pieces) -> None:
        """A part that is made while it is written."""
        self._pieces[part] = pieces

    def write_last(self, part: str) -> None:
        """A part that still changes while the others are written."""
        self._last.add(_key(part))

    def free_name(self, pattern: str) -> str:
        """A part name that is not taken, counting from 1."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def element(self, name: str, **attributes: str) -> etree._Element:
        """An element in the workbook's own namespace."""
        return etree.Element(f"{{{self.namespace}}}{name}", attributes, nsmap=_default(self.namespace))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point at another; the relation's id."""
        holder = relations_part(part)
        if holder not in self:
            self.put(holder, etree.Element(f"{{{PACKAGE_RELATIONS}}}Relationships", nsmap=_default(PACKAGE_RELATIONS)))
        root = self.tree(holder)
        taken = {element.get("Id") for element in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(root, f"{{{PACKAGE_RELATIONS}}}Relationship")
        relation.set("Id", f"rId{number}")
        relation.set("Type", f"{STRICT_RELATIONS if self.strict else RELATIONS}/{kind}")
        relation.set("Target", posixpath.relpath(target, posixpath.dirname(part) or "."))
        return f"rId{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Give a part its content type."""
        root = self.tree(TYPES)
        if not any(element.get("PartName") == f"/{part}" for element in children(root, "Override")):
            override = etree.SubElement(root, root.tag.replace("Types", "Override"))
            override.set("PartName", f"/{part}")
            override.set("ContentType", content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Give every part with that extension its content type, unless they have one."""
        root = self.tree(TYPES)
        if all((element.get("Extension") or "").casefold() != extension for element in children(root, "Default")):
            default = etree.Element(root.tag.replace("Types", "Default"), Extension=extension, ContentType=content_type)
            root.insert(0, default)

    def write(self, writer: ZipWriter) -> None:
        """Write every part: changed ones anew in their old place, then new ones, then those still changing; the rest byte for byte."""
        changed = {**{part: _serialized(tree) for part, tree in self._trees.items()}, **self._pieces}
        waiting = {_key(part): part for part in changed}
        entries = {_key(info.filename): info for info in self.archive.zip.infolist()}
        new = {key: _new_entry(part) for key, part in waiting.items() if key not in entries}
        for key, info in sorted((entries | new).items(), key=lambda entry: entry[0] in self._last):
            part = waiting.get(key)
            if part is None:
                writer.copy(self.archive, info)
            else:
                writer.add(info, changed[part]())
        writer.close()


def _default(namespace: str) -> dict[str, str]:
    return {None: namespace}  # type: ignore[dict-item] # the stubs do not know that None stands for the default namespace


def _serialized(tree: etree._Element) -> Pieces:
    return lambda: iter((etree.tostring(tree.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True),))


def _new_entry(part: str) -> ZipInfo:
    entry = ZipInfo(part)
    entry.CRC = 0  # set when the part is written; ZipInfo leaves it out
    return entry


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
