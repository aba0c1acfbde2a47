"""Pictures of the quiz at both sizes: what changes on screen shows here before a person sees it.

Renew them after a change that is meant: `pytest tests/quiz/test_pictures.py --snapshot-update`.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from console.app import CarelineApp
from console.settings import Settings
from data.desk import Desk, open_desk
from data.quiz.actions import keep_builtin
from data.quiz.games import begin_class, happen
from data.quiz.play import EventKind
from data.quiz.practice import practise
from data.store import open_store
from screens.quiz import QuizScreen
from screens.quiz_class import ClassScreen
from screens.quiz_deck import DeckScreen
from screens.quiz_practice import PracticeScreen
from screens.quiz_results import ResultsScreen
from tests.conftest import NOW
from tests.screens.conftest import LARGE, SMALL, Person

Compare = Callable[..., bool]
TYPED = "recently opned acounts"


@pytest.fixture(scope="module")
def played_file(empty_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our three decks, a class game in which one team was wrong, and some practice."""
    path = shutil.copy(empty_store_file, tmp_path_factory.mktemp("quiz") / "quiz.store")
    store = open_store(path)
    desk = open_desk(store, "trainer05", clock=lambda: NOW, random=random.Random(7))
    decks = keep_builtin(desk)
    game = begin_class(desk, "Search", ["Reds", "Blues", "Greens"])
    for clue, right in ((game.game.left[0], True), (game.game.left[5], False)):
        happen(desk, game.id, EventKind.PICKED, clue=clue)
        happen(desk, game.id, EventKind.BUZZED, team=1)
        game = happen(desk, game.id, EventKind.JUDGED, team=1, right=right)
        if right:
            happen(desk, game.id, EventKind.CLOSED)
    begin_class(desk, "Lifeline", ["Reds", "Blues"])
    for view in decks[1].clues[:5]:
        practise(desk, view.id, view.clue.answer if view.id % 3 else "no idea", 5)
    with store.raw() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store.close()
    return Path(path)


@pytest.fixture
def played(played_file: Path, tmp_path: Path) -> Iterator[Desk]:
    store = open_store(shutil.copy(played_file, tmp_path / "quiz.store"))
    yield open_desk(store, "trainer05", clock=lambda: NOW, random=random.Random(7))
    store.close()


SCREENS: dict[str, Callable[[], Screen[str]]] = {
    "quiz": QuizScreen,
    "board": lambda: ClassScreen(2),
    "clue": lambda: ClassScreen(1),
    "practice": lambda: PracticeScreen("Search"),
    "results": ResultsScreen,
    "deck": lambda: DeckScreen("Lifeline"),
}


def opening(name: str) -> Callable[[Pilot[int]], object]:
    """Opens the screen, and answers where it asks."""

    async def open_it(pilot: Pilot[int]) -> None:
        person = Person(pilot)
        await person.rest()
        await person.open(SCREENS[name]())
        if isinstance(person.app.screen, PracticeScreen):
            person.app.screen.typed.value = TYPED
            await person.press("enter")
        for field in person.app.screen.query(Input):
            field.cursor_blink = False
        await person.rest()

    return open_it


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_picture(snap_compare: Compare, played: Desk, name: str, size: tuple[int, int]) -> None:
    app = CarelineApp(Settings(), desk=played)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=size, run_before=opening(name))
