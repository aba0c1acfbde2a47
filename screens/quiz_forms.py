"""What the quiz's forms do when they are saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.errors import Invalid
from data.text import counted
from screens.form import Values

if TYPE_CHECKING:
    from data.desk import Desk
    from data.quiz.games import ClassGame


def begin(deck: str, desk: Desk, values: Values) -> ClassGame:
    from data.quiz.games import begin_class

    return begin_class(desk, deck, values["teams"].split(","))


def assign(deck: str, desk: Desk, values: Values) -> str:
    from data.quiz.actions import assign as give

    try:
        month, day, year = map(int, values["by"].replace("/", "-").split("-"))
        by = date(year, month, day)
    except ValueError:
        raise Invalid({"by": "Write the day as MM-DD-YYYY."}, "") from None
    given = give(desk, deck, values["agents"].replace(",", " ").split(), by)
    return f"✓ {counted(len(given), 'agent')} to play {deck} by {by:%m-%d-%Y}."


def bring_in(desk: Desk, values: Values) -> str:
    from data.files import named
    from data.quiz.actions import keep_builtin, keep_deck
    from data.quiz.importing import deck_in

    if not values["file"].strip():
        return f"✓ {len(keep_builtin(desk))} decks are here."
    read = deck_in(named(values["file"]), values["name"].strip())
    kept = keep_deck(desk, read, "imported")
    flags = f" {len(read.flags)} to look at: e opens the deck." if read.flags else ""
    clues, categories = counted(len(kept.clues), "clue"), counted(len(kept.categories), "category", "categories")
    return f"✓ {kept.name}: {clues} in {categories}.{flags}"
