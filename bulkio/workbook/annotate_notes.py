"""Notes on cells: the comments part and the drawing that shows them, which Excel wants side by side.

Notes of ours begin with our name, as Excel begins a note with its author's; what we add to a user's note follows a line that says so. Both are found
again by that and replaced. The author alone does not tell: LibreOffice forgets it, and the notes of our templates have it too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from bulkio.workbook.addresses import area_of, letters_of
from bulkio.workbook.draft import Draft
from bulkio.workbook.package import child, children, local, relations
from bulkio.workbook.text import ILLEGAL

AUTHOR = "bulkio"
HEADING = "bulkio:\n"
DIVIDER = "\n--- bulkio ---\n"
THREADED = "tc="
"""Authors of conversations begin so; their text stands in another part, and what Excel shows is that."""

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

SHAPE = re.compile(r"<v:shape\b(?:[^>]*/>|.*?</v:shape>)", re.DOTALL)
SHAPE_ID = re.compile(r'\bid="_x0000_s(\d+)"')
ROW_AND_COLUMN = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>\s*<x:Column>\s*(\d+)\s*</x:Column>", re.IGNORECASE)
SHAPES_PER_BLOCK = 1024
NEW_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
NEW_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:2pt;width:240pt;height:90pt;'
    'z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 4</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)

Cell = tuple[int, int]
"""Row and column, counted from 1."""


def write_notes(draft: Draft, sheet: str, notes: Mapping[Cell, str]) -> str | None:
    """Replace our notes on a sheet by these. Returns the relation id of the drawing where the sheet part must name a new one."""
    related = {
        one.type: one
        for one in relations(draft.archive, sheet).values()
        if not one.external and one.target in draft.archive
    }
    comments = related.get("comments")
    if comments is None and not notes:
        return None
    root = draft.tree(comments.target) if comments is not None else _new_comments(draft, sheet)
    ours, added = _comment(draft, root, notes)
    drawing = related.get("vmlDrawing")
    if drawing is None and not added:
        return None
    if drawing is None:
        return _new_drawing(draft, sheet, added)
    content = b"".join(draft.archive.stream(drawing.target)).decode("utf-8", "surrogateescape")
    content = _with_shapes(_without_shapes(content, ours - set(added)), [cell for cell in added if cell not in ours])
    draft.put_bytes(drawing.target, content.encode("utf-8", "surrogateescape"))
    return None


def _new_comments(draft: Draft, sheet: str) -> etree._Element:
    part = draft.free_name("xl/comments{}.xml")
    root = draft.element("comments")
    root.append(draft.element("authors"))
    root.append(draft.element("commentList"))
    draft.put(part, root)
    draft.relate(sheet, "comments", part)
    draft.declare(part, COMMENTS_TYPE)
    return root


def _comment(draft: Draft, root: etree._Element, notes: Mapping[Cell, str]) -> tuple[set[Cell], list[Cell]]:
    """Write the notes into the comments part; the cells that had a note of ours before, and those that have one of their own now."""
    authors, comments = child(root, "authors"), child(root, "commentList")
    if authors is None or comments is None:
        authors, comments = draft.element("authors"), draft.element("commentList")
        root.extend((authors, comments))
    ours = _remove_ours(comments)
    theirs = {cell: one for one in comments if (cell := _cell(one)) is not None}
    author = str(_author(draft, authors)) if notes else ""
    added = []
    for cell, text in sorted(notes.items()):
        if cell not in theirs:
            comments.append(_new_comment(draft, cell, text, author))
            added.append(cell)
        elif not _author_of(authors, theirs[cell]).startswith(THREADED):
            _extend(draft, theirs[cell], DIVIDER + text)
    return ours, added


def _remove_ours(comments: etree._Element) -> set[Cell]:
    ours = set()
    for comment in list(comments):
        cell = _cell(comment)
        if _text(comment).startswith(HEADING):
            comments.remove(comment)
            ours |= {cell} if cell is not None else set()
        else:
            _shorten(comment)
    return ours


def _text(comment: etree._Element) -> str:
    return "".join(one.text or "" for one in comment.iter() if local(one) == "t")


def _shorten(comment: etree._Element) -> None:
    """Take away what an earlier annotation added to a user's note."""
    cut = False
    for text in [one for one in comment.iter() if local(one) == "t"]:
        before, divider, _ = (text.text or "").partition(DIVIDER)
        if cut or divider:
            cut = True
            text.text = before if divider else ""
            run = text.getparent()
            if not text.text and run is not None and local(run) == "r" and (parent := run.getparent()) is not None:
                parent.remove(run)


def _extend(draft: Draft, comment: etree._Element, addition: str) -> None:
    text = child(comment, "text")
    if text is None:
        text = draft.element("text")
        comment.insert(0, text)
    bare = child(text, "t")
    if bare is not None:
        text.remove(bare)
        text.append(_run(draft, bare.text or ""))
    runs = children(text, "r")
    run = _run(draft, addition)
    properties = child(runs[-1], "rPr") if runs else None
    if properties is not None:
        run.insert(0, deepcopy(properties))
    place = list(text).index(runs[-1]) + 1 if runs else 0
    text.insert(place, run)


def _new_comment(draft: Draft, cell: Cell, text: str, author: str) -> etree._Element:
    comment = draft.element("comment", ref=f"{letters_of(cell[1])}{cell[0]}", authorId=author)
    holder = draft.element("text")
    holder.append(_run(draft, HEADING + text))
    comment.append(holder)
    return comment


def _run(draft: Draft, text: str) -> etree._Element:
    run = draft.element("r")
    body = draft.element("t")
    body.set(XML_SPACE, "preserve")
    body.text = ILLEGAL.sub(" ", text)
    run.append(body)
    return run


def _author(draft: Draft, authors: etree._Element) -> int:
    for number, author in enumerate(authors):
        if author.text == AUTHOR:
            return number
    author = draft.element("author")
    author.text = AUTHOR
    authors.append(author)
    return len(authors) - 1


def _author_of(authors: etree._Element, comment: etree._Element) -> str:
    number = comment.get("authorId", "")
    place = int(number) if number.isdigit() else len(authors)
    return (authors[place].text or "") if place < len(authors) else ""


def _cell(comment: etree._Element) -> Cell | None:
    area = area_of(comment.get("ref", ""))
    return None if area is None else (area.top, area.left)


def _new_drawing(draft: Draft, sheet: str, cells: list[Cell]) -> str:
    part = draft.free_name("xl/drawings/vmlDrawing{}.vml")
    first = int(re.sub(r"\D", "", part.rpartition("/")[2]) or 1)
    blocks = ",".join(str(first + block) for block in range(len(cells) // SHAPES_PER_BLOCK + 1))
    content = _with_shapes(NEW_DRAWING.format(blocks=blocks), cells, first * SHAPES_PER_BLOCK)
    draft.put_bytes(part, content.encode())
    draft.declare_extension("vml", VML_TYPE)
    return draft.relate(sheet, "vmlDrawing", part)


def _without_shapes(content: str, cells: set[Cell]) -> str:
    """The drawing without the note shapes of these cells."""

    def kept(shape: re.Match[str]) -> str:
        place = ROW_AND_COLUMN.search(shape[0])
        ours = place is not None and (int(place[1]) + 1, int(place[2]) + 1) in cells
        return "" if ours and 'ObjectType="Note"' in shape[0] else shape[0]

    return SHAPE.sub(kept, content) if cells else content


def _with_shapes(content: str, cells: list[Cell], last: int = 0) -> str:
    """The drawing with a note shape for each of these cells, numbered after the last one."""
    last = max((int(number) for number in SHAPE_ID.findall(content)), default=max(last, SHAPES_PER_BLOCK))
    shapes = "".join(_shape(last + order, cell) for order, cell in enumerate(cells, start=1))
    head, closing, rest = content.rpartition("</xml>")
    return head + shapes + closing + rest


def _shape(number: int, cell: Cell) -> str:
    row, column = cell[0] - 1, cell[1] - 1
    return NEW_SHAPE.format(
        number=number,
        left=column + 1,
        top=max(row - 1, 0),
        right=column + 5,
        bottom=max(row - 1, 0) + 6,
        row=row,
        column=column,
    )
