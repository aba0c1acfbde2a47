"""Help: what one looks at, and every key that works here; it follows the focus."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

KEY_WIDTH = 16


class HelpScreen(ModalScreen[None]):
    """A page over the screen. `parts`: what the focus is in; `keys`: (keys, what they do)."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "dismiss", "Close", tooltip="Close the help"),
    ]

    def __init__(self, parts: list[str], keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self.parts, self.keys = parts, keys

    @classmethod
    def about(cls, screen: Screen[Any]) -> Self:
        """Help on `screen` as it is: on the focused widget and around it, and on every active key."""
        path = screen.focused.ancestors_with_self if screen.focused else [screen]
        parts = [text for node in path if (text := getattr(node, "HELP", ""))]
        keys: dict[tuple[int, str], list[str]] = {}
        for node, binding, enabled, _ in screen.active_bindings.values():
            if binding.tooltip and not binding.system:
                off = "" if enabled else " (not here)"
                shown = keys.setdefault((id(node), binding.tooltip + off), [])
                shown.append(screen.app.get_key_display(binding))
        return cls(parts, [(" ".join(dict.fromkeys(shown)), told) for (_, told), shown in keys.items()])

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            for part in self.parts:
                yield Static(part, classes="help-part", markup=False)
            yield Static(
                Content("\n").join(
                    [Content.assemble((f"{key:<{KEY_WIDTH}}", "$keys-key"), told) for key, told in self.keys]
                ),
                markup=False,
            )
