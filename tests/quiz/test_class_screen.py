"""A class game at the console: played by keys that say why they do not fit, left, and gone on with."""

from __future__ import annotations

from data.desk import Desk
from data.quiz.actions import keep_deck
from data.quiz.games import begin_class, class_game, happen
from data.quiz.play import EventKind, Stage
from data.quiz.queries import deck
from data.quiz.rules import Clue, DeckText
from data.quiz.views import DeckView
from screens.dialog import Question
from screens.form import Form
from screens.quiz_class import ClassScreen
from tests.quiz.conftest import Clock, ClueId
from tests.quiz.screens import large, open_quiz
from tests.screens.conftest import Console, console

__all__ = ["console"]


async def test_a_class_plays(console: Console, trainer: Desk, sailing: DeckView) -> None:
    async with console(at=trainer) as person:
        await open_quiz(person)
        await person.press("c")
        assert isinstance(person.app.screen, Form)
        await person.press("ctrl+s")
        assert isinstance(person.app.screen, ClassScreen)
        person.sees("Sailing · 6 of 6 clues left", "Ships", "Harbors", "Winds", "▸ 1 Team 1", "2 Team 2")
        number = person.app.screen.number
        double = min(class_game(trainer, number).game.doubles)
        await person.press("right", "enter")
        assert large(person) == "Harbors for 100?"
        person.sees("Harbors for 100", "20 s")
        await person.press("1", "w")
        person.sees("× 1 Team 1", "Who buzzes?")
        await person.press("2", "t")
        person.put("a pear")
        await person.press("enter")
        person.sees("“a pear”: wrong.", "Enter goes on")
        await person.press("o")
        assert large(person) == "pier"
        await person.press("enter")
        game = class_game(trainer, number).game
        assert ([team.score for team in game.teams], game.chooses, game.stage) == ([-100, 100], 1, Stage.BOARD)
        assert "a pear" in next(v for v in deck(trainer, "Sailing").clues if v.id in game.played).clue.alternatives
        person.app.screen.press(EventKind.PICKED, clue=double)
        await person.rest()
        assert large(person) == "Daily double!"
        await person.press("enter")
        person.put("150")
        await person.press("enter", "r")
        assert [team.score for team in class_game(trainer, number).game.teams] == [-100, 250]
        await person.press("u")
        assert class_game(trainer, number).game.stage is Stage.ANSWER
        await person.press("v")
        person.sees("Team 2: r right, w wrong. Enter goes on")
        await person.press("enter", "F")
        person.sees("Final round")
        await person.press("enter")
        person.put("100")
        await person.press("enter")
        assert class_game(trainer, number).game.stage is Stage.FINAL
        await person.press("2", "r", "enter")
        assert large(person) == "Team 2 won"
        await person.press("escape")
        person.does_not_see("not finished")


async def test_keys_that_do_not_fit_say_why_and_change_nothing(
    console: Console, trainer: Desk, sailing: DeckView
) -> None:
    number = begin_class(trainer, "Sailing", ["Reds", "Blues"]).id
    async with console(at=trainer) as person:
        await person.open(ClassScreen(number))
        await person.press("r")
        person.sees("Nobody answers now.")
        await person.press("s")
        person.sees("That does not fit now: choose a clue.")
        await person.press("o")
        person.sees("Nothing has been judged yet.")
        await person.press("F")
        person.sees("No team has points to wager")
        await person.press("E")
        assert isinstance(person.app.screen, Question)
        await person.press("enter")
        assert class_game(trainer, number).game.stage is Stage.BOARD
        await person.press("p", "enter")
        person.sees("PAUSED", "The game is paused.")
        await person.press("p", "E", "right", "enter")
        assert class_game(trainer, number).ended


async def test_a_game_that_was_left_goes_on_where_it_was(
    console: Console, trainer: Desk, sailing: DeckView, clock: Clock, clue: ClueId
) -> None:
    game = begin_class(trainer, "Sailing", ["Reds", "Blues"])
    happen(trainer, game.id, EventKind.PICKED, clue=clue("port"))
    happen(trainer, game.id, EventKind.BUZZED, team=1)
    clock.go_on(hours=1)
    async with console(at=trainer) as person:
        await open_quiz(person)
        person.sees("Sailing · class game from 10:00, not finished")
        await person.press("shift+tab", "enter")
        person.sees("Ships for 100", "15 s", "▶ 2 Blues", "Blues answers.")
        clock.go_on(seconds=6)
        person.app.screen.tick()
        await person.rest()
        person.sees(" 9 s")
        clock.go_on(seconds=60)
        person.app.screen.tick()
        await person.rest()
        person.sees("Time is up")


async def test_a_board_of_many_rows_shows_those_around_the_chosen_one(console: Console, trainer: Desk) -> None:
    many = tuple(Clue(category="Only", value=value, text=f"clue {value}", answer="a") for value in range(1, 41))
    keep_deck(trainer, DeckText("Long", many))
    number = begin_class(trainer, "Long", ["Reds"]).id
    async with console(at=trainer) as person:
        await person.open(ClassScreen(number))
        person.sees("▸ 1 ◂")
        await person.press("up")
        person.sees("▸ 40 ◂", "39")
        person.does_not_see("▸ 1 ◂")
