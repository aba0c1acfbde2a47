"""The base of every form, question and menu that lies over a screen: it has a help of its own."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Overlay(ModalScreen[Result]):
    """A form, question or menu over the screen. The keys of the screen under it do not work; help does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "Help", id="help", show=False, tooltip="Every key that works here"),
    ]

    def action_help(self) -> None:
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen.about(self))
