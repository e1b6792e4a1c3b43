"""Foreign text on a screen: one line, of an exact width, with every cut and every invisible character shown by a sign."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size

CUT: Final = "…"
"""The sign of a cut."""

_INVISIBLE: Final = (
    *range(0x80, 0xA0),
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
)
"""C1 controls, direction marks, joiners and variation selectors: terminals disagree about their width, or obey them."""

_SIGNS: Final[dict[int, str]] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x09: "→",
    0x0A: "↵",
    0x0D: "↵",
    0x7F: "␡",
    **dict.fromkeys(_INVISIBLE, "·"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def on_one_line(text: str) -> str:
    """The text with line breaks, controls and direction marks shown as signs."""
    return text.replace("\r\n", "\n").translate(_SIGNS)


def on_lines(text: str) -> str:
    """The same, but line breaks break the line as well."""
    return on_one_line(text).replace("↵", "↵\n")


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells of the terminal; what does not fit is cut, and the cut is shown."""
    if width <= 0:
        return ""
    longest = 4 * width + 8  # a cell can hold 32,767 characters; only what may be seen is looked at
    line = on_one_line(text[:longest])
    if len(text) <= longest and cell_len(line) <= width:
        return set_cell_size(line, width)
    return set_cell_size(line, width - 1) + CUT


def fit_right(text: str, width: int) -> str:
    """As `fit`, but standing at the right edge, as figures do."""
    fitted = fit(text, width)
    shown = fitted.rstrip(" ")
    return " " * (len(fitted) - len(shown)) + shown


def cells(text: str) -> int:
    """How many cells of the terminal the text takes."""
    return cell_len(text)
