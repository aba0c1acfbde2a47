"""What the palette finds: what can be done here, by its name or by words of what it does."""

from __future__ import annotations

from textual.command import Hit, Hits
from textual.system_commands import SystemCommandsProvider

BY_ITS_WORDS = 0.01  # below whatever is found by its name


class Palette(SystemCommandsProvider):
    """Finds "Who works here" for “who”, and for “agents”, which stands in what it is for."""

    async def search(self, query: str) -> Hits:
        matcher, words = self.matcher(query), query.casefold().split()
        for name, told, do, *_ in self.app.get_system_commands(self.screen):
            if match := matcher.match(name):
                yield Hit(match, matcher.highlight(name), do, help=told)
            elif all(word in told.casefold() for word in words):
                yield Hit(BY_ITS_WORDS, name, do, help=told)
