"""A class game in the store: written as it is played, gone on with after a crash, for trainers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.desk import Desk, open_desk
from data.errors import Invalid, Refused
from data.quiz.actions import accept_answer
from data.quiz.games import ClassGame, begin_class, class_game, happen, unfinished
from data.quiz.play import EventKind, Stage
from data.quiz.queries import deck
from data.quiz.results import By, results
from data.quiz.rules import GameKind
from data.quiz.views import DeckView
from data.store import open_store
from tests.conftest import NOW
from tests.quiz.conftest import Clock, ClueId

K, S = EventKind, Stage


def step(desk: Desk, game: ClassGame, kind: EventKind, **detail: object) -> ClassGame:
    return happen(desk, game.id, kind, **detail)


def test_a_game_is_written_as_it_is_played(trainer: Desk, clue: ClueId, sailing: DeckView, agent: Desk) -> None:
    game = begin_class(trainer, "Sailing", ["agent07", "Blues"])
    plain = next(one for one in (clue("port"), clue("pier")) if one not in game.game.doubles)
    step(trainer, game, K.PICKED, clue=plain)
    step(trainer, game, K.BUZZED, team=0)
    with pytest.raises(Refused, match="not that team's turn"):
        step(trainer, game, K.JUDGED, team=1, right=True)
    step(trainer, game, K.JUDGED, team=0, right=False, text="larboard")
    assert [team.score for team in class_game(trainer, game.id).game.teams] == [-100, 0]
    step(trainer, game, K.OVERRULED)
    again = class_game(trainer, game.id)
    assert [team.score for team in again.game.teams] == [100, 0]
    assert "larboard" in next(v for v in deck(trainer, "Sailing").clues if v.id == plain).clue.alternatives
    [row] = results(trainer).by(By.AGENT)
    assert (row.name, row.answers, row.right) == ("agent07", 1, 1)
    assert results(agent).whole.answers == 1
    step(trainer, game, K.UNDONE)
    assert "larboard" not in next(v for v in deck(trainer, "Sailing").clues if v.id == plain).clue.alternatives
    assert (results(trainer).whole.answers, results(trainer).whole.right) == (1, 0)
    step(trainer, game, K.UNDONE)
    assert results(trainer).whole.answers == 0


def test_taking_an_overruling_back_leaves_what_the_deck_took_as_right_before(
    trainer: Desk, clue: ClueId, sailing: DeckView
) -> None:
    game = begin_class(trainer, "Sailing", ["Reds", "Blues"])
    plain = next(one for one in (clue("port"), clue("pier")) if one not in game.game.doubles)
    step(trainer, game, K.PICKED, clue=plain)
    step(trainer, game, K.BUZZED, team=0)
    step(trainer, game, K.JUDGED, team=0, right=False, text="larboard")
    accept_answer(trainer, plain, "larboard")
    for kind in (K.OVERRULED, K.UNDONE, K.OVERRULED, K.OVERRULED):
        step(trainer, game, kind)
        assert "larboard" in next(v for v in deck(trainer, "Sailing").clues if v.id == plain).clue.alternatives


def test_a_game_needs_a_trainer_teams_and_a_deck(trainer: Desk, agent: Desk, sailing: DeckView) -> None:
    with pytest.raises(Refused, match="run quiz games"):
        begin_class(agent, "Sailing", ["a"])
    for teams in ([], ["x"] * 0, [f"team {n}" for n in range(7)]):
        with pytest.raises(Invalid, match="1 to 6 teams"):
            begin_class(trainer, "Sailing", teams)
    game = begin_class(trainer, "Sailing", ["a", " a ", "b"])
    assert [team.name for team in game.game.teams] == ["a", "b"]
    step(trainer, game, K.ENDED)
    assert class_game(trainer, game.id).ended and unfinished(trainer, GameKind.CLASS) == ()


CHILD = """
import sys
from data.desk import open_desk
from data.quiz.games import begin_class, happen
from data.quiz.play import EventKind as K
desk = open_desk(sys.argv[1], "trainer05")
game = begin_class(desk, "Sailing", ["Reds", "Blues"])
while game.game.left:
    clue = game.game.left[0]
    game = happen(desk, game.id, K.PICKED, clue=clue)
    if game.game.is_double:
        game = happen(desk, game.id, K.WAGERED, team=game.game.chooses, amount=50)
    else:
        game = happen(desk, game.id, K.BUZZED, team=1)
    game = happen(desk, game.id, K.JUDGED, team=game.game.team, right=True)
    print(game.id, *(team.score for team in game.game.teams), len(game.game.played), flush=True)
    if sys.stdin.readline() == "":
        break
    game = happen(desk, game.id, K.CLOSED)
"""


def test_a_killed_game_goes_on_where_it_was(trainer: Desk, sailing: DeckView) -> None:
    path = trainer.store.path
    trainer.store.close()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin and child.stdout
    for _ in range(3):
        told = child.stdout.readline().split()
        child.stdin.write("\n")
        child.stdin.flush()
    told = child.stdout.readline().split()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    number, reds, blues, played = map(int, told)
    store = open_store(path)
    desk = open_desk(store, "trainer05", clock=lambda: NOW)
    [row] = unfinished(desk, GameKind.CLASS)
    game = class_game(desk, number).game
    assert (row.id, row.deck) == (number, "Sailing")
    assert ([team.score for team in game.teams], len(game.played)) == ([reds, blues], played)
    assert game.stage is S.SHOWN
    on = happen(desk, number, K.CLOSED)
    assert (on.game.stage, len(on.game.left)) == (S.BOARD, 6 - played)
    store.close()


def test_the_clock_of_the_desk_is_used(trainer: Desk, sailing: DeckView, clock: Clock, clue: ClueId) -> None:
    game = begin_class(trainer, "Sailing", ["a"])
    cheap = clue("port")
    at = step(trainer, game, K.PICKED, clue=cheap).game
    clock.go_on(seconds=7)
    assert at.remaining(trainer.now()) == 13
