"""What all screens share: their language, translated keys, help, and a way to leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from bulkio.language import Language, translate
from bulkio.tui.dialogs import Help

if TYPE_CHECKING:
    from bulkio.tui.app import Desk

Result = TypeVar("Result")


def _is_ours(active: ActiveBinding) -> bool:
    """Textual's own keys, such as sideways paging, are neither translated nor worth a line."""
    own = any(isinstance(one, Binding) and one.action == active.binding.action for one in type(active.node).BINDINGS)
    return bool(active.binding.description) and own and type(active.node).__module__.startswith("bulkio.")


class DeskScreen(Screen[Result]):
    """A screen in one of the languages. The English description of a key is the message that is translated."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "help", "Help")]
    ABOUT: ClassVar[str] = ""
    """What the screen is for, in English; the help shows it above the keys."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.composing = False

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys of the moment with their words in the screen's language; footer and help read them here."""
        return {key: self._worded(active) for key, active in super().active_bindings.items()}

    def fill(self) -> None:
        """Put into the composed screen what it shows; again after a change of language."""

    async def speak(self, language: Language) -> None:
        """The same screen in another language, its cursor where it was."""
        self.language = language
        focused = self.focused.id if self.focused is not None else None
        self.composing = True  # a timer may strike while the widgets are exchanged
        await self.recompose()
        self.composing = False
        self.fill()
        self.refresh_bindings()
        if focused is not None:
            self.query(f"#{focused}").focus()

    def action_help(self) -> None:
        """Show what the screen is for and its keys."""
        about = translate(self.ABOUT, self.language)
        ours = {key: one for key, one in self.active_bindings.items() if one.enabled and _is_ours(one)}
        self.app.push_screen(Help(about, ours, self.language))

    @property
    def desk(self) -> Desk:
        """The application, which tells faults."""
        return cast("Desk", self.app)

    def action_leave(self) -> None:
        """Leave as the user means it on this screen."""
        raise NotImplementedError

    def finish(self, result: Result) -> None:
        """End with a result, even while a help or a question stands over the screen."""
        while self.app.screen is not self:
            self.app.pop_screen()
        self.dismiss(result)

    def _worded(self, active: ActiveBinding) -> ActiveBinding:
        words = translate(active.binding.description, self.language)
        return active._replace(binding=replace(active.binding, description=words))
