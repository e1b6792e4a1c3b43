"""Number formats: how a stored number is shown where its format carries meaning (zero padding, percent, dates)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from bulkio.model.table import CellKind
from bulkio.workbook.archive import Archive
from bulkio.workbook.dates import show_date
from bulkio.workbook.numbers import number, plain
from bulkio.workbook.package import child, children, parse

Show = Callable[[str], tuple[str, CellKind]]
"""From the stored text of a number to what its format shows, and what kind of value that is."""

BUILT_IN = {
    9: "0%", 10: "0.00%", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
}  # fmt: skip
"""Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30), as far as they carry meaning."""

SYSTEM_DATES = frozenset({14, *range(27, 32), 36, *range(50, 59)})
"""Built-in dates that every system shows in its own order; shown in ISO."""
SYSTEM_DATE_TIMES = frozenset({22})

LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
DATE_LETTERS = re.compile(r"[ymdhs]|A/P", re.IGNORECASE)
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
CONDITION = re.compile(r"\[[<>=]")
PIECE = re.compile(r'"([^"]*)"|\\(.)|(_.)|(\*.)|(\[[^\]]*\])|(.)', re.DOTALL)


def show_plain(stored: str) -> tuple[str, CellKind]:
    """The number itself; what is no number stands as it is, as text."""
    try:
        return plain(stored), CellKind.NUMBER
    except ValueError:
        return stored, CellKind.TEXT


def shows(archive: Archive, part: str | None, since_1904: bool) -> list[Show]:
    """How each cell style of the workbook (`s` of a cell) shows a number."""
    if part is None or part not in archive:
        return []
    root = parse(archive, part)
    codes = {
        element.get("numFmtId"): element.get("formatCode", "") for element in children(child(root, "numFmts"), "numFmt")
    }
    by_id: dict[str, Show] = {}
    return [_show_of(style, codes, since_1904, by_id) for style in children(child(root, "cellXfs"), "xf")]


def _show_of(style: etree._Element, codes: dict[str | None, str], since_1904: bool, by_id: dict[str, Show]) -> Show:
    format_id = style.get("numFmtId", "0")
    if format_id not in by_id:
        code = codes.get(format_id)
        by_id[format_id] = _built_in(format_id, since_1904) if code is None else show_for(code, since_1904)
    return by_id[format_id]


def show_numbered(number_id: int, codes: Mapping[int, str], since_1904: bool) -> Show:
    """How a format shows a number, by its own number and the codes that the workbook defines."""
    code = codes.get(number_id)
    return _built_in(str(number_id), since_1904) if code is None else show_for(code, since_1904)


def _built_in(format_id: str, since_1904: bool) -> Show:
    number_id = int(format_id) if format_id.isascii() and format_id.isdigit() else 0
    if number_id in SYSTEM_DATES | SYSTEM_DATE_TIMES:
        return _dated(show_date("yyyy-mm-dd" if number_id in SYSTEM_DATES else "yyyy-mm-dd hh:mm", since_1904))
    return show_for(BUILT_IN.get(number_id, "General"), since_1904)


def show_for(code: str, since_1904: bool = False) -> Show:
    """How a format code shows a number."""
    if CONDITION.search(code):
        return show_plain
    sections = _sections(code)
    bare = LITERAL.sub("", sections[0])
    if ELAPSED.search(sections[0]) or (DATE_LETTERS.search(bare) and "general" not in bare.lower()):
        return _dated(show_date(sections[0], since_1904))
    if "%" in bare:
        return _guarded(lambda value: _percent(value, bare))
    if _is_padded(bare):
        return _guarded(lambda value: _padded(value, sections))
    return show_plain


def _sections(code: str) -> list[str]:
    """The sections for positive, negative and zero numbers; semicolons inside literals do not part them."""
    masked = LITERAL.sub(lambda match: match[0].replace(";", "\0"), code)
    return [section.replace("\0", ";") for section in masked.split(";")]


def _dated(show: Callable[[float], str]) -> Show:
    def shown(stored: str) -> tuple[str, CellKind]:
        try:
            return show(float(stored)), CellKind.DATE
        except (ValueError, OverflowError):
            return show_plain(stored)

    return shown


def _guarded(show: Callable[[Decimal], str]) -> Show:
    def shown(stored: str) -> tuple[str, CellKind]:
        try:
            return show(number(stored)), CellKind.NUMBER
        except (ValueError, ArithmeticError):
            return show_plain(stored)

    return shown


def _percent(value: Decimal, bare: str) -> str:
    decimals = len(re.findall(r"[0#?]", bare.partition(".")[2]))
    return f"{(value * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}%"


def _is_padded(bare: str) -> bool:
    """At least two zeros before the decimal point, and nothing but digits and punctuation of an identifier."""
    whole = bare.partition(".")[0]
    return whole.count("0") >= 2 and re.fullmatch(r"[0#?.\-/ ()+:]*", bare) is not None and "/" not in bare


@dataclass(frozen=True, slots=True)
class _Slot:
    """A digit's place (`0`, `#`, `?`, `.`) or literal text."""

    digit: str
    text: str = ""


def _padded(value: Decimal, sections: list[str]) -> str:
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1 and sections[1]:
        section, sign = sections[1], ""
    slots = _slots(section)
    whole_slots, decimals = _parted(slots)
    rounded = abs(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    return sign + _filled(whole_slots, whole) + (f".{fraction}" if fraction else "")


def _slots(section: str) -> list[_Slot]:
    slots = []
    for quoted, escaped, skipped, filler, bracket, one in PIECE.findall(section):
        if skipped or filler or bracket:
            continue
        slots.append(_Slot(one) if one and one in "0#?." else _Slot("", quoted or escaped or one))
    return slots


def _parted(slots: list[_Slot]) -> tuple[list[_Slot], int]:
    """The places before the decimal point, and how many there are after it."""
    point = next((place for place, slot in enumerate(slots) if slot.digit == "."), None)
    if point is None:
        return slots, 0
    return slots[:point], sum(slot.digit != "" for slot in slots[point + 1 :])


def _filled(slots: list[_Slot], digits: str) -> str:
    """Digits put into their places from the right; what is left over stands before the first place."""
    places = [place for place, slot in enumerate(slots) if slot.digit]
    digits = digits.lstrip("0")
    shown: list[str] = [slot.text for slot in slots]
    for place in reversed(places):
        last, digits = digits[-1:], digits[:-1]
        shown[place] = last or ("0" if slots[place].digit == "0" else "")
    shown[places[0]] = digits + shown[places[0]]
    return "".join(shown)
