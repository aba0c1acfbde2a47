"""The quiz on the screen, as its tests come to it."""

from __future__ import annotations

from screens.quiz import QuizScreen
from tests.screens.conftest import Person


async def open_quiz(person: Person) -> None:
    """Goes to the quiz by its key."""
    await person.press("ctrl+t")
    assert isinstance(person.app.screen, QuizScreen)


def large(person: Person) -> str:
    """What stands in large letters."""
    return person.app.screen.big.text  # type: ignore[attr-defined, no-any-return]
