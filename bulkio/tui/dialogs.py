"""The small windows over a screen: a fault of the run, a question, the keys."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from bulkio.language import Language, Wording, translate
from bulkio.tui.cells import fit, on_lines


class FaultDialog(ModalScreen[None]):
    """What stopped the work, what is safe, and what to do; any of the usual keys leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,q,space,ctrl+c", "leave", "Leave")]

    def __init__(self, title: str, wording: Wording, language: Language) -> None:
        super().__init__()
        self._title = title
        self._wording = wording
        self._language = language

    def compose(self) -> ComposeResult:
        """Title, message, hint, one button."""
        with Vertical(classes="dialog -fault"):
            yield Static(Content(f"✗ {self._title}"), classes="dialog--title")
            with VerticalScroll(can_focus=False):
                yield Static(Content(on_lines(self._wording.message)), classes="dialog--message")
                yield Static(Content(on_lines(self._wording.hint)), classes="dialog--hint")
            with Horizontal(classes="dialog--buttons"):
                yield Button(Content(translate("Leave", self._language)), id="leave", variant="primary")

    @on(Button.Pressed)
    def action_leave(self) -> None:
        """Close; the one who opened it decides what follows."""
        self.dismiss(None)


class Question(ModalScreen[bool]):
    """A question with two answers; escape is the one that changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No", show=False),
        Binding("y,j", "answer(True)", "Yes", show=False),
        Binding("left,right", "app.focus_next", "Other answer", show=False),
    ]

    def __init__(self, title: str, message: str, yes: str, no: str) -> None:
        super().__init__()
        self._title = title
        self._message = message
        self._yes = yes
        self._no = no

    def compose(self) -> ComposeResult:
        """Title, message, two buttons."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="dialog--title")
            yield Static(Content(self._message), classes="dialog--message")
            with Horizontal(classes="dialog--buttons"):
                yield Button(Content(self._no), id="no", variant="primary")
                yield Button(Content(self._yes), id="yes")

    @on(Button.Pressed)
    def answered(self, event: Button.Pressed) -> None:
        """A button answers as its key does."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """A key answers."""
        self.dismiss(yes)


class Help(ModalScreen[None]):
    """What the screen is for, and its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1,escape,enter,q,ctrl+c", "leave", "Close")]

    def __init__(self, about: str, bindings: dict[str, ActiveBinding], language: Language) -> None:
        super().__init__()
        self._about = about
        self._bindings_below = bindings
        self._language = language

    def compose(self) -> ComposeResult:
        """The sentences, then a line a key."""
        with Vertical(classes="dialog -help"):
            yield Static(Content(translate("Help", self._language)), classes="dialog--title")
            with VerticalScroll():
                yield Static(Content(self._about), classes="dialog--message")
                yield Static(self._keys(), classes="dialog--keys")

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

    def _keys(self) -> Content:
        by_action: dict[str, tuple[list[str], str]] = {}
        for key, active in self._bindings_below.items():
            if active.binding.description and active.enabled:
                keys, _ = by_action.setdefault(active.binding.action, ([], active.binding.description))
                keys.append(self.app.get_key_display(active.binding) if not keys else key)
        lines = [
            Content.assemble((fit(" ".join(keys[:2]), 20), "bold $text-primary"), says)
            for keys, says in by_action.values()
        ]
        return Content("\n").join(lines)
