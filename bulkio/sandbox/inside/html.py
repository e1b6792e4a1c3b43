"""HTML that cannot be broken out of: whatever is not built here is escaped."""

from __future__ import annotations

from html import escape

_EMPTY = ("meta", "link", "input", "br")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(element: str, /, *inside: str | float | None, **attributes: str | None) -> Html:
    """An element. Text inside and attributes are escaped; `class_` and `for_` are written without the underscore."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if element in _EMPTY:
        return Html(f"<{element}{given}>")
    return Html(f"<{element}{given}>{''.join(_written(part) for part in inside)}</{element}>")


def joined(parts: list[Html]) -> Html:
    """Elements one after another."""
    return Html("".join(parts))


def _written(part: str | float | None) -> str:
    if isinstance(part, Html):
        return part
    return "" if part is None else escape(str(part), quote=True)
