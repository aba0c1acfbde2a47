"""The form that asks how much is put on a daily double, or by each team on the final round of a class game."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.errors import Invalid
from data.quiz.play import EventKind
from screens.form import Field, Form, Values

if TYPE_CHECKING:
    from data.desk import Desk
    from data.quiz.games import ClassGame
    from data.quiz.play import Game


def wagering(number: int, game: Game) -> Form:
    """Asks each team that has yet to wager in the class game `number`; it comes back with the game."""
    who = game.finalists if game.final else (game.chooses,)
    fields = [
        Field(f"team{place}", f"{game.teams[place].name}, up to {game.most_to_wager(place):,}")
        for place in who
        if place not in game.wagers
    ]
    title = "How much on the final?" if game.final else "How much on the daily double?"
    return Form(title, fields, partial(_wager, number), "Wager")


def _wager(number: int, desk: Desk, values: Values) -> ClassGame:
    """Keeps the wagers that were typed, all of them or the ones before the one that can't be."""
    from data.quiz.games import class_game, happen

    whole = class_game(desk, number)
    for name, text in values.items():
        place = int(name.removeprefix("team"))
        if place in whole.game.wagers:
            continue
        amount = text.replace(",", "").strip().removeprefix("$")
        if not (amount.isascii() and amount.isdecimal()):
            raise Invalid({name: f"{whole.game.teams[place].name}: write a whole number, such as 200."}, "")
        whole = happen(desk, number, EventKind.WAGERED, team=place, amount=int(amount))
    return whole
