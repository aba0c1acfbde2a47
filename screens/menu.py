"""A menu over the screen: choose one of a few, by letter, arrows or mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from screens.overlay import Overlay
from screens.widgets.choices import Answers, Choices
from screens.widgets.keys_line import KeysLine
from screens.words import lines, plain


class Menu(Overlay[str | None]):
    """Comes back with the id that was chosen from `rows` (id, what it says), or None when left."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", tooltip="Leave; nothing is chosen"),
    ]

    choices = getters.query_one(Choices)

    def __init__(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.heading, self.rows = title, rows

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static(plain(self.heading), classes="panel-title")
            yield Answers(id="menu")
            yield KeysLine()

    def on_mount(self) -> None:
        self.choices.show([(key, lines(text)) for key, text in self.rows])
        self.choices.focus()

    @on(Choices.Selected)
    def choose(self, message: Choices.Selected) -> None:
        self.dismiss(message.key)

    def action_leave(self) -> None:
        self.dismiss(None)
