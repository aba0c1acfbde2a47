"""A dialog asks one question; its safe answer has the focus, and Esc never does harm."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from screens.overlay import Overlay
from screens.words import lines


class Question(Overlay[bool]):
    """Comes back with True where the person chose to go on, False for the safe answer."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "#safe"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "safe", "Back", tooltip="The safe answer"),
        Binding("y", "go_on", show=False, tooltip="The other answer, at once"),
        Binding("left,right", "app.focus_next", show=False, tooltip="From one answer to the other"),
    ]

    def __init__(self, question: str, *, safe: str, go_on: str) -> None:
        super().__init__()
        self.question, self.safe, self.go_on = question, safe, go_on

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(lines(self.question))
            with Horizontal(id="answers"):
                yield Button(self.safe, id="safe", variant="primary", compact=True)
                yield Button(self.go_on, id="go-on", compact=True)

    @on(Button.Pressed, "#safe")
    def action_safe(self) -> None:
        self.dismiss(False)

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        self.dismiss(True)


class Leaving(Question):
    """Asks whether to leave Careline; asked once, however often the key is pressed."""
