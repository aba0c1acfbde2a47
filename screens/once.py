"""A secret that is shown once: it goes when the person has taken it down."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from screens.overlay import Overlay
from screens.widgets.keys_line import KeysLine


class Once(Overlay[None]):
    """`sentence` says what `secret` is, `after` what happens with it."""

    CSS_PATH = ["form.tcss", "once.tcss"]
    HELP: ClassVar[str] = "Take it down now; it is not kept and can't be shown again."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy", tooltip="Copy it to the clipboard"),
        Binding("escape,enter", "dismiss", "I have it", tooltip="It goes, and can't be shown again"),
    ]

    def __init__(self, sentence: str, secret: str, after: str) -> None:
        super().__init__()
        self.sentence, self.secret, self.after = sentence, secret, after

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static(self.sentence, classes="panel-title", markup=False)
            yield Static(self.secret, id="secret", markup=False)
            yield Static(self.after, classes="form-label", markup=False)
            yield KeysLine()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.secret)
        self.notify("Copied.", markup=False)
