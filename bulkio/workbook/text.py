"""Text as the XML of a workbook spells it, and back."""

from __future__ import annotations

import re

from bulkio.workbook.exotic import Exotic

ENTITY = re.compile(r"&([^;&]{0,10});?")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\r]")
"""What XML 1.0 cannot hold, and the carriage return, which XML turns into a line feed."""


def unescaped(text: str) -> str:
    """Character data with its entities resolved; raises Exotic for one that XML does not define."""
    return ENTITY.sub(_entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if name in NAMED and match[0].endswith(";"):
        return NAMED[name]
    if not re.fullmatch(r"#(?:\d{1,7}|x[0-9A-Fa-f]{1,6})", name) or not match[0].endswith(";"):
        raise Exotic
    code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    if code > 0x10FFFF or ILLEGAL.fullmatch(chr(code)) and code != 13:
        raise Exotic
    return chr(code)


def decoded(text: str) -> str:
    """Text with Excel's own escapes (`_x000D_`) resolved (ECMA-376 part 1, 22.9.2.19)."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def encoded(text: str) -> str:
    """Text as it stands in the XML: characters that XML cannot hold become Excel's escapes, markup is escaped."""
    text = LOOKS_ESCAPED.sub("_x005F_", text)
    text = ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text as an attribute's value in double quotes."""
    text = ILLEGAL.sub(" ", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
