"""The small windows over a screen: a fault of the run, a question, the keys."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input, Static

from bulkio.language import Language, Wording, translate
from bulkio.tui.cells import fit, on_lines, on_one_line


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
                yield Static(Content(_paragraphs(self._wording.hint)), classes="dialog--hint")
            with Horizontal(classes="dialog--buttons"):
                yield Button(Content(translate("Leave", self._language)), id="leave", variant="primary")

    @on(Button.Pressed)
    def action_leave(self) -> None:
        """Close; the one who opened it decides what follows."""
        self.dismiss(None)


def _paragraphs(text: str) -> str:
    """Our own line breaks are meant; only what stands between them may be foreign."""
    return "\n".join(on_one_line(line) for line in text.split("\n"))


class CompanyQuestion(ModalScreen[bool]):
    """A real agreement is written only after its company's name was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, company: str, language: Language) -> None:
        super().__init__()
        self._company = company
        self._language = language

    def compose(self) -> ComposeResult:
        """What to type, and where."""
        say, company = self._language, on_one_line(self._company)
        with Vertical(classes="dialog -real"):
            yield Static(Content(translate("This writes to a real agreement", say)), classes="dialog--title")
            yield Static(
                Content(translate("To upload, type the company's name: {company}", say, company=company)),
                classes="dialog--message",
            )
            yield Input(id="company")
            yield Static(id="wrong", classes="dialog--hint")

    @on(Input.Submitted)
    def typed(self, event: Input.Submitted) -> None:
        """The right name goes on; a wrong one is said to be wrong, and nothing happens."""
        if _same_name(event.value, self._company):
            self.dismiss(True)
            return
        say = translate("That is not the company's name. Nothing was sent.", self._language)
        self.query_one("#wrong", Static).update(Content.styled(say, "$text-error"))

    def action_leave(self) -> None:
        """Nothing was sent."""
        self.dismiss(False)


def _same_name(typed: str, company: str) -> bool:
    return " ".join(typed.split()).casefold() == " ".join(company.split()).casefold()


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
        for active in sorted(self._bindings_below.values(), key=_of_the_screen_first):
            keys, _ = by_action.setdefault(active.binding.action, ([], active.binding.description))
            keys.append(self.app.get_key_display(active.binding))
        lines = [
            Content.assemble((fit(" ".join(keys[:3]), 20), "bold $text-primary"), says)
            for keys, says in by_action.values()
        ]
        return Content("\n").join(lines)


def _of_the_screen_first(active: ActiveBinding) -> int:
    return 0 if isinstance(active.node, Screen) else 1
