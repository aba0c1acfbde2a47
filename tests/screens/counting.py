"""How many keys something takes."""

from __future__ import annotations

from tests.screens.conftest import Person


class Counting:
    """Somebody at the console whose keys are counted; text that is typed is none of them."""

    def __init__(self, person: Person) -> None:
        self.person, self.keys = person, 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.person.press(*keys)

    async def type(self, text: str) -> None:
        await self.person.type(text)
