"""What the palette finds: what can be done here, by its name or by words of what it does."""

from __future__ import annotations

from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, Hit, Hits
from textual.message import Message
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Button, Input, OptionList

BY_ITS_WORDS = 0.01  # below whatever is found by its name
TYPED = (Input.Changed, Input.Submitted, OptionList.OptionSelected, Button.Pressed)


class Palette(SystemCommandsProvider):
    """Finds "Who works here" for “who”, and for “agents”, which stands in what it is for."""

    async def search(self, query: str) -> Hits:
        matcher, words = self.matcher(query), query.casefold().split()
        for name, told, do, *_ in self.app.get_system_commands(self.screen):
            if match := matcher.match(name):
                yield Hit(match, matcher.highlight(name), do, help=told)
            elif all(word in told.casefold() for word in words):
                yield Hit(BY_ITS_WORDS, name, do, help=told)


class PaletteScreen(CommandPalette):
    """The palette, also for who types faster than it finds: Enter means what was typed before it, and what comes
    behind it is too late. Textual's own would do what stood first before, do it twice, or fail over what is gone."""

    _left = False

    async def _on_message(self, message: Message) -> None:
        if self._left and isinstance(message, TYPED):
            return
        if isinstance(message, Input.Submitted):
            await self._found()
        await super()._on_message(message)

    async def _found(self) -> None:
        """Waits until what was typed is looked for."""
        looking = [one for one in self.workers if one.node is self and not (one.is_finished or one.is_cancelled)]
        if looking:
            await self.workers.wait_for_complete(looking)

    def dismiss(self, result: Any = None) -> AwaitComplete:
        self._left = True
        return super().dismiss(result)
