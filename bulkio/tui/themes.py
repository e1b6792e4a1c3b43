"""The colours to choose from: Textual's own, and one for those who need strong contrast."""

from __future__ import annotations

from textual.theme import Theme

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff00",
    warning="#ffff00",
    error="#ff6060",
    dark=True,
    variables={
        "text-muted": "#ffffff",
        "text-disabled": "#c0c0c0",
        "text-error": "#ff8080",
        "text-warning": "#ffff00",
        "text-success": "#60ff60",
        "error-muted": "#600000",
        "warning-muted": "#404000",
        "primary-muted": "#404000",
        "footer-key-foreground": "#ffff00",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
    },
)
"""White on black, nothing dimmed; text on each of its colours has a contrast of at least 7 to 1."""
