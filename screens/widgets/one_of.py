"""One of a few, chosen in place: what stands there is chosen already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.words import muted, plain


class OneOf(Widget, can_focus=True):
    """Shows one of `options` (key, what it says); left and right choose another, a letter the next that begins so."""

    HELP: ClassVar[str] = "Left and right choose; a letter goes to the next one that begins with it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "step(1)", show=False, tooltip="The next one"),
        Binding("left", "step(-1)", show=False, tooltip="The one before"),
        Binding("enter", "submit", show=False, tooltip="On to the next field"),
    ]

    value: reactive[str] = reactive("")

    @dataclass
    class Changed(Message):
        """Another one was chosen. `value`: its key."""

        value: str

    class Submitted(Message):
        """The person goes on."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        keys = [key for key, _ in self.options]
        self.set_reactive(OneOf.value, value if value in keys else keys[0])

    @property
    def place(self) -> int:
        """Where the chosen one stands among the options."""
        return next(place for place, (key, _) in enumerate(self.options) if key == self.value)

    def render(self) -> Content:
        place = muted(f" ›  {self.place + 1} of {len(self.options)}")
        said = plain(self.options[self.place][1])
        room = max(1, self.size.width - place.cell_length - 2)
        return Content.assemble(("‹ ", "$muted"), said.truncate(room, ellipsis=True), place)

    def watch_value(self) -> None:
        self.post_message(self.Changed(self.value))

    def action_step(self, by: int) -> None:
        self.value = self.options[(self.place + by) % len(self.options)][0]

    def action_submit(self) -> None:
        self.post_message(self.Submitted())

    def on_click(self) -> None:
        self.action_step(1)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses the next option that begins with it."""
        if not event.character or not event.character.isalnum():
            return
        event.stop()
        event.prevent_default()
        after = (*self.options[self.place + 1 :], *self.options[: self.place + 1])
        letter = event.character.lower()
        self.value = next((key for key, said in after if said.lower().startswith(letter)), self.value)
