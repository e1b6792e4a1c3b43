"""Text as the XML of a workbook spells it, and back."""

from __future__ import annotations

import re

from bulkio.workbook.exotic import Exotic

ENTITY = re.compile(r"&[^;&]{0,10};?")
NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
LAST = 0x10FFFF
CARRIAGE_RETURN = 13
MEMO = 4096
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
SURROGATE = re.compile("[\ud800-\udfff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\r]")
"""What XML 1.0 cannot hold, and the carriage return, which XML turns into a line feed."""


def unescaped(text: str) -> str:
    """Character data with its entities resolved; raises Exotic for one that XML does not define."""
    return ENTITY.sub(_resolve, text) if "&" in text else text


def all_unescaped(texts: list[str]) -> list[str]:
    """Many texts at once; the parting character cannot stand in XML."""
    return unescaped("\0".join(texts)).split("\0") if texts else []


class _Entities(dict[str, str]):
    """Entities met so far with what they stand for."""

    def __missing__(self, entity: str) -> str:
        if len(self) > MEMO:
            self.clear()
        self[entity] = character = _character(entity)
        return character


ENTITIES = _Entities((f"&{name};", character) for name, character in NAMED.items())


def _resolve(match: re.Match[str]) -> str:
    return ENTITIES[match[0]]


def _character(entity: str) -> str:
    numbered = NUMBERED.fullmatch(entity)
    if numbered is None:
        raise Exotic
    code = int(numbered[1], 16) if numbered[1] else int(numbered[2])
    if code > LAST or (code != CARRIAGE_RETURN and ILLEGAL.fullmatch(chr(code))):
        raise Exotic
    return chr(code)


def decoded(text: str) -> str:
    """Text with Excel's own escapes (`_x000D_`) resolved (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    found = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return _paired(found) if SURROGATE.search(found) else found


def _paired(text: str) -> str:
    """Halves of a character that was escaped in two, put together; a half without its other half becomes a replacement mark."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def encoded(text: str) -> str:
    """Text as it stands in the XML: characters that XML cannot hold become Excel's escapes, markup is escaped."""
    text = LOOKS_ESCAPED.sub("_x005F_", text)
    text = ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text as an attribute's value in double quotes."""
    text = ILLEGAL.sub(" ", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
