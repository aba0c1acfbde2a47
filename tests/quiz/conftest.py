"""A store with one small deck of three categories and two rows, and a trainer's desk beside the agent's."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from data.desk import Desk, open_desk
from data.quiz.actions import keep_deck
from data.quiz.rules import Clue, DeckText
from data.quiz.views import DeckView
from data.store import Store
from tests.conftest import NOW


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def trainer(store: Store, clock: Clock) -> Desk:
    return open_desk(store, "trainer05", clock=clock, random=random.Random(7))


@pytest.fixture
def agent(store: Store, clock: Clock) -> Desk:
    return open_desk(store, "agent07", clock=clock, random=random.Random(7))


BOARD = DeckText(
    "Sailing",
    tuple(
        Clue(category=category, value=value, text=f"{category} for {value}?", answer=answer)
        for value, answers in ((100, ("port", "pier", "breeze")), (200, ("starboard", "breakwater", "60 knots")))
        for category, answer in zip(("Ships", "Harbors", "Winds"), answers, strict=True)
    ),
    "What a sailor knows.",
)


@pytest.fixture
def sailing(trainer: Desk) -> DeckView:
    return keep_deck(trainer, BOARD)


ClueId = Callable[[str], int]


@pytest.fixture
def clue(sailing: DeckView) -> ClueId:
    """The id of a clue by its answer."""
    return lambda answer: next(view.id for view in sailing.clues if view.clue.answer == answer)
