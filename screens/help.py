"""Help: what one looks at, and every key that works here; it follows the focus."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from screens.keys import working


class HelpScreen(ModalScreen[None]):
    """A page over the screen. `parts`: what the focus is in; `here` and `everywhere`: (keys, what they do)."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss", "Close", tooltip="Close the help"),
    ]

    def __init__(self, parts: list[str], here: list[tuple[str, str]], everywhere: list[tuple[str, str]]) -> None:
        super().__init__()
        self.parts, self.here, self.everywhere = parts, here, everywhere

    @classmethod
    def about(cls, screen: Screen[Any]) -> Self:
        """Help on `screen` as it is: on the focused widget and around it, and on every active key."""
        path = screen.focused.ancestors_with_self if screen.focused else [screen]
        parts = [text for node in path if (text := getattr(node, "HELP", ""))]
        keys = sorted(working(screen), key=lambda one: (one.rank, not one.shown and not one.named))
        told = [(one.rank, (" ".join(one.keys), one.help + " (not here)" * one.off)) for one in keys]
        return cls(parts, [key for rank, key in told if not rank], [key for rank, key in told if rank])

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            for part in self.parts:
                yield Static(part, classes="help-part", markup=False)
            yield from self.listed(self.here)
            yield Static("Everywhere", classes="help-part panel-title")
            yield from self.listed(self.everywhere)

    def listed(self, keys: list[tuple[str, str]]) -> ComposeResult:
        """Each key beside what it does."""
        for key, told in keys:
            with Horizontal(classes="help-key"):
                yield Static(Content.styled(key, "$keys-key"), classes="help-keys")
                yield Static(told, classes="help-told", markup=False)
