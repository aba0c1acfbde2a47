"""The door as tests come to it: the console at a store where somebody has to sign in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from console.app import CarelineApp
from console.settings import Settings
from screens.sign_in import SignInScreen
from tests.screens.conftest import SMALL, Person

THEIRS = "nine green lanterns hum"


@asynccontextmanager
async def at_the_door(where: Path, agent: str | None = None) -> AsyncIterator[Person]:
    """Opens the console at the store `where` until it asks who comes, or nobody has to say."""
    app = CarelineApp(Settings(store=str(where), agent=agent))
    app.animation_level = "none"
    async with app.run_test(size=SMALL) as pilot:
        person = Person(pilot)
        while app.desk is None and not isinstance(app.screen, SignInScreen):
            await person.rest()
        yield person


async def give(person: Person, *texts: str) -> None:
    """Pastes into the fields one after the other, and goes on."""
    for text in texts:
        person.put(text)
        await person.press("enter")
